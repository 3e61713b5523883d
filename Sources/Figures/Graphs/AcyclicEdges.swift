import GraphAlgorithms

/// The edges of a drawing, turned so that they form no cycle, parallel ones joined.
struct AcyclicEdges {
  /// An edge from the node that is drawn above to the one that is drawn below.
  struct Edge {
    var upper: Int
    var lower: Int
    var pointsDown = false
    var pointsUp = false
    var labels: [String] = []
    var tooltips: [String] = []
  }

  private(set) var edges: [Edge] = []
  /// The edges that return to their own node.
  private(set) var loops: [GraphDrawing.Edge] = []

  /// Turns the edges that a depth-first search finds leading back.
  init(_ drawing: GraphDrawing) {
    let ordinary = drawing.edges.filter { $0.source != $0.target }
    loops = drawing.edges.filter { $0.source == $0.target }
    let graph = DirectedGraph(
      nodeCount: drawing.nodes.count, edges: ordinary.map { ($0.source, $0.target) })
    let isTurned = Self.backEdges(of: graph)
    var indices: [Ends: Int] = [:]
    for (index, edge) in ordinary.enumerated() {
      let ends =
        isTurned[index]
        ? Ends(upper: edge.target, lower: edge.source)
        : Ends(upper: edge.source, lower: edge.target)
      let joined = indices[ends] ?? edges.count
      if joined == edges.count {
        indices[ends] = joined
        edges.append(Edge(upper: ends.upper, lower: ends.lower))
      }
      edges[joined].add(edge, isTurned: isTurned[index])
    }
  }

  private struct Ends: Hashable {
    var upper: Int
    var lower: Int
  }

  /// Whether each edge leads from a node to one that the search has entered and not left.
  private static func backEdges(of graph: DirectedGraph) -> [Bool] {
    var isBack = Array(repeating: false, count: graph.edgeCount)
    if case .order = graph.topologicalOrder() { return isBack }
    var state = Array(repeating: SearchState.unseen, count: graph.nodeCount)
    for root in 0..<graph.nodeCount where state[root] == .unseen {
      var calls = [(node: root, edges: graph.outgoingEdges(of: root))]
      state[root] = .open
      while let last = calls.indices.last {
        guard let edge = calls[last].edges.popFirst() else {
          state[calls.removeLast().node] = .closed
          continue
        }
        let target = graph.targets[edge]
        isBack[edge] = state[target] == .open
        if state[target] == .unseen {
          state[target] = .open
          calls.append((target, graph.outgoingEdges(of: target)))
        }
      }
    }
    return isBack
  }

  private enum SearchState { case unseen, open, closed }
}

extension AcyclicEdges.Edge {
  /// Takes over the words of an edge that shares the line.
  mutating func join(_ other: Self) {
    for label in other.labels { add(label: label) }
    for tooltip in other.tooltips { add(tooltip: tooltip) }
  }

  fileprivate mutating func add(_ edge: GraphDrawing.Edge, isTurned: Bool) {
    if isTurned { pointsUp = true } else { pointsDown = true }
    if let label = edge.label, !label.isEmpty { add(label: label) }
    if let tooltip = edge.tooltip, !tooltip.isEmpty { add(tooltip: tooltip) }
  }

  private mutating func add(label: String) { Self.add(label, to: &labels, limit: 3) }

  private mutating func add(tooltip: String) { Self.add(tooltip, to: &tooltips, limit: 12) }

  /// Adds a new text; beyond the limit, dots stand for all others.
  private static func add(_ text: String, to texts: inout [String], limit: Int) {
    guard texts.count <= limit, !texts.contains(text) else { return }
    texts.append(texts.count < limit ? text : "…")
  }
}
