import Dataflow
import Diagnostics
import PiSDF
import Testing

@Suite("Flattened hierarchies")
struct PiSDFFlatteningTests {
  @Test(
    "of a convolution layer fire as computed by hand",
    arguments: [(1, 12), (2, 6), (3, 4), (4, 3), (6, 2), (12, 1)])
  func convolution(agg: Int64, firings: Int64) throws {
    let flat = try PiSDFFlattening(
      try ConvolutionLayer.model(),
      options: .init(
        valuation: ["aggregationFactor": agg], executionTimes: ["layer1/CalculateLayer": 9 * agg]))
    let expected = try CSDFGraph(
      name: "network",
      actors: [
        .init(name: "Camera", executionTimes: [1]),
        .init(name: "layer1/Broadcast", executionTimes: [1]),
        .init(name: "layer1/ReadWeights", executionTimes: [1]),
        .init(name: "layer1/CalculateLayer", executionTimes: [9 * agg]),
        .init(name: "Show", executionTimes: [1]),
      ],
      channels: [
        Flat.channel("layer1/Broadcast.out", 1, 48 * firings, "layer1/CalculateLayer.image", 3, 48),
        Flat.channel(
          "layer1/ReadWeights.out", 2, 27 * agg, "layer1/CalculateLayer.weights", 3, 27 * agg),
        Flat.channel("layer1/CalculateLayer.out", 3, 4 * agg, "Show.in", 4, 48),
        Flat.channel("Camera.out", 0, 48, "layer1/Broadcast.in", 1, 48),
      ])
    #expect(Flat.sorted(flat.graph) == Flat.sorted(expected))
    #expect(flat.repetitions == [1, 1, firings, firings, 1])
    #expect(try RepetitionVector(of: flat.graph).cycles == [1, 1, firings, firings, 1])
  }

