import TestSupport
import Testing

@testable import Figures

@Suite("Drawings of graphs")
struct GraphDrawingTests {
  /// A layered graph of the given number of nodes with some long edges, the same on every run.
  static func network(_ count: Int, width: Int = 12) -> GraphDrawing {
    var state: UInt64 = 11
    var edges: [GraphDrawing.Edge] = []
    for target in width..<max(width, count) {
      for _ in 0..<3 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let back = 1 + Int(state >> 33) % (2 * width)
        edges.append(.init(max(0, target - back), target, label: "e", tooltip: "t\(target)"))
      }
    }
    let nodes = (0..<count).map { index in
      GraphDrawing.Node(
        "node \(index)", details: Array(repeating: "detail", count: index % 4),
        colorClass: "class \(index % 9)", isEmphasized: index == 5)
    }
    return GraphDrawing(title: "Network", nodes: nodes, edges: edges)
  }

  /// Two layers split into `count` parts each, every part of the second reading all of the first.
  static func splits(_ count: Int) -> GraphDrawing {
    let parts = 1...count
    let edges =
      parts.map { GraphDrawing.Edge(0, $0) }
      + parts.flatMap { source in parts.map { GraphDrawing.Edge(source, count + $0) } }
    return GraphDrawing(
      title: "Splits", nodes: (0...2 * count).map { .init("part \($0)") }, edges: edges)
  }

  @Test("The boxes of a layer do not overlap", arguments: [network(23), network(300), splits(8)])
  func boxes(drawing: GraphDrawing) {
    let layout = drawing.layout()
    #expect(layout.layers.flatMap { $0 }.sorted() == Array(layout.graph.vertices.indices))
    for layer in layout.layers {
      for (left, right) in zip(layer, layer.dropFirst()) {
        #expect(layout.box(left).right + 5 <= layout.box(right).x)
      }
    }
    for (upper, lower) in zip(layout.layers, layout.layers.dropFirst()) {
      let bottom = upper.map { layout.box($0).bottom }.max() ?? 0
      #expect(lower.allSatisfy { layout.box($0).y > bottom })
    }
    for vertex in layout.graph.vertices.indices {
      #expect(layout.box(vertex).x >= 0 && layout.box(vertex).right <= layout.width + 0.01)
    }
  }

  @Test(
    "Every edge leads downward through neighbouring layers", arguments: [network(200), splits(5)])
  func edges(drawing: GraphDrawing) {
    let layout = drawing.layout()
    let vertices = layout.graph.vertices
    for edge in drawing.edges {
      #expect(layout.box(edge.source).bottom < layout.box(edge.target).y)
    }
    for link in layout.graph.links {
      #expect(vertices[link.lower].layer == vertices[link.upper].layer + 1)
    }
    for stroke in layout.graph.strokes {
      let links = stroke.links.map { layout.graph.links[$0] }
      #expect(!links.isEmpty)
      #expect(zip(links, links.dropFirst()).allSatisfy { $0.lower == $1.upper })
    }
  }

  @Test("The strokes connect exactly the nodes that the edges connect", arguments: [1, 2, 3, 8])
  func junctions(count: Int) {
    let drawing = Self.splits(count)
    let graph = LayeredGraph(drawing)
    var next: [Int: Set<Int>] = [:]
    for link in graph.links { next[link.upper, default: []].insert(link.lower) }
    var reached: Set<[Int]> = []
    for source in drawing.nodes.indices {
      var open = Array(next[source, default: []])
      while let vertex = open.popLast() {
        if graph.vertices[vertex].kind == .node {
          reached.insert([source, vertex])
        } else {
          open += next[vertex, default: []]
        }
      }
    }
    #expect(reached == Set(drawing.edges.map { [$0.source, $0.target] }))
    #expect(graph.links.count <= (count < 3 ? count * count + count : 3 * count))
  }

  @Test("Every node is drawn once and says what it is")
  func nodes() {
    let drawing = Self.network(60)
    let document = ParsedDocument(drawing.figure().svgFile())
    #expect(document.errorMessage == nil)
    for index in drawing.nodes.indices {
      let text = drawing.figure().svgFile()
      #expect(text.split(separator: ">node \(index)</text>").count == 2)
    }
  }

  @Test("Barycentre sweeps remove the crossings of two crossed chains")
  func crossings() {
    let drawing = GraphDrawing(
      title: "", nodes: (0..<6).map { .init("\($0)") },
      edges: [.init(0, 3), .init(1, 2), .init(2, 5), .init(3, 4)])
    #expect(LayerOrder(LayeredGraph(drawing)).crossings == 0)
  }

  @Test("Cycles, loops and parallel edges are drawn, too")
  func cycles() {
    let edges = [(0, 1), (1, 2), (2, 0), (1, 1), (0, 1), (1, 0)]
    let drawing = GraphDrawing(
      title: "", nodes: (0..<3).map { .init("\($0)") },
      edges: edges.map { .init($0.0, $0.1, tooltip: "\($0.0) to \($0.1)") })
    let graph = LayeredGraph(drawing)
    #expect(graph.loops.count == 1)
    #expect(graph.strokes.contains { $0.pointsUp && $0.pointsDown })
    let text = drawing.figure().svgFile()
    #expect(ParsedDocument(text).errorMessage == nil)
    #expect(text.contains("1 to 1") && text.contains("2 to 0"))
  }

  @Test("Parts of a split stand side by side around what they come from")
  func symmetry() {
    let layout = Self.splits(2).layout()
    let parts = (layout.centers[1] + layout.centers[2]) / 2
    #expect(abs(layout.centers[0] - parts) < 1)
  }

  @Test("A graph is well-formed whatever its names are", arguments: hostileNames)
  func hostile(name: String) {
    let node = GraphDrawing.Node(
      name, details: [name], colorClass: name, isEmphasized: true, tooltip: name)
    let drawing = GraphDrawing(
      title: name, nodes: [node, node], edges: [.init(0, 1, label: name, tooltip: name)],
      colorClasses: [name], emphasisName: name)
    let document = ParsedDocument(drawing.figure().svgFile())
    #expect(document.errorMessage == nil)
    #expect(document.elements["script"] == nil)
    #expect(!document.attributes.values.contains { $0.contains("onload") })
  }

  @Test("The same graph gives the same bytes")
  func determinism() {
    #expect(Self.network(90).figure().svgFile() == Self.network(90).figure().svgFile())
  }

  @Test("Nothing to draw is drawn")
  func empty() {
    let drawing = GraphDrawing(title: "Empty", nodes: [], edges: [])
    #expect(ParsedDocument(drawing.figure().svgFile()).errorMessage == nil)
  }

  @Test("A graph of 4,000 nodes has few vertices and links to place")
  func large() {
    let drawing = Self.network(4_000, width: 64)
    let graph = LayeredGraph(drawing)
    #expect(graph.vertices.count + graph.links.count < 20 * drawing.nodes.count)
    #expect(drawing.figure().svgFile().utf8.count < 8_000_000)
  }

  @Test("A chain with shortcuts of all lengths keeps its bends few")
  func manyBends() {
    let count = 2_000
    let edges = (1..<count).flatMap {
      [GraphDrawing.Edge($0 - 1, $0), .init(0, $0), .init($0 / 2, $0)]
    }
    let drawing = GraphDrawing(
      title: "", nodes: (0..<count).map { .init("\($0)") }, edges: edges)
    #expect(LayeredGraph(drawing).vertices.count < 25_000)
    #expect(!drawing.figure().svgFile().isEmpty)
  }
}
