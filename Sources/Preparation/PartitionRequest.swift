import CostModel
import Diagnostics
import Foundation
package import NetworkModel
import ONNXFormat
package import Partitioning
import PlatformModel

/// How a network is to be partitioned: by hand, by Algorithm 1, or first by hand and then by it.
package struct PartitionRequest: Sendable {
  /// Blocks to split, with the number of parts and what these are ranges of, in order.
  package var splits: [PartitionedNetwork.Split] = []
  /// Blocks to merge, after the splits.
  package var merges: [[String]] = []
  /// Whether chains that the platform lists as fused patterns are merged, after those by hand.
  package var mergesPatterns = false
  /// How Algorithm 1 goes on from there; nil stops after the splits and merges by hand.
  package var automatic: BottleneckPartitioning?

  /// A request that leaves the network as it is.
  package init() {}

  /// Whether nothing is to be done by hand.
  package var isEmpty: Bool { splits.isEmpty && merges.isEmpty && !mergesPatterns }
}

/// A partitioned network with the time that its partitioning took.
package struct PartitionResult: Sendable {
  /// The network, what was split, and why no more.
  package var network: PartitionedNetwork
  /// The time that the partitioning took, in seconds.
  package var seconds: Double
}

extension PartitionRequest {
  /// Carries the request out.
  ///
  /// - Throws: ``PartitionError`` naming the block, or ``CostError``.
  package func callAsFunction(
    _ graph: BlockGraph, costs: inout BlockCostTable
  ) throws -> PartitionResult {
    let clock = ContinuousClock()
    let start = clock.now
    var result = PartitionedNetwork(unsplit: graph)
    for split in splits {
      let id = try result.graph.requiredBlock(named: split.block)
      result.graph = try result.graph.splitting(id, into: split.parts, along: split.axis)
      result.splits.append(split)
    }
    for names in merges {
      let ids = try names.map { try result.graph.requiredBlock(named: $0) }
      result.graph = try result.graph.merging(ids)
    }
    if mergesPatterns {
      guard let model = costs.model else {
        throw RequestError("merge", "platform needs a `platform`")
      }
      result.graph = try result.graph.merging(patternsOf: model)
    }
    if let automatic {
      let byHand = result.splits
      let table = Measure(costs, automatic.kind)
      result = try automatic(result.graph, measure: table.callAsFunction)
      result.splits = byHand + result.splits
      costs = table.costs
    }
    return PartitionResult(
      network: result, seconds: start.duration(to: clock.now).inSeconds)
  }
}

/// What a block weighs in the search for the bottleneck.
///
/// A class, because the search shares the remembered costs with its caller.
private final class Measure {
  var costs: BlockCostTable
  private let kind: BottleneckPartitioning.Kind

  init(_ costs: BlockCostTable, _ kind: BottleneckPartitioning.Kind) {
    self.costs = costs
    self.kind = kind
  }

  func callAsFunction(_ graph: BlockGraph, _ id: BlockID) throws -> Int64 {
    let cost = try costs.cost(of: id, in: graph)
    switch kind {
    case .performance: return cost.ticks
    case .memory:
      let bytes =
        costs.model?.memoryBytes(of: id, in: graph, on: cost.element)
        ?? graph.memoryBytes(of: id)
      return Int64(bytes)
    }
  }
}

extension BlockGraph {
  /// The bytes of a block's weights and of the tensors it reads, in the types of the file.
  fileprivate func memoryBytes(of id: BlockID) -> Int {
    RegionPieces.bytes(constants(id).map { ($0.origin, $0.type.bytes) })
      + self[id].ports.reduce(0) { $0 + $1.type.bytes }
  }

  /// The block with a name.
  ///
  /// - Throws: ``PartitionError/unknownBlock(name:similar:)`` with names that are alike.
  package func requiredBlock(named name: String) throws -> BlockID {
    if let id = block(named: name) { return id }
    let stem = name.prefix { !$0.isNumber }
    let names = blocks.flatMap { block -> [String] in
      guard let step = block.steps.first, block.steps.count == 1,
        step.part == self[step.layer].whole
      else { return [block.name] }
      return [block.name, self[step.layer].alias]
    }
    let similar = names.filter { !stem.isEmpty && $0.hasPrefix(stem) } + name.similar(in: names)
    var seen: Set<String> = []
    throw PartitionError.unknownBlock(
      name: name, similar: Array(similar.filter { seen.insert($0).inserted }.prefix(12)))
  }
}
