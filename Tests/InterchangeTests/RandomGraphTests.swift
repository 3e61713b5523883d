import Dataflow
import Foundation
import Interchange
import NetworkImport
import PiSDF
import RandomNumbers
import TestSupport
import Testing

/// Random graphs that are consistent and live by construction.
enum RandomGraph {
  static func make(seed: UInt64) throws -> CSDFGraph {
    var random = SplitMix64(seed: seed)
    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let count = pick(2...6)
    let turns = (0..<count).map { _ in pick(1...3) }
    let phases = (0..<count).map { _ in pick(1...4) }
    let letters = ["a", "A", "Ä", "/", " ", "_", "1", "\"", "\\", "?", "<", "if"]
    let actors = (0..<count).map { index in
      CSDFGraph.Actor(
        name: (0..<pick(0...4)).map { _ in letters[pick(0...letters.count - 1)] }.joined()
          + "\(index)",
        function: pick(0...1) == 0 ? nil : "f\(pick(0...2))",
        executionTimes: (0..<phases[index]).map { _ in Int64(pick(0...3)) })
    }
    /// A sum in so many parts, some of them 0.
    func split(_ total: Int, _ parts: Int) -> [Int64] {
      let cuts = [0] + (1..<parts).map { _ in pick(0...total) }.sorted() + [total]
      return (0..<parts).map { Int64(cuts[$0 + 1] - cuts[$0]) }
    }
    var channels: [CSDFGraph.Channel] = []
    func add(_ source: Int, _ target: Int, tokens: Int) {
      let factor = pick(1...5)
      channels.append(
        CSDFGraph.Channel(
          name: "c\(channels.count)", source: .init(source), destination: .init(target),
          production: split(turns[target] * factor, phases[source]),
          consumption: split(turns[source] * factor, phases[target]),
          initialTokens: Int64(tokens * turns[source] * turns[target] * factor),
          tokenSize: Int64(pick(0...4))))
    }
    for target in 1..<count {
      for _ in 0..<pick(1...2) { add(pick(0...target - 1), target, tokens: pick(0...1)) }
    }
    for _ in 0..<pick(0...2) { add(pick(1...count - 1), 0, tokens: pick(1...2)) }
    let own = pick(0...count - 1)
    add(own, own, tokens: 1)
    return try CSDFGraph(name: "random \(seed)", actors: actors, channels: channels)
  }
}

@Suite("Exports of random graphs")
struct RandomGraphTests {
  @Test("Sesame files are read back equal, and traces say what firings do", arguments: 1...40)
  func sesame(_ seed: UInt64) throws {
    let graph = try RandomGraph.make(seed: seed)
    let export = try SesameExport(graph)
    let files = try export.files()
    let text = try #require(files.first { $0.path.hasSuffix("_app.yml") })
    let read = try SesameReader.application(Data(text.text.utf8), file: text.path)
    #expect(read == export.application && read.graph == graph)
    let expected = FiringSemantics(graph: graph, operations: operations(export)).lines()
    let folder = try TemporaryFolder()
    try export.writeTraces { folder.file("trace\($0)") }
    for process in graph.actors.indices {
      var lines = ""
      try SesameTrace.print(
        path: folder.file("trace\(process)"), application: read, process: process, to: &lines)
      let found = lines.split(separator: "\n").map { line in
        line.hasPrefix("E") ? String(line) : String(line.prefix { $0 != "c" }.dropLast())
      }
      #expect(found == expected[process])
    }
  }

  @Test("applications run as firings do", arguments: [3, 8, 13])
  func run(_ seed: UInt64) throws {
    let graph = try RandomGraph.make(seed: seed)
    let export = try SesameExport(graph, options: .init(tokenType: .double))
    let run = try StandInRunner(files: try export.files())
    #expect(
      run.events.map(\.lines)
        == FiringSemantics(graph: graph, operations: operations(export)).lines())
    #expect(run.leftovers == graph.channels.map { Int($0.initialTokens) })
  }

  @Test(
    "PREESM's graph is read back equal, with as many firings as there are turns", arguments: 1...40)
  func preesm(_ seed: UInt64) throws {
    let graph = try RandomGraph.make(seed: seed)
    let export = try PREESMExport(graph)
    let folder = try TemporaryFolder()
    let file = try #require(try export.files().first { $0.path.hasSuffix(".pi") })
    let path = folder.file("graph.pi")
    try file.text.write(toFile: path, atomically: true, encoding: .utf8)
    let read = try PiSDFModel(path: path)
    #expect(read.graphs[read.top] == export.graph)
    #expect(try PiSDFFlattening(read).repetitions == RepetitionVector(of: graph).cycles)
    #expect(try PiSDFFlattening(read).graph.channels.count >= graph.channels.count - 1)
  }

  private func operations(_ export: SesameExport) -> (Int, Int) -> String {
    { actor, phase in
      let list = export.application.processes[actor].operations
      return export.application.operations[list[phase % list.count]]
    }
  }
}
