import Dataflow
import Diagnostics
import PiSDF
import Testing

@Suite("Rules of graphs and models")
struct PiSDFGraphTests {
  private typealias Graph = PiSDFGraph

  /// A → B with the given rates, parameters and delay.
  private func pair(
    _ parameters: [Graph.Parameter] = [], _ rate: RateExpression = 1, delay: RateExpression? = nil,
    more nodes: [Graph.Node] = []
  ) throws -> PiSDFGraph {
    try PiSDFGraph(
      name: "g", parameters: parameters,
      nodes: [
        .init("A", ports: [.output("o", rate)]), .init("B", ports: [.input("i", 1)]),
      ] + nodes,
      channels: [.init(from: .init("A", "o"), to: .init("B", "i"), delay: delay)])
  }

  private func message(of body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private func flattened(
    _ graph: PiSDFGraph, _ valuation: [String: Int64] = [:]
  ) throws -> PiSDFFlattening {
    try PiSDFFlattening(try PiSDFModel(graph), options: .init(valuation: valuation))
  }

  @Test(
    "a rate that is no non-negative integer names the actor, the port and the expression",
    arguments: [
      ("0 - n / 4", "found -5/2"), ("1 - n", "found -9"), ("1 / (n - 10)", "a division by 0"),
      ("n ^ 20", "64 bits"),
    ])
  func rate(text: String, reason: String) throws {
    let graph = try pair([.init("n", 10)], try RateExpression(text))
    let line = message { _ = try flattened(graph) }
    #expect(line.hasPrefix("actor \"A\", port \"o\": rate \"\(text)\": "))
    #expect(line.contains(reason))
  }

  @Test("a delay below 0 names the channel, one that is no integer is rounded")
  func delay() throws {
    let graph = try pair([.init("n", 3)], 1, delay: try RateExpression("n / 2"))
    #expect(
      message { _ = try flattened(graph, ["n": -3]) } == "channel \"A.o -> B.i\": delay \"n / 2\": "
        + "expected a non-negative integer, found -3/2")
    #expect(try flattened(graph, ["n": 8]).graph.channels[0].initialTokens == 4)
    let rounded = try flattened(graph)
    #expect(rounded.graph.channels[0].initialTokens == 2)
    #expect(rounded.diagnostics.map(\.subject) == ["delay of channel \"A.o -> B.i\""])
  }

  @Test("parameters that define each other are refused with their cycle")
  func cycle() throws {
    let line = message {
      _ = try pair([
        .init("x", try RateExpression("y + 1")), .init("y", try RateExpression("2 * z")),
        .init("z", try RateExpression("max(x, w)")), .init("w", 1),
      ])
    }
    #expect(line.hasSuffix("defined by each other: x -> z -> y -> x"))
    #expect(message { _ = try pair([.init("x", RateExpression("x"))]) }.hasSuffix("x -> x"))
  }

  @Test("parameters in long chains are computed")
  func chain() throws {
    var parameters: [Graph.Parameter] = [.init("p0", 1)]
    for index in 1...20_000 {
      parameters.append(.init("p\(index)", try RateExpression("p\(index - 1) + 1")))
    }
    let graph = try pair(parameters.reversed(), try RateExpression("p20000"))
    #expect(try flattened(graph).graph.channels[0].production == [20_001])
  }

  @Test("what an actor sets must be given, and what there is not must not")
  func configuration() throws {
    let graph = try pair(
      [
        .init(name: "size", origin: .actor(.init("Setter", "out"))),
        .init(name: "given", origin: .interface(defaultValue: nil)),
        .init(name: "usual", origin: .interface(defaultValue: 7)),
      ], try RateExpression("size + given + usual"),
      more: [.init("Setter", configurationOutputs: ["out"])])
    let line = message { _ = try flattened(graph) }
    #expect(line.contains("\"size\", \"given\"") && line.contains("no value"))
    let flat = try flattened(graph, ["size": 2, "given": 3])
    #expect(flat.graph.channels[0].production == [12])
    let stray = message {
      _ = try flattened(graph, ["size": 2, "given": 3, "sise": 2, "a/b": 1])
    }
    #expect(stray == "there is no parameter \"a/b\", \"sise\"")
  }

  @Test("graphs that break a rule are refused with what breaks it")
  func rules() throws {
    func graph(_ nodes: [Graph.Node], _ channels: [Graph.Channel] = []) -> String {
      message { _ = try PiSDFGraph(name: "g", nodes: nodes, channels: channels) }
    }
    let (a, b) = (
      Graph.Node("A", ports: [.output("o", 1)]), Graph.Node("B", ports: [.input("i", 1)])
    )
    let channel = Graph.Channel(from: .init("A", "o"), to: .init("B", "i"))
    #expect(graph([a, a, b], [channel]).contains("\"A\": the name is used twice"))
    #expect(graph([a, b]).contains("port \"o\" has no channel"))
    #expect(graph([a, b], [channel, channel]).contains("has two channels"))
    #expect(graph([b], [channel]).contains("\"A\" has no output port \"o\""))
    #expect(
      graph([.init("A", ports: [.output("o", try RateExpression("q"))]), b], [channel])
        .contains("no parameter \"q\""))
    #expect(graph([.init("F", .fork, ports: [.input("i", 1)])]).contains("found 1 inputs"))
    #expect(
      graph([.init("A", configurationInputs: [.init("n")])]).contains("there is no parameter \"n\"")
    )
    #expect(message { _ = try pair([.init("A", 1)]) }.contains("\"A\": the name is used twice"))
    let inconsistent = try PiSDFGraph(
      name: "g",
      nodes: [
        .init("A", ports: [.output("o", 1), .output("p", 1)]),
        .init("B", ports: [.input("i", 1), .input("j", 2)]),
      ],
      channels: [channel, .init(from: .init("A", "p"), to: .init("B", "j"))])
    #expect(message { _ = try flattened(inconsistent) }.contains("A.p -> B.j"))
    let zero = try pair([], 0)
    #expect(message { _ = try flattened(zero) }.contains("the rates 0 and 1 never balance"))
  }
}
