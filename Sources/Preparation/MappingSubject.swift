package import CostModel
package import Dataflow
package import DataflowConversion
import Diagnostics
import Foundation
package import MappingModel
package import NetworkModel
package import PlatformModel
import Quantities

/// What is mapped: the blocks of a network or the actors of a dataflow graph, on a platform.
package struct MappingSubject: Sendable {
  /// The blocks; nil for a dataflow graph.
  package let network: BlockGraph?
  /// The problem of mapping the blocks or actors.
  package let problem: MappingProblem
  /// How much channels hold.
  package let buffers: BufferPolicy
  /// What a firing works on.
  package let granularity: Granularity

  /// A network as a subject, its blocks at the costs of a model.
  ///
  /// - Throws: ``CostError``, ``DataflowError`` or ``MappingError`` for a block that no element supports.
  package init(
    _ network: BlockGraph, _ model: CostModel, granularity: Granularity, buffers: BufferPolicy
  ) throws {
    var table = BlockCostTable(model)
    try self.init(network, costs: &table, granularity: granularity, buffers: buffers)
  }

  /// A network whose unmapped costs come from a table, which keeps those it did not have.
  ///
  /// - Throws: `RequestError` for a table without a platform; ``CostError``, ``DataflowError``, or
  ///   ``MappingError`` for a block that no element supports.
  package init(
    _ network: BlockGraph, costs table: inout BlockCostTable, granularity: Granularity,
    buffers: BufferPolicy
  ) throws {
    guard let model = table.model else {
      throw RequestError("platform", "this command needs one")
    }
    self.network = network
    self.buffers = buffers
    self.granularity = granularity
    problem = try MappingProblem(
      network, model, costs: try table.costs(of: network), granularity: granularity,
      buffers: buffers)
    try checkSupport()
  }

  /// A dataflow graph, whose actors take the measured times, and where there are none their own.
  ///
  /// - Throws: ``DataflowError``.
  package init(
    _ graph: CSDFGraph, _ platform: Platform, times: MeasuredTimes?, buffers: BufferPolicy
  ) throws {
    network = nil
    granularity = .tensor
    self.buffers = buffers
    problem = try MappingProblem(graph, platform, times: times, buffers: buffers)
    try checkSupport()
  }

  private func checkSupport() throws {
    for block in problem.graph.actors.indices
    where !problem.isFree(block) && problem.elements(for: block).isEmpty {
      throw MappingError.nowhere(
        file: nil, block: problem.graph.actors[block].name, operators: operators(of: block),
        platform: problem.platform.name)
    }
  }
}

extension MappingSubject {
  /// The size and granularity of a subject, for reports.
  package struct Shape: Hashable, Sendable {
    /// The number of blocks.
    package var blocks: Int
    /// What a firing works on.
    package var granularity: Granularity
  }

  /// The number of blocks and the granularity.
  package var shape: Shape { Shape(blocks: problem.graph.actors.count, granularity: granularity) }

  /// The names of the blocks.
  ///
  /// - Complexity: O(1), for one of them too.
  package var blockNames: LazyMapCollection<[CSDFGraph.Actor], String> {
    problem.graph.actors.lazy.map(\.name)
  }

  /// What a block does.
  package func operators(of block: Int) -> String {
    network?.operators(of: BlockID(block)) ?? problem.graph.actors[block].function
      ?? problem.graph.actors[block].name
  }

  /// The index of the block with a name or alias; nil where there is none.
  package func block(named name: String) -> Int? {
    if let network { return network.block(named: name)?.index }
    return problem.graph.actors.firstIndex { $0.name == name }
  }

  /// The channels with a name, or those between two blocks as `a->b`.
  package func channels(named name: String) -> [Int] {
    if let index = problem.graph.channels.firstIndex(where: { $0.name == name }) { return [index] }
    guard let arrow = name.range(of: "->"),
      let source = block(named: String(name[..<arrow.lowerBound])),
      let target = block(named: String(name[arrow.upperBound...]))
    else { return [] }
    return problem.graph.channels.indices.filter {
      let channel = problem.graph.channels[$0]
      return channel.source.index == source && channel.destination.index == target
        && !channel.isSelfEdge
    }
  }
}