  @Test("round a parameter that is no integer and say so")
  func indivisible() throws {
    let flat = try PiSDFFlattening(
      try ConvolutionLayer.model(),
      options: .init(valuation: ["numOfFilters": 13, "layer1/aggregationFactor": 2]))
    #expect(
      flat.diagnostics.map(\.description) == [
        "parameter \"layer1/firings\": \"filters / aggregationFactor\" is 13/2, rounded to 7 as PREESM does"
      ])
  }

  /// A → H, H → B, where H stands for a graph of one actor and reads and writes what is said.
  private func wrapped(
    _ input: RateExpression, _ read: RateExpression, _ written: RateExpression,
    _ output: RateExpression
  ) throws -> PiSDFModel {
    let inner = try PiSDFGraph(
      name: "inner",
      nodes: [
        .input("i", rate: input), .output("o", rate: output),
        .init("X", ports: [.input("i", read), .output("o", written)]),
      ],
      channels: [
        .init(from: .init("i", "i"), to: .init("X", "i"), delay: 2),
        .init(from: .init("X", "o"), to: .init("o", "o")),
      ])
    return try PiSDFModel(
      graphs: [
        "inner.pi": inner,
        "top.pi": try PiSDFGraph(
          name: "top",
          nodes: [
            .init("A", ports: [.output("o", 4)]),
            .init(
              "H", .actor(.graph("inner.pi")), ports: [.input("i", input), .output("o", output)]),
            .init("B", ports: [.input("i", output)]),
          ],
          channels: [
            .init(from: .init("A", "o"), to: .init("H", "i"), delay: 1),
            .init(from: .init("H", "o"), to: .init("B", "i")),
          ]),
      ], top: "top.pi")
  }

  @Test("let a graph iterate until its interfaces balance")
  func iterations() throws {
    // H reads 6 of the 4 that A writes, X reads 2 of them: 3 firings of X for each of H.
    let flat = try PiSDFFlattening(try wrapped(6, 2, 5, 15))
    let expected = try CSDFGraph(
      name: "top", actors: ["A", "H/X", "B"].map { .init(name: $0, executionTimes: [1]) },
      channels: [
        Flat.channel("A.o", 0, 4, "H/X.i", 1, 2, tokens: 3),
        Flat.channel("H/X.o", 1, 5, "B.i", 2, 15),
      ])
    #expect(Flat.sorted(flat.graph) == Flat.sorted(expected))
    #expect(flat.repetitions == [3, 6, 2])
  }

  @Test("repeat the tokens of an input interface and keep the last of an output interface")
  func roundBuffers() throws {
    // X reads 3 a firing and writes 1; 4 firings fill the output, while the input has only 5.
    let flat = try PiSDFFlattening(try wrapped(5, 3, 1, 4))
    let expected = try CSDFGraph(
      name: "top", actors: ["A", "H/i", "H/X", "B"].map { .init(name: $0, executionTimes: [1]) },
      channels: [
        Flat.channel("A.o", 0, 4, "H/i.outer", 1, 5, tokens: 1),
        Flat.channel("H/i.inner", 1, 12, "H/X.i", 2, 3, tokens: 2),
        Flat.channel("H/X.o", 2, 1, "B.i", 3, 4),
      ])
    #expect(Flat.sorted(flat.graph) == Flat.sorted(expected))
    #expect(flat.repetitions == [5, 4, 16, 4])

    let kept = try PiSDFFlattening(try wrapped(4, 2, 3, 5))
    let channel = try #require(kept.graph.channels.first { $0.name == "H/X.o -> H/o.inner" })
    #expect(channel.production == [3] && channel.consumption == [6])
    let last = try #require(kept.graph.channels.first { $0.name == "H/o.outer -> B.i" })
    #expect(last.production == [5] && last.consumption == [5])
    #expect(try RepetitionVector(of: kept.graph).cycles == kept.repetitions)
  }

  @Test("of three levels join the pieces of a channel and the tokens on them")
  func threeLevels() throws {
    func around(_ file: String, delay: RateExpression) throws -> PiSDFGraph {
      try PiSDFGraph(
        name: "middle",
        nodes: [
          .input("i", rate: 12), .output("o", rate: 30),
          .init("H", .actor(.graph(file)), ports: [.input("i", 6), .output("o", 15)]),
        ],
        channels: [
          .init(from: .init("i", "i"), to: .init("H", "i"), delay: delay),
          .init(from: .init("H", "o"), to: .init("o", "o")),
        ])
    }
    let graphs = try wrapped(6, 2, 5, 15).graphs
    let top = try PiSDFGraph(
      name: "top",
      nodes: [
        .init("A", ports: [.output("o", 4)]), .init("B", ports: [.input("i", 30)]),
        .init("M", .actor(.graph("m.pi")), ports: [.input("i", 12), .output("o", 30)]),
      ],
      channels: [
        .init(from: .init("A", "o"), to: .init("M", "i")),
        .init(from: .init("M", "o"), to: .init("B", "i"), delay: 7),
      ])
    let model = try PiSDFModel(
      graphs: [
        "inner.pi": try #require(graphs["inner.pi"]), "m.pi": try around("inner.pi", delay: 5),
        "top.pi": top,
      ], top: "top.pi")
    let flat = try PiSDFFlattening(model)
    let expected = try CSDFGraph(
      name: "top", actors: ["A", "B", "M/H/X"].map { .init(name: $0, executionTimes: [1]) },
      channels: [
        Flat.channel("A.o", 0, 4, "M/H/X.i", 2, 2, tokens: 7),
        Flat.channel("M/H/X.o", 2, 5, "B.i", 1, 30, tokens: 7),
      ])
    #expect(Flat.sorted(flat.graph) == Flat.sorted(expected))
    #expect(flat.repetitions == [3, 1, 6])
    #expect(try RepetitionVector(of: flat.graph).cycles == [3, 1, 6])
  }
}

/// Expected flat graphs.
enum Flat {
  static func channel(
    _ source: String, _ sourceIndex: Int, _ production: Int64, _ destination: String,
    _ destinationIndex: Int, _ consumption: Int64, tokens: Int64 = 0
  ) -> CSDFGraph.Channel {
    CSDFGraph.Channel(
      name: "\(source) -> \(destination)", source: .init(sourceIndex),
      destination: .init(destinationIndex), production: [production], consumption: [consumption],
      initialTokens: tokens)
  }

  /// The graph with its channels in the order of their names.
  static func sorted(_ graph: CSDFGraph) -> CSDFGraph? {
    try? CSDFGraph(
      name: graph.name, actors: graph.actors,
      channels: graph.channels.sorted { $0.name < $1.name })
  }
}
