import Dataflow
import PiSDF
import Testing

@Suite("Special actors and interfaces at the top")
struct SpecialActorTests {
  /// A node between actors that read and write as much as its ports in a firing.
  private func flat(_ node: PiSDFGraph.Node) throws -> CSDFGraph {
    var nodes = [node]
    var channels: [PiSDFGraph.Channel] = []
    for port in node.ports {
      let name = "of \(port.name)"
      let own = PiSDFGraph.End(node.name, port.name)
      let other = PiSDFGraph.End(name, "p")
      nodes.append(
        .init(name, ports: [port.isInput ? .output("p", port.rate) : .input("p", port.rate)]))
      channels.append(
        port.isInput ? .init(from: other, to: own) : .init(from: own, to: other))
    }
    let graph = try PiSDFGraph(name: "g", nodes: nodes, channels: channels)
    return try PiSDFFlattening(try PiSDFModel(graph), options: .init(executionTimes: ["S": 3]))
      .graph
  }

  @Test("a fork deals to one output in each phase and leaves out what gets nothing")
  func fork() throws {
    let graph = try flat(
      .init(
        "S", .fork, ports: [.output("a", 2), .input("in", 5), .output("b", 0), .output("c", 3)]))
    #expect(graph.actors[0].executionTimes == [3, 3])
    #expect(graph.channels.map(\.production) == [[2, 0], [5], [0, 3]])
    #expect(graph.channels.map(\.consumption) == [[2], [2, 3], [3]])
    #expect(try RepetitionVector(of: graph).firings == [2, 1, 1, 1, 1])
  }

  @Test("a join collects from one input in each phase")
  func join() throws {
    let graph = try flat(
      .init("S", .join, ports: [.input("a", 4), .input("b", 1), .output("out", 5)]))
    #expect(graph.channels.map(\.consumption) == [[4, 0], [0, 1], [5]])
    #expect(graph.channels.map(\.production) == [[4], [1], [4, 1]])
  }

  @Test("a broadcast and a round buffer have one phase")
  func others() throws {
    let broadcast = try flat(
      .init("S", .broadcast, ports: [.input("in", 2), .output("a", 6), .output("b", 2)]))
    #expect(broadcast.channels.map(\.production) == [[2], [6], [2]])
    let buffer = try flat(.init("S", .roundBuffer, ports: [.input("in", 6), .output("out", 2)]))
    #expect(buffer.channels.map(\.consumption) == [[6], [2]])
    #expect(buffer.phaseCounts == [1, 1, 1])
  }

  @Test("a fork whose outputs do not sum up to its input is refused by its name")
  func badFork() {
    #expect {
      try flat(.init("S", .fork, ports: [.input("in", 5), .output("a", 2), .output("b", 2)]))
    } throws: {
      "\($0)".contains("\"S\"") && "\($0)".contains("found 4")
    }
  }

  @Test("interfaces of the top level are actors that fire once and repeat what is read more often")
  func interfaces() throws {
    let graph = try PiSDFGraph(
      name: "g",
      nodes: [
        .input("i", rate: 4), .input("w", rate: 9), .output("o", rate: 3),
        .init("X", ports: [.input("i", 4), .input("w", 3), .output("o", 1)]),
      ],
      channels: [
        .init(from: .init("i", "i"), to: .init("X", "i")),
        .init(from: .init("w", "w"), to: .init("X", "w")),
        .init(from: .init("X", "o"), to: .init("o", "o")),
      ])
    let flat = try PiSDFFlattening(try PiSDFModel(graph))
    #expect(flat.graph.channels.map(\.production) == [[12], [9], [1]])
    #expect(flat.graph.channels.map(\.consumption) == [[4], [3], [3]])
    #expect(flat.repetitions == [1, 1, 1, 3])
  }

  @Test("an input interface joined to an output interface passes tokens on or repeats them")
  func direct() throws {
    for (input, output, expected) in [
      (4, 4, ["A.o -> B.i"]), (2, 6, ["A.o -> H/i.outer", "H/i.inner -> B.i"]),
    ] {
      let (i, o) = (RateExpression(Int64(input)), RateExpression(Int64(output)))
      let inner = try PiSDFGraph(
        name: "wire", nodes: [.input("i", rate: i), .output("o", rate: o)],
        channels: [.init(from: .init("i", "i"), to: .init("o", "o"))])
      let top = try PiSDFGraph(
        name: "top",
        nodes: [
          .init("A", ports: [.output("o", i)]),
          .init("H", .actor(.graph("wire.pi")), ports: [.input("i", i), .output("o", o)]),
          .init("B", ports: [.input("i", o)]),
        ],
        channels: [
          .init(from: .init("A", "o"), to: .init("H", "i")),
          .init(from: .init("H", "o"), to: .init("B", "i")),
        ])
      let flat = try PiSDFFlattening(
        try PiSDFModel(graphs: ["top.pi": top, "wire.pi": inner], top: "top.pi"))
      #expect(flat.graph.channels.map(\.name).sorted() == expected.sorted())
      #expect(try RepetitionVector(of: flat.graph).cycles == flat.repetitions)
    }
  }
}
