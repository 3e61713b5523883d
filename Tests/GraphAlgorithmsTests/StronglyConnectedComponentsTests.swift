import GraphAlgorithms
import Testing

@Suite struct StronglyConnectedComponentsTests {
  @Test func `random graphs split where nodes reach each other both ways`() {
    for graph in randomGraphs(seed: 3, count: 2000) {
      let reach = graph.reachability()
      let components = graph.stronglyConnectedComponents()
      #expect(components.flatMap { $0 }.sorted() == Array(0..<graph.nodeCount))
      for (index, component) in components.enumerated() {
        for node in component {
          let expected = (0..<graph.nodeCount).filter {
            $0 == node || (reach[node][$0] && reach[$0][node])
          }
          #expect(component == expected)
          #expect(components[(index + 1)...].allSatisfy { $0.allSatisfy { !reach[node][$0] } })
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func `a chain or ring of a million nodes does not exhaust the stack`(isRing: Bool) {
    let count = 1_000_000
    var edges = (1..<count).map { (source: $0 - 1, target: $0) }
    if isRing { edges.append((count - 1, 0)) }
    let graph = DirectedGraph(nodeCount: count, edges: edges)
    #expect(graph.stronglyConnectedComponents().count == (isRing ? 1 : count))
  }
}
