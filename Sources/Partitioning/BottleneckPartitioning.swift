package import NetworkModel

/// Splits the bottleneck of a network again and again until a limit is reached.
///
/// Source: ALOHA deliverable D3.2, Algorithm 1 ("automated bottleneck partitioning"). We differ in
/// counting blocks exactly where the original over-counts and stops early, and in stopping when a
/// split would gain nothing.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | most blocks | ``limit`` |
/// | split step *k* | ``step`` |
/// | bottleneck, max *q·C* | the first block of the greatest `measure` |
package struct BottleneckPartitioning: Sendable {
  /// The most blocks there may be, inputs, outputs and concatenations included; nil splits blocks
  /// until they keep ``elementCount`` elements busy.
  package var limit: Int?
  /// The number of parts of each split.
  package var step: Int
  /// Which block counts as the bottleneck.
  package var kind: Kind
  /// The number of elements that the blocks should keep busy where there is no limit.
  package var elementCount: Int

  /// Which block is the bottleneck.
  package enum Kind: String, Sendable, CaseIterable {
    /// The one with the most work, q·C, in the CSDF graph.
    case performance
    /// The one with the largest weights and input buffers.
    case memory
  }

  /// What ends the algorithm, and what it takes for a bottleneck.
  package init(limit: Int?, step: Int = 2, kind: Kind = .performance, elementCount: Int = 1) {
    self.limit = limit
    self.step = step
    self.kind = kind
    self.elementCount = elementCount
  }
}

/// A partitioned network and how it came about.
package struct PartitionedNetwork: Sendable {
  /// The blocks after the splits.
  package var graph: BlockGraph
  /// What was split, in order.
  package var splits: [Split]
  /// Why no more was split.
  package var stopReason: StopReason

  /// A network that is not split yet.
  package init(unsplit graph: BlockGraph) {
    self.graph = graph
    splits = []
    stopReason = .byHand
  }

  /// A split of a block into parts along an axis.
  package struct Split: Hashable, Sendable {
    /// The block at the head of the chain.
    package var block: String
    /// The number of parts.
    package var parts: Int
    /// What the parts are ranges of.
    package var axis: SplitAxis

    /// A split that was made.
    package init(block: String, parts: Int, axis: SplitAxis = .kernels) {
      self.block = block
      self.parts = parts
      self.axis = axis
    }
  }

  /// Why Algorithm 1 ends.
  package enum StopReason: String, Sendable {
    /// Another split would pass the limit.
    case limit
    /// The network has as many blocks as the limit, or more, without any split.
    case limitBelowNetwork = "limit_below_network"
    /// The bottleneck cannot be split.
    case notSplittable = "bottleneck_not_splittable"
    /// Splitting every block tied at the maximum would not lower it.
    case noGain = "no_gain"
    /// The blocks keep all elements busy.
    case elementsBusy = "elements_busy"
    /// Only splits by hand were requested.
    case byHand = "by_hand"
  }
}

extension BottleneckPartitioning {
  /// Partitions a network.
  ///
  /// In whole-tensor mode every actor fires once an iteration (q = 1), so the bottleneck is the block
  /// with the longest time. Of several, the first in topological order is split.
  ///
  /// - Parameter measure: What a block weighs: its time in ticks, or its bytes.
  /// - Throws: What `measure` throws.
  /// - Complexity: O(splits · (blocks + edges)).
  package func callAsFunction(
    _ graph: BlockGraph, measure: @escaping (BlockGraph, BlockID) throws -> Int64
  ) throws -> PartitionedNetwork {
    var result = PartitionedNetwork(unsplit: graph)
    result.stopReason = .limit
    if let limit, limit <= graph.blocks.count {
      result.stopReason = .limitBelowNetwork
      return result
    }
    var search = BottleneckSearch(measure: measure)
    while true {
      let weights = try search.weights(of: result.graph)
      let maximum = weights.max() ?? 0
      if limit == nil, Self.busyElements(weights, maximum) >= elementCount {
        result.stopReason = .elementsBusy
        return result
      }
      let tied = result.graph.blockIDs.filter { weights[$0.index] == maximum }
      if let reason = try search.obstacle(to: tied, maximum, in: result.graph, step: step) {
        result.stopReason = reason
        return result
      }
      let head = result.graph.chainHead(of: tied[0])
      let parts = result.graph.partCount(of: head, step: step)
      let outgoing = result.graph.outgoingEdges()
      let growth = result.graph.growth(splitting: head, into: parts, outgoing: outgoing)
      if let limit, result.graph.blocks.count + growth > limit { return result }
      result.splits.append(
        PartitionedNetwork.Split(block: result.graph[head].name, parts: parts))
      result.graph = try result.graph.splitting(head, into: parts)
    }
  }

  /// ⌈Σ weights / maximum⌉: the elements that the blocks keep busy at the shortest period.
  private static func busyElements(_ weights: [Int64], _ maximum: Int64) -> Int {
    guard maximum > 0 else { return .max }
    let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
    return Int(clamping: (total + Int128(maximum) - 1) / Int128(maximum))
  }
}

extension BlockGraph {
  /// The number of parts of a split with `step`: fewer where the block has fewer kernels.
  func partCount(of id: BlockID, step: Int) -> Int {
    guard let first = self[id].steps.first else { return step }
    return min(step, first.channels.count)
  }
}

/// The weights of blocks, remembered from split to split.
private struct BottleneckSearch {
  let measure: (BlockGraph, BlockID) throws -> Int64
  private var known: [String: Int64] = [:]
  /// For kinds of blocks that were tied at the maximum, whether a split lowers it.
  private var gains: [Block.Step: Bool] = [:]

  init(measure: @escaping (BlockGraph, BlockID) throws -> Int64) { self.measure = measure }

  mutating func weights(of graph: BlockGraph) throws -> [Int64] {
    try graph.blockIDs.map { id in
      if let weight = known[graph[id].name] { return weight }
      let weight = try measure(graph, id)
      known[graph[id].name] = weight
      return weight
    }
  }

  /// Why splitting all of `tied` would not lower the maximum, or nil where it would.
  mutating func obstacle(
    to tied: [BlockID], _ maximum: Int64, in graph: BlockGraph, step: Int
  ) throws -> PartitionedNetwork.StopReason? {
    for id in tied {
      let head = graph.chainHead(of: id)
      guard graph.isSplittable(head) else { return .notSplittable }
      guard try splitLowers(id, head, maximum, in: graph, step: step) else { return .noGain }
    }
    return nil
  }

  /// Whether every part of a block weighs less than `maximum`.
  private mutating func splitLowers(
    _ id: BlockID, _ head: BlockID, _ maximum: Int64, in graph: BlockGraph, step: Int
  ) throws -> Bool {
    let key = graph[id].steps[0]
    if let gain = gains[key] { return gain }
    let origin = graph[id].origin
    let before = Set(graph.blocks.map(\.name))
    let split = try graph.splitting(head, into: graph.partCount(of: head, step: step))
    var gain = true
    for part in split.blockIDs
    where split[part].origin == origin && !before.contains(split[part].name) {
      if !split[part].isConcatenation, try measure(split, part) >= maximum { gain = false }
    }
    gains[key] = gain
    return gain
  }
}
