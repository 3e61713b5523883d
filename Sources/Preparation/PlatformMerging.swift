package import CostModel
package import NetworkModel
import Partitioning
import PlatformModel

extension BlockGraph {
  /// Merges chains of blocks into the fused patterns that elements of a platform list: each chain as
  /// long as some pattern of two or more operators covers it, from the top of the network down.
  ///
  /// - Throws: ``PartitionError``, which would be a fault of the search for chains.
  package func merging(patternsOf model: CostModel) throws -> BlockGraph {
    let outgoing = outgoingEdges()
    var isTaken = [Bool](repeating: false, count: blocks.count)
    var chains: [[String]] = []
    for id in blockIDs where !isTaken[id.index] && self[id].steps.count == 1 {
      var chain = [id]
      var longest = 1
      while let next = onlyReader(of: chain[chain.count - 1], outgoing), !isTaken[next.index] {
        chain.append(next)
        if model.listsPattern(of: chain, in: self) { longest = chain.count }
        // No pattern is longer than this; an uncovered chain may become covered only by reordering.
        if chain.count > model.longestPattern { break }
      }
      guard longest > 1 else { continue }
      for id in chain.prefix(longest) { isTaken[id.index] = true }
      chains.append(chain.prefix(longest).map { self[$0].name })
    }
    return try chains.reduce(self) { graph, names in
      try graph.merging(names.compactMap { graph.block(named: $0) })
    }
  }

  /// The block that alone reads a block's only output, whole and as it is, and computes one operator;
  /// it may read others beside, as a residual sum does.
  private func onlyReader(of id: BlockID, _ outgoing: [[BlockEdge]]) -> BlockID? {
    guard self[id].outputs.count == 1, outgoing[id.index].count == 1,
      let edge = outgoing[id.index].first, self[edge.target].steps.count == 1,
      self[edge.target].ports[edge.port].slices == [whole(id)],
      self[edge.target].ports[edge.port].type == self[id].outputs[0]
    else { return nil }
    return edge.target
  }
}

extension CostModel {
  /// The number of operators of the longest pattern of all elements.
  fileprivate var longestPattern: Int {
    platform.elements.flatMap(\.type.operators).map(\.pattern.operators.count).max() ?? 1
  }

  /// Whether an element lists a pattern that covers a chain of blocks.
  fileprivate func listsPattern(of chain: [BlockID], in graph: BlockGraph) -> Bool {
    let layers = chain.flatMap { graph[$0].steps }.map { graph[$0.layer] }
    guard !layers.contains(where: \.onlyRearranges) else { return false }
    let operators = layers.map(\.platformOperator)
    return platform.elements.contains { element in
      if case .listed = element.type.support(for: operators) { true } else { false }
    }
  }
}
