import GraphAlgorithms

/// A graph cut into layers: every link joins vertices of neighboring layers, with few exceptions.
///
/// The vertices are the nodes of the drawing in their order, then junctions, then bends. The long
/// edges of a vertex share their bends. Edges that would need too many bends skip layers.
struct LayeredGraph {
  private(set) var vertices: [Vertex] = []
  private(set) var links: [Link] = []
  /// The lines to draw, each along some links.
  private(set) var strokes: [Stroke] = []
  /// The edges that return to their own node.
  let loops: [GraphDrawing.Edge]
  /// The vertices of each layer, ascending.
  private(set) var layers: [[Int]] = []
  /// The boxes of the nodes, without a place.
  let boxes: [NodeBox]

  struct Vertex {
    var kind: Kind
    var layer: Int
    var width: Double
    var height: Double
  }

  enum Kind: Hashable { case node, junction, bend }

  struct Link {
    var upper: Int
    var lower: Int
  }

  struct Stroke {
    var links: [Int]
    var pointsDown: Bool
    var pointsUp: Bool
    var label: String?
    var tooltip: String?
  }

  init(_ drawing: GraphDrawing) {
    let acyclic = AcyclicEdges(drawing)
    let concentration = EdgeConcentration(nodeCount: drawing.nodes.count, edges: acyclic.edges)
    loops = acyclic.loops
    let lines = Self.lines(acyclic.edges, concentration, nodeCount: drawing.nodes.count)
    let vertexCount = drawing.nodes.count + concentration.junctions.count
    let layer = Self.layers(vertexCount: vertexCount, lines)
    boxes = Self.boxes(drawing, layer)
    vertices = boxes.enumerated().map { index, box in
      Vertex(kind: .node, layer: layer[index], width: box.width, height: box.height)
    }
    vertices += layer[drawing.nodes.count...].map {
      Vertex(kind: .junction, layer: $0, width: 10, height: 8)
    }
    addStrokes(lines)
    layers = Array(repeating: [], count: layerCount)
    for (index, vertex) in vertices.enumerated() { layers[vertex.layer].append(index) }
  }
}

extension LayeredGraph {
  /// The lines between nodes and junctions.
  private static func lines(
    _ edges: [AcyclicEdges.Edge], _ concentration: EdgeConcentration, nodeCount: Int
  ) -> [AcyclicEdges.Edge] {
    var lines: [AcyclicEdges.Edge] = []
    // The place in `lines` of the line from a node into a junction.
    var entries: [[Int]: Int] = [:]
    for (edge, junction) in zip(edges, concentration.junctionOfEdge) {
      guard let junction else {
        lines.append(edge)
        continue
      }
      let key = [edge.upper, junction]
      if let entry = entries[key] {
        lines[entry].join(edge)
      } else {
        entries[key] = lines.count
        var entry = edge
        entry.lower = nodeCount + junction
        entry.pointsDown = false
        lines.append(entry)
      }
    }
    for (index, junction) in concentration.junctions.enumerated() {
      lines += junction.lowers.map {
        AcyclicEdges.Edge(upper: nodeCount + index, lower: $0, pointsDown: true)
      }
    }
    return lines
  }

  /// The layer of each vertex: as high as possible, but next to what they feed for vertices that
  /// nothing feeds.
  private static func layers(vertexCount: Int, _ lines: [AcyclicEdges.Edge]) -> [Int] {
    let graph = DirectedGraph(nodeCount: vertexCount, edges: lines.map { ($0.upper, $0.lower) })
    guard let counts = graph.longestPathNodeCounts() else {
      preconditionFailure("turning back edges left a cycle")
    }
    return (0..<vertexCount).map { vertex in
      guard graph.predecessors(of: vertex).isEmpty,
        let next = graph.successors(of: vertex).lazy.map({ counts[$0] }).min()
      else { return counts[vertex] - 1 }
      return next - 2
    }
  }

  /// The boxes of the nodes; the more there are beside and in all, the less each one says.
  private static func boxes(_ drawing: GraphDrawing, _ layer: [Int]) -> [NodeBox] {
    var sizes: [Int: Int] = [:]
    for index in drawing.nodes.indices { sizes[layer[index], default: 0] += 1 }
    let isLarge = drawing.nodes.count > 1000
    let isNumbered = GraphClasses(drawing).areNumbered
    return drawing.nodes.enumerated().map { index, node in
      let size = sizes[layer[index]] ?? 1
      let limit = size > 8 ? 110.0 : 180
      return NodeBox(
        node, limit: isLarge ? 90 : limit, hasDetails: !isLarge,
        isNumbered: isNumbered && !node.colorClass.isEmpty)
    }
  }

  /// Makes the links, with the bends that long lines need, and the strokes along them.
  private mutating func addStrokes(_ lines: [AcyclicEdges.Edge]) {
    var outgoing = Array(repeating: [Int](), count: vertices.count)
    for (index, line) in lines.enumerated() { outgoing[line.upper].append(index) }
    let reach = longestReach(lines, outgoing)
    strokes = lines.map {
      Stroke(
        links: [], pointsDown: $0.pointsDown, pointsUp: $0.pointsUp,
        label: $0.labels.isEmpty ? nil : $0.labels.joined(separator: ", "),
        tooltip: $0.tooltips.isEmpty ? nil : $0.tooltips.joined(separator: "\n"))
    }
    for vertex in outgoing.indices {
      addStrokes(of: vertex, outgoing[vertex], lines, reach: reach)
    }
  }

  private mutating func addStrokes(
    of vertex: Int, _ outgoing: [Int], _ lines: [AcyclicEdges.Edge], reach: Int
  ) {
    let layer = vertices[vertex].layer
    // The bends and the links that lead to them, one per layer below the vertex.
    var bends: [Int] = []
    var bendLinks: [Int] = []
    for line in outgoing {
      let lower = lines[line].lower
      let length = vertices[lower].layer - layer
      let needed = length <= reach ? length - 1 : 0
      while bends.count < needed {
        let bend = vertices.count
        vertices.append(
          Vertex(kind: .bend, layer: layer + bends.count + 1, width: 4, height: 0))
        bendLinks.append(links.count)
        links.append(Link(upper: bends.last ?? vertex, lower: bend))
        bends.append(bend)
      }
      strokes[line].links = Array(bendLinks.prefix(needed)) + [links.count]
      links.append(Link(upper: needed > 0 ? bends[needed - 1] : vertex, lower: lower))
    }
  }

  /// The length of the longest lines that get bends, so that the bends stay few.
  private func longestReach(_ lines: [AcyclicEdges.Edge], _ outgoing: [[Int]]) -> Int {
    var reach = layerCount
    while reach > 2, bendCount(lines, outgoing, reach: reach) > Self.mostBends { reach /= 2 }
    return reach
  }

  private func bendCount(
    _ lines: [AcyclicEdges.Edge], _ outgoing: [[Int]], reach: Int
  ) -> Int {
    outgoing.indices.reduce(0) { sum, vertex in
      let lengths = outgoing[vertex].lazy
        .map { vertices[lines[$0].lower].layer - vertices[vertex].layer }
      return sum + max(0, (lengths.filter { $0 <= reach }.max() ?? 0) - 1)
    }
  }

  private var layerCount: Int { (vertices.lazy.map(\.layer).max() ?? -1) + 1 }

  private static let mostBends = 20_000
}
