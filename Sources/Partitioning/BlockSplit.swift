package import NetworkModel

/// A graph in which blocks stand in parts, with the names of all that the split has made.
package struct BlockSplit: Sendable {
  /// The graph with the parts.
  package let graph: BlockGraph
  /// The blocks that are no longer there, the head of the chain first, each with the names of its parts; a concatenation
  /// that nothing reads any more has none.
  package private(set) var replaced: [(block: String, parts: [String])]
  /// The block that adds up partial sums; nil for other axes.
  package let sum: String?
  /// The concatenations that put parts together, for those who read a block in one piece.
  package let concatenations: [String]

  /// - Parameter graph: The graph before the cut.
  init(_ cut: BlockCut, of graph: BlockGraph) {
    let whole = cut.result()
    self.graph = cut.axis == .lines ? whole.withoutUnreadConcatenations() : whole
    replaced = zip(cut.members, cut.parts).map { member, parts in
      (graph[member].name, parts.map(\.block.name))
    }
    sum = cut.sum?.name
    let left = Set(self.graph.blocks.map(\.name))
    concatenations = cut.members.map { cut.concatenationName(of: $0) }.filter(left.contains)
    if cut.axis == .lines {
      let parts = Set(replaced.map(\.block))
      for block in graph.blocks where !left.contains(block.name) && !parts.contains(block.name) {
        replaced.append((block.name, []))
      }
    }
  }
}
