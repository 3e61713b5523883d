import TestSupport
import Testing

@testable import Figures

@Suite("Coarse drawings of graphs")
struct CoarseGraphTests {
  @Test("The groups hold every node once, one colour each", arguments: [20, 100, 399])
  func groups(limit: Int) {
    var drawing = GraphDrawingTests.network(400)
    drawing.mostNodes = limit
    let coarse = drawing.coarsened()
    #expect(coarse.nodes.count <= limit)
    for colorClass in Set(drawing.nodes.map(\.colorClass)) {
      let members = coarse.nodes.filter { $0.colorClass == colorClass }
      let count = members.reduce(0) { sum, node in
        sum + (node.label.hasSuffix(" nodes") ? Int(node.label.split(separator: " ")[0]) ?? 0 : 1)
      }
      #expect(count == drawing.nodes.count { $0.colorClass == colorClass })
    }
    #expect(coarse.nodes.contains { $0.isEmphasized })
    #expect(Set(coarse.edges.map { [$0.source, $0.target] }).count == coarse.edges.count)
  }

  @Test("More colours than groups are given up")
  func manyColors() {
    let nodes = (0..<500).map { GraphDrawing.Node("\($0)", colorClass: "class \($0)") }
    let edges = (1..<500).map { GraphDrawing.Edge($0 - 1, $0) }
    let drawing = GraphDrawing(title: "t", nodes: nodes, edges: edges, mostNodes: 50)
    #expect(drawing.coarsened().nodes.count <= 50)
    let text = drawing.figure().svgFile()
    #expect(ParsedDocument(text).errorMessage == nil && text.contains("500 nodes, drawn as"))
  }

  @Test("Thirty classes all look different, and more than twelve have numbers")
  func classes() {
    let nodes = (0..<30).map { GraphDrawing.Node("\($0)", colorClass: "class \($0)") }
    let classes = GraphClasses(GraphDrawing(title: "t", nodes: nodes, edges: []))
    let looks = nodes.map { classes.look(of: $0.colorClass) }
    #expect(Set(looks.map(\.tint)).count == 30)
    #expect(looks.map(\.number) == (1...30).map { $0 })
    let few = GraphClasses(GraphDrawing(title: "t", nodes: Array(nodes.prefix(12)), edges: []))
    #expect(!few.areNumbered && Set(Ink.classes).count == 12)
  }
}
