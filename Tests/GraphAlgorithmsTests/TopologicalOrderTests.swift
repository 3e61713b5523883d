import GraphAlgorithms
import Testing

@Suite struct TopologicalOrderTests {
  @Test func `the lowest ready node comes first`() {
    let graph = DirectedGraph(nodeCount: 5, edges: [(4, 0), (3, 1), (1, 0)])
    #expect(graph.topologicalOrder() == .order([2, 3, 1, 4, 0]))
  }

  @Test func `a cycle is listed along its edges from its lowest node`() {
    let graph = DirectedGraph(nodeCount: 6, edges: [(0, 5), (5, 2), (2, 4), (4, 5), (4, 1)])
    #expect(graph.topologicalOrder() == .cyclic([2, 4, 5]))
    #expect(DirectedGraph(nodeCount: 1, edges: [(0, 0)]).topologicalOrder() == .cyclic([0]))
  }

  @Test func `random graphs are ordered exactly when no node reaches itself`() {
    for graph in randomGraphs(seed: 1, count: 2000) {
      let reach = graph.reachability()
      switch graph.topologicalOrder() {
      case .order(let order):
        #expect(order.sorted() == Array(0..<graph.nodeCount))
        #expect(order.indices.allSatisfy { i in order[..<i].allSatisfy { !reach[order[i]][$0] } })
        #expect(order == lowestFirst(graph))
      case .cyclic(let cycle):
        let next = cycle.dropFirst() + cycle.prefix(1)
        #expect(zip(cycle, next).allSatisfy { graph.successors(of: $0).contains($1) })
        #expect(Set(cycle).count == cycle.count && cycle.first == cycle.min())
      }
    }
  }

  @Test func `longest paths agree with trying every edge until nothing changes`() {
    for graph in randomGraphs(seed: 2, count: 1000) {
      var counts = Array(repeating: 1, count: graph.nodeCount)
      for _ in 0...graph.nodeCount {
        for (source, target) in zip(graph.sources, graph.targets) {
          counts[target] = max(counts[target], counts[source] + 1)
        }
      }
      let isAcyclic = counts.allSatisfy { $0 <= graph.nodeCount }
      #expect(graph.longestPathNodeCounts() == (isAcyclic ? counts : nil))
    }
  }

  /// Takes the lowest node without missing predecessors, again and again.
  private func lowestFirst(_ graph: DirectedGraph) -> [Int] {
    var order: [Int] = []
    while let next = (0..<graph.nodeCount).first(where: { node in
      !order.contains(node) && graph.predecessors(of: node).allSatisfy(order.contains)
    }) {
      order.append(next)
    }
    return order
  }
}
