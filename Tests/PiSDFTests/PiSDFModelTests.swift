import Dataflow
import PiSDF
import Testing

@Suite("Rules of hierarchies")
struct PiSDFModelTests {
  private func message(of body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func nest(_ file: String, ports: [PiSDFGraph.Node.DataPort] = []) throws -> PiSDFGraph {
    try PiSDFGraph(
      name: "g",
      nodes: [.init("H", .actor(.graph(file)), ports: ports)]
        + ports.map { .init("of \($0.name)", ports: [.output("o", 1)]) },
      channels: ports.map { .init(from: .init("of \($0.name)", "o"), to: .init("H", $0.name)) })
  }

  @Test("graphs that contain each other are refused with their cycle")
  func recursion() throws {
    let graphs = [
      "top.pi": try nest("a.pi"), "a.pi": try nest("b.pi"), "b.pi": try nest("a.pi"),
    ]
    #expect(
      message { _ = try PiSDFModel(graphs: graphs, top: "top.pi") }
        == "sub-graphs contain each other: a.pi -> b.pi -> a.pi")
  }

  @Test("missing graphs and unsafe paths are refused")
  func paths() throws {
    for path in ["b.pi", "../b.pi", "/b.pi", "a/./b.pi", "b.txt", "a//b.pi", "a/../../b.pi"] {
      let line = message {
        _ = try PiSDFModel(graphs: ["top.pi": try nest(path)], top: "top.pi")
      }
      #expect(line.contains("actor \"H\"") && line.contains("\"\(path)\""))
    }
  }

  @Test("ports and interfaces must be the same, also their rates")
  func interfaces() throws {
    let inner = try PiSDFGraph(
      name: "inner",
      nodes: [.input("i", rate: 2), .init("X", ports: [.input("i", 2)])],
      channels: [.init(from: .init("i", "i"), to: .init("X", "i"))])
    func line(_ ports: [PiSDFGraph.Node.DataPort]) -> String {
      message {
        _ = try PiSDFFlattening(
          try PiSDFModel(
            graphs: ["top.pi": try nest("i.pi", ports: ports), "i.pi": inner], top: "top.pi"))
      }
    }
    #expect(line([.input("i", 2)]) == "")
    #expect(line([]).contains("has no input port \"i\" for the interface of i.pi"))
    #expect(line([.input("i", 2), .input("j", 1)]).contains("no input interface \"j\""))
    #expect(
      line([.input("i", 3)])
        == "interface \"H/i\": its rate is 2, that of the actor's port is 3")
  }

  @Test("hierarchies that grow beyond all bounds are refused, not built")
  func explosion() throws {
    func chain(_ depth: Int, width: Int) throws -> PiSDFModel {
      var graphs: [String: PiSDFGraph] = [:]
      for level in 0..<depth {
        graphs["\(level).pi"] = try PiSDFGraph(
          name: "g",
          nodes: (0..<width).map { index in
            .init("n\(index)", level + 1 < depth ? .actor(.graph("\(level + 1).pi")) : .actor(nil))
          }, channels: [])
      }
      return try PiSDFModel(graphs: graphs, top: "0.pi")
    }
    let wide = try chain(40, width: 2)
    #expect(message { _ = try PiSDFFlattening(wide) }.contains("has more than"))
    let deep = try chain(200, width: 1)
    #expect(message { _ = try PiSDFFlattening(deep) }.contains("more than 64 levels"))
    #expect(try PiSDFFlattening(try chain(60, width: 1)).graph.actors.count == 1)
    let fork = try PiSDFGraph(
      name: "g",
      nodes: [
        .init("F", .fork, ports: [.input("i", 3000)] + (0..<3000).map { .output("o\($0)", 1) }),
        .init("A", ports: [.output("o", 3000)]),
        .init("B", ports: (0..<3000).map { .input("i\($0)", 1) }),
      ],
      channels: [.init(from: .init("A", "o"), to: .init("F", "i"))]
        + (0..<3000).map { .init(from: .init("F", "o\($0)"), to: .init("B", "i\($0)")) })
    #expect(
      message { _ = try PiSDFFlattening(try PiSDFModel(fork)) }.contains("list entries"))
  }
}
