extension DirectedGraph {
  /// For each node the number of nodes on the longest path that ends there, `nil` when there is a
  /// cycle.
  ///
  /// - Complexity: O((*V* + *E*) log *V*).
  package func longestPathNodeCounts() -> [Int]? {
    guard case .order(let order) = topologicalOrder() else { return nil }
    var counts = Array(repeating: 0, count: nodeCount)
    for node in order {
      counts[node] = 1 + (predecessors(of: node).lazy.map { counts[$0] }.max() ?? 0)
    }
    return counts
  }
}
