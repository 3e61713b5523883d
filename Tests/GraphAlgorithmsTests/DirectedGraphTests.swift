import GraphAlgorithms
import Testing

@Suite struct DirectedGraphTests {
  @Test func `edges keep their order, their copies and their self-edges`() {
    let graph = DirectedGraph(nodeCount: 3, edges: [(2, 0), (0, 1), (0, 1), (1, 1), (0, 2)])
    #expect(Array(graph.successors(of: 0)) == [1, 1, 2])
    #expect(Array(graph.outgoingEdges(of: 0)) == [1, 2, 4])
    #expect(Array(graph.predecessors(of: 1)) == [0, 0, 1])
    #expect(Array(graph.incomingEdges(of: 1)) == [1, 2, 3])
    #expect(graph.edgeCount == 5)
    #expect(graph.sources[4] == 0 && graph.targets[4] == 2)
  }

  @Test func `an empty graph has no nodes and an empty order`() {
    let graph = DirectedGraph(nodeCount: 0, edges: [])
    #expect(graph.topologicalOrder() == .order([]))
    #expect(graph.stronglyConnectedComponents().isEmpty)
  }
}
