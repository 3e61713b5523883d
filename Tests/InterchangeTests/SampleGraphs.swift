import Dataflow

/// Graphs whose events are known.
enum SampleGraphs {
  static func actor(
    _ name: String, _ times: [Int64] = [1], function: String? = nil
  ) -> CSDFGraph.Actor {
    CSDFGraph.Actor(name: name, function: function, executionTimes: times)
  }

  static func channel(
    _ name: String, _ source: Int, _ production: [Int64], _ target: Int, _ consumption: [Int64],
    tokens: Int64 = 0
  ) -> CSDFGraph.Channel {
    CSDFGraph.Channel(
      name: name, source: .init(source), destination: .init(target), production: production,
      consumption: consumption, initialTokens: tokens)
  }

  /// An image of 8×8 through a window of 3×3, row by row, with the rows that are read again on a
  /// self-edge.
  static func blur() throws -> CSDFGraph {
    let seven: (Int64) -> [Int64] = { Array(repeating: $0, count: 7) }
    return try CSDFGraph(
      name: "blur",
      actors: [
        actor("src", function: "READ_ROW"), actor("blur", function: "BLUR_3x3"),
        actor("snk", function: "WRITE_ROW"),
      ],
      channels: [
        channel("rows", 0, [8], 1, [16, 8, 8, 8, 8, 8, 8, 0]),
        channel("kept", 1, seven(16) + [0], 1, [0] + seven(16)),
        channel("result", 1, [8], 2, [8]),
      ])
  }

  /// A cycle that only its initial tokens start, more of them than an event can move.
  static func cycle() throws -> CSDFGraph {
    try CSDFGraph(
      name: "cycle",
      actors: [actor("a", [3]), actor("b", [1, 4]), actor("c", [2])],
      channels: [
        channel("ab", 0, [2], 1, [1, 3]), channel("bc", 1, [1, 1], 2, [2], tokens: 1),
        channel("ca", 2, [40_000], 0, [20_000], tokens: 80_001),
        channel("self", 0, [1], 0, [1], tokens: 1),
      ])
  }

  /// Rates of 0, lists of different lengths, a reader of one value twice, and a part of its own.
  static func multiRate() throws -> CSDFGraph {
    try CSDFGraph(
      name: "1 multi-rate/graph",
      actors: [
        actor("p", [1, 2, 0]), actor("q", [5]), actor("r", [1, 1], function: "f"),
        actor("alone", [7]),
      ],
      channels: [
        channel("pq", 0, [0, 3, 1], 1, [2]), channel("pq twice", 0, [0, 3, 1], 1, [2]),
        channel("qr", 1, [0, 5], 2, [0, 0, 4, 1]), channel("rr", 2, [0, 2], 2, [2, 0], tokens: 2),
      ])
  }

  /// Names that are keywords, alike but for capitals, taken by the classes around, or no words at all.
  static func awkwardNames() throws -> CSDFGraph {
    let names = [
      "class", "Class", "conv/1", "conv 1", "conv_1_Base", "conv_1", "3D", "été", "main", "IP0",
      "ports", "NULL", "transfers", "a\"b\\", "*/ int x; /*", "??/", "_Bool", "x__y", "dataOP0",
      "vector",
      "\\",
    ]
    let actors = names.map { actor($0, function: "say \"\($0)\"\\") }
    let channels = names.indices.dropLast().map { index in
      channel("\(names[index]) -> <next>", index, [2], index + 1, [2])
    }
    return try CSDFGraph(name: "while & <do>", actors: actors, channels: channels)
  }
}
