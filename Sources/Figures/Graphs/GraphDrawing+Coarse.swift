import GraphAlgorithms

extension GraphDrawing {
  /// The drawing with a node for each group of nodes that have one color and lie at about the same
  /// depth: the layers of the whole graph, taken together until the groups are few enough.
  ///
  /// - Complexity: O(*n* log *n*) for *n* nodes and edges.
  func coarsened() -> GraphDrawing {
    let layers = layersOfNodes()
    let classes = Dictionary(
      nodes.map { ($0.colorClass, 0) }, uniquingKeysWith: { first, _ in first })
    // More colours than groups cannot be kept apart.
    let limit = max(1, min(mostNodes, Self.mostGroups))
    let keepsClasses = classes.count <= limit
    var thickness = 1
    var groups = grouped(layers, thickness: thickness, keepsClasses)
    let depth = (layers.max() ?? 0) + 1
    while groups.members.count > limit && thickness < depth {
      thickness *= 2
      groups = grouped(layers, thickness: thickness, keepsClasses)
    }
    var coarse = self
    coarse.nodes = groups.members.map { group($0, keepsClass: keepsClasses) }
    coarse.edges = joinedEdges(groups.groupOfNode)
    coarse.mostNodes = Int.max
    return coarse
  }

  private func layersOfNodes() -> [Int] {
    let lines = AcyclicEdges(self).edges
    let graph = DirectedGraph(
      nodeCount: nodes.count, edges: lines.map { ($0.upper, $0.lower) })
    return graph.longestPathNodeCounts() ?? Array(repeating: 0, count: nodes.count)
  }

  private struct GroupKey: Hashable {
    var layer: Int
    var colorClass: String
  }

  private func grouped(
    _ layers: [Int], thickness: Int, _ keepsClasses: Bool
  ) -> (members: [[Int]], groupOfNode: [Int]) {
    var places: [GroupKey: Int] = [:]
    var members: [[Int]] = []
    var groupOfNode: [Int] = []
    for (index, node) in nodes.enumerated() {
      let key = GroupKey(
        layer: layers[index] / thickness, colorClass: keepsClasses ? node.colorClass : "")
      let place = places[key, default: members.count]
      if place == members.count {
        places[key] = place
        members.append([])
      }
      members[place].append(index)
      groupOfNode.append(place)
    }
    return (members, groupOfNode)
  }

  private func group(_ members: [Int], keepsClass: Bool) -> Node {
    let first = nodes[members[0]]
    guard members.count > 1 else { return first }
    let last = nodes[members[members.count - 1]]
    let names = members.prefix(Self.mostNames).map { nodes[$0].label }.joined(separator: ", ")
    let more = members.count > Self.mostNames ? ", …" : ""
    return Node(
      "\(QuantityText.count(members.count)) nodes",
      details: ["\(first.label) … \(last.label)"], colorClass: keepsClass ? first.colorClass : "",
      isEmphasized: members.contains { nodes[$0].isEmphasized }, tooltip: names + more)
  }

  /// The edges between groups, each once.
  private func joinedEdges(_ groupOfNode: [Int]) -> [Edge] {
    var counts: [[Int]: Int] = [:]
    var order: [[Int]] = []
    for edge in edges {
      let ends = [groupOfNode[edge.source], groupOfNode[edge.target]]
      guard ends[0] != ends[1] else { continue }
      if counts[ends] == nil { order.append(ends) }
      counts[ends, default: 0] += 1
    }
    return order.map { ends in
      let count = counts[ends] ?? 0
      return Edge(ends[0], ends[1], tooltip: count == 1 ? "1 edge" : "\(count) edges")
    }
  }

  private static let mostNames = 12
  /// More groups are no picture of the whole any more.
  private static let mostGroups = 120
}
