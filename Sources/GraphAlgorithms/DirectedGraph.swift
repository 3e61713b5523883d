/// A directed multigraph over the nodes 0..<``nodeCount``, stored as compressed sparse rows.
///
/// Parallel edges and self-edges are kept. An edge is known by its index in the list the graph was
/// made from, and the edges of a node are listed in that order.
///
/// ```swift
/// let graph = DirectedGraph(nodeCount: 3, edges: [(0, 1), (0, 2), (1, 2)])
/// Array(graph.successors(of: 0))  // [1, 2]
/// graph.topologicalOrder()  // .order([0, 1, 2])
/// ```
package struct DirectedGraph: Sendable {
  /// The number of nodes.
  package let nodeCount: Int
  /// The source node of each edge.
  package let sources: [Int]
  /// The target node of each edge.
  package let targets: [Int]

  private let outgoing: Rows
  private let incoming: Rows

  /// Makes a graph from a list of edges.
  ///
  /// - Precondition: `nodeCount` is not negative and each end of an edge is in 0..<`nodeCount`.
  /// - Complexity: O(*V* + *E*).
  package init(nodeCount: Int, edges: [(source: Int, target: Int)]) {
    precondition(nodeCount >= 0, "a graph cannot have \(nodeCount) nodes")
    self.nodeCount = nodeCount
    sources = edges.map(\.source)
    targets = edges.map(\.target)
    outgoing = Rows(nodeCount: nodeCount, from: sources, to: targets)
    incoming = Rows(nodeCount: nodeCount, from: targets, to: sources)
  }
}

extension DirectedGraph {
  /// The number of edges.
  package var edgeCount: Int { sources.count }

  /// The targets of the edges that leave a node, one per edge.
  package func successors(of node: Int) -> ArraySlice<Int> {
    outgoing.nodes[outgoing.range(of: node)]
  }

  /// The sources of the edges that enter a node, one per edge.
  package func predecessors(of node: Int) -> ArraySlice<Int> {
    incoming.nodes[incoming.range(of: node)]
  }

  /// The indices of the edges that leave a node, ascending and in step with ``successors(of:)``.
  package func outgoingEdges(of node: Int) -> ArraySlice<Int> {
    outgoing.edges[outgoing.range(of: node)]
  }

  /// The indices of the edges that enter a node, ascending and in step with ``predecessors(of:)``.
  package func incomingEdges(of node: Int) -> ArraySlice<Int> {
    incoming.edges[incoming.range(of: node)]
  }
}

/// The edges sorted by one of their ends: row `n` is `offsets[n]..<offsets[n + 1]`.
private struct Rows: Sendable {
  var offsets: [Int]
  var nodes: [Int]
  var edges: [Int]

  init(nodeCount: Int, from: [Int], to: [Int]) {
    offsets = Array(repeating: 0, count: nodeCount + 1)
    nodes = Array(repeating: 0, count: from.count)
    edges = nodes
    for node in from { offsets[node + 1] += 1 }
    for node in 0..<nodeCount { offsets[node + 1] += offsets[node] }
    var next = offsets
    for edge in from.indices {
      let slot = next[from[edge]]
      next[from[edge]] += 1
      nodes[slot] = to[edge]
      edges[slot] = edge
    }
  }

  func range(of node: Int) -> Range<Int> { offsets[node]..<offsets[node + 1] }
}
