import Dataflow
import Foundation
import PiSDF
import TestSupport
import Testing

@Suite("Setters and getters of delays")
struct DelaySetterTests {
  /// Init sets the tokens of a delay behind which A, fed by S, waits for itself; End gets what is left.
  private func loop(
    _ level: PiSDFGraph.Persistence = .none, tokens: Int64 = 2, set: Int64 = 2, get: Int64 = 2,
    setter: Bool = true, getter: Bool = true
  ) throws -> PiSDFModel {
    var nodes: [PiSDFGraph.Node] = [
      .init("S", ports: [.output("o", 4)]),
      .init("A", ports: [.input("x", 1), .input("i", 1), .output("o", 1)]),
    ]
    if setter { nodes.append(.init("Init", ports: [.output("o", .init(set))])) }
    if getter { nodes.append(.init("End", ports: [.input("i", .init(get))])) }
    return try PiSDFModel(
      PiSDFGraph(
        name: "g", nodes: nodes,
        channels: [
          .init(from: .init("S", "o"), to: .init("A", "x")),
          .init(
            from: .init("A", "o"), to: .init("A", "i"), delay: .init(tokens), persistence: level,
            setter: setter ? .init("Init", "o") : nil, getter: getter ? .init("End", "i") : nil),
        ]))
  }

  private func names(_ graph: CSDFGraph) -> [String] { graph.channels.map(\.name).sorted() }

  @Test func `write the first tokens and read the last ones, anew in each firing`() throws {
    let graph = try PiSDFFlattening(try loop()).graph
    #expect(
      names(graph) == [
        "A[0].o -> A[2].i", "A[1].o -> A[3].i", "A[2].o -> End.i", "A[3].o -> End.i",
        "Init.o -> A[0].i", "Init.o -> A[1].i", "S.o -> A[0].x", "S.o -> A[1].x", "S.o -> A[2].x",
        "S.o -> A[3].x",
      ])
    #expect(graph.channels.allSatisfy { $0.initialTokens == 0 })
    let init0 = try #require(graph.actors.firstIndex { $0.name == "Init" })
    let end = try #require(graph.actors.firstIndex { $0.name == "End" })
    let latency = try DataflowLatency(
      of: graph, from: .init(init0), to: .init(end), autoConcurrency: true)
    #expect(latency.minimal == 4)
  }

  @Test func `pass on tokens that nobody reads between them`() throws {
    // 6 tokens are set, A reads 4 of them; the getter gets the other 2 and the 4 that A writes.
    let graph = try PiSDFFlattening(try loop(tokens: 6, set: 3, get: 6)).graph
    #expect(
      names(graph) == ["A.o -> End.i", "Init.o -> A.i", "Init.o -> End.i", "S.o -> A.x"])
    let direct = try #require(graph.channels.first { $0.name == "Init.o -> End.i" })
    #expect(direct.production == [0, 2] && direct.consumption == [2])
  }

  @Test func `need not be both there`() throws {
    #expect(names(try PiSDFFlattening(try loop(getter: false)).graph).contains("Init.o -> A[1].i"))
    #expect(names(try PiSDFFlattening(try loop(setter: false)).graph).contains("A[3].o -> End.i"))
    // At the top level a setter sets whatever level the delay has.
    #expect(names(try PiSDFFlattening(try loop(.permanent)).graph).contains("Init.o -> A[1].i"))
  }

  @Test(
    arguments: [
      (
        3, 2,
        "actor \"Init\", port \"o\": it moves 3 tokens in a firing of the graph, expected the 2"
      ),
      (
        2, 4,
        "actor \"End\", port \"i\": it moves 4 tokens in a firing of the graph, expected the 2"
      ),
    ] as [(Int64, Int64, String)])
  func `that do not move just the tokens of the delay are refused by name`(
    set: Int64, get: Int64, message: String
  ) throws {
    let model = try loop(set: set, get: get)
    #expect { try PiSDFFlattening(model) } throws: { "\($0)".contains(message) }
  }

  @Test func `beside a level that they do not fit are refused by name`() throws {
    let model = try loop(.local, setter: false)
    #expect { try PiSDFFlattening(model) } throws: {
      "\($0)".hasPrefix("channel \"A.o -> A.i\": delay \"2\": level \"local\": expected none")
    }
  }

  /// The graph around hands the tokens of a delay on from firing to firing, so that they are permanent.
  @Test func `at the borders of a graph join delays within and without`() throws {
    let sub = try PiSDFGraph(
      name: "sub",
      nodes: [
        .input("x", rate: 3), .input("first", rate: 1), .output("last", rate: 1),
        .init("A", ports: [.input("x", 1), .input("i", 1), .output("o", 1)]),
      ],
      channels: [
        .init(from: .init("x", "x"), to: .init("A", "x")),
        .init(
          from: .init("A", "o"), to: .init("A", "i"), delay: 1, persistence: .none,
          setter: .init("first", "first"), getter: .init("last", "last")),
      ])
    let top = try PiSDFGraph(
      name: "top",
      nodes: [
        .init("S", ports: [.output("o", 12)]),
        .init(
          "H", .actor(.graph("sub.pi")),
          ports: [.input("x", 3), .input("first", 1), .output("last", 1)]),
      ],
      channels: [
        .init(from: .init("S", "o"), to: .init("H", "x")),
        .init(from: .init("H", "last"), to: .init("H", "first"), delay: 1),
      ])
    let graph = try PiSDFFlattening(
      PiSDFModel(graphs: ["top.pi": top, "sub.pi": sub], top: "top.pi")
    ).graph
    var options = Throughput.Options()
    options.autoConcurrency = true
    #expect(try Throughput(of: graph, options: options).period == Fraction(12))
  }

  @Test func `and levels are written and read back`() throws {
    let folder = try TemporaryFolder()
    for level in [PiSDFGraph.Persistence.none, .local, .permanent] {
      let model = try loop(level)
      try model.write(toFolder: folder.path)
      #expect(try PiSDFModel(path: folder.file("top.pi")) == model)
    }
  }

  @Test(arguments: [
    ("level=\"none\"", "level=\"often\"", "level \"often\": expected none, local or permanent"),
    ("<data key=\"delay\">delay_1</data>", "", "it has a setter or a getter, but no edge"),
    ("source=\"delay_1\"", "source=\"Init\"", "has no output port \"get\""),
    ("target=\"delay_1\"", "target=\"End\"", "has no input port \"set\""),
  ])
  func `that are written wrong are refused by name`(
    old: String, new: String, message: String
  ) throws {
    let text = try #require(try loop().files()["top.pi"])
    let folder = try TemporaryFolder()
    let wrong = text.replacingOccurrences(of: old, with: new)
    #expect(wrong != text)
    try Data(wrong.utf8).write(to: URL(fileURLWithPath: folder.file("top.pi")))
    #expect { try PiSDFModel(path: folder.file("top.pi")) } throws: { "\($0)".contains(message) }
  }
}
