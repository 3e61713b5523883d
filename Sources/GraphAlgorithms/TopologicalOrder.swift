/// The nodes of a graph with every edge pointing forwards, or the reason why there is no such
/// order.
package enum TopologicalOrder: Hashable, Sendable {
  /// All nodes, each after its predecessors.
  case order([Int])
  /// The nodes of one cycle in the direction of its edges, its lowest node first.
  case cyclic([Int])
}

extension DirectedGraph {
  /// Orders the nodes so that every edge points forwards; of several ready nodes the lowest comes
  /// first.
  ///
  /// Method: Kahn 1962, "Topological sorting of large networks", Communications of the ACM 5(11),
  /// with a heap for the set of ready nodes: `missing` counts the predecessors that are not in the order yet.
  ///
  /// - Complexity: O((*V* + *E*) log *V*).
  package func topologicalOrder() -> TopologicalOrder {
    var missing = (0..<nodeCount).map { predecessors(of: $0).count }
    var ready = MinHeap<Int>()
    for node in 0..<nodeCount where missing[node] == 0 { ready.insert(node) }
    var order: [Int] = []
    order.reserveCapacity(nodeCount)
    while let node = ready.popMin() {
      order.append(node)
      for successor in successors(of: node) {
        missing[successor] -= 1
        if missing[successor] == 0 { ready.insert(successor) }
      }
    }
    guard let blocked = missing.firstIndex(where: { $0 > 0 }) else { return .order(order) }
    return .cyclic(cycle(behind: blocked, isBlocked: { missing[$0] > 0 }))
  }

  /// Walks back over blocked predecessors, of which every blocked node has one, until a node
  /// repeats.
  private func cycle(behind start: Int, isBlocked: (Int) -> Bool) -> [Int] {
    var position: [Int: Int] = [:]
    var walk: [Int] = []
    var node = start
    while position[node] == nil {
      position[node] = walk.count
      walk.append(node)
      guard let previous = predecessors(of: node).filter(isBlocked).min() else { break }
      node = previous
    }
    let cycle = Array(walk[(position[node] ?? 0)...].reversed())
    let lowest = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
    return Array(cycle[lowest...] + cycle[..<lowest])
  }
}
