package import CostModel
import Diagnostics
package import MappingModel
package import NetworkModel
import Partitioning
import PlatformModel
package import Preparation

/// A network whose partitioning and mapping are searched together.
package struct PartitionableNetwork: Sendable {
  /// The blocks before any split.
  let network: BlockGraph
  /// The blocks after the splits of the mapping, before its merges.
  let split: BlockGraph
  /// The splits and merges that are made in any case.
  let mapping: Mapping
  /// What is mapped where nothing else is split.
  let subject: MappingSubject
  /// The blocks of the subject.
  let blocks: BlockGraph
  /// Where these blocks may run; so may all their parts.
  let rules: PlacementRules
  /// The costs of blocks on elements.
  let model: CostModel
  /// The costs of all blocks that are not split.
  private let costs: BlockCostTable

  /// - Parameters:
  ///   - network: The blocks before any split.
  ///   - mapping: What is split and merged in any case, and where blocks are kept.
  ///   - subject: The network after these splits and merges.
  ///   - rules: The rules of the mapping.
  /// - Throws: ``RequestError`` for a mapping that fixes what splits change, ``CostError``.
  package init(
    _ network: BlockGraph, _ mapping: Mapping, _ subject: MappingSubject, _ rules: PlacementRules,
    _ model: CostModel
  ) throws {
    guard mapping.channels.isEmpty, mapping.order.isEmpty, mapping.sequence.isEmpty else {
      throw RequestError(
        "search_splits",
        "the mapping fixes channels, orders or sequences, which splits would change")
    }
    guard let blocks = subject.network else {
      throw RequestError(
        "search_splits", "a dataflow graph has no blocks to split")
    }
    self.network = network
    self.mapping = mapping
    self.subject = subject
    self.blocks = blocks
    self.rules = rules
    self.model = model
    split = try network.applying(
      Mapping(blocks: [:], splits: mapping.splits), file: "the mapping")
    var costs = BlockCostTable(model)
    _ = try costs.costs(of: blocks)
    self.costs = costs
  }

  /// What is mapped where the blocks are split and merged further.
  ///
  /// - Throws: ``CostError``, ``DataflowError`` or ``MappingError``.
  func subject(of graph: BlockGraph) throws -> MappingSubject {
    var costs = costs
    return try MappingSubject(
      graph, costs: &costs, granularity: subject.granularity, buffers: subject.buffers)
  }

  /// Whether the mapping says where a block may run.
  func isRuled(_ block: Int) -> Bool {
    (Array(mapping.blocks.keys) + mapping.forbidden.keys).contains {
      subject.block(named: $0) == block
    }
  }

  /// The elements that support a block of a graph.
  func elements(for block: BlockID, in graph: BlockGraph) -> [Int] {
    model.platform.elementIDs.filter { model.cost(of: block, in: graph, on: $0) != nil }
      .map(\.index)
  }
}
