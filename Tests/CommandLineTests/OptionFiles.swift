import Foundation
import TestSupport
import Testing

@testable import outrigger

/// A folder in which every command can be called in every situation.
struct OptionFiles {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
    try files.writeTimedChain()
    try files.write(
      """
      format: outrigger-platform-1
      name: core
      memories: [{name: M, size: 1 GiB}]
      element_types:
        - {name: small, kind: processor, cost: 1, power: {active: 1 W, idle: 0 W}, local_memory: 10 B,
           operators: [{pattern: conv, performance: 1 Gop/s}]}
        - {name: large, kind: processor, cost: 2, power: {active: 4 W, idle: 1 W}, local_memory: 10 B,
           operators: [{pattern: conv, performance: 2 Gop/s}]}
      elements: [{name: s, type: small}, {name: l, type: large}]
      """, to: "core.yaml")
    try files.write(
      """
      <graphml><graph><data key="name">pair</data><node id="n" kind="param" expr="2"/>
      <node id="a" kind="actor"><port kind="output" name="o" expr="2"/></node>
      <node id="b" kind="actor"><port kind="input" name="i" expr="1"/></node>
      <edge kind="fifo" source="a" sourceport="o" target="b" targetport="i"/></graph></graphml>
      """, to: "pair.pi")
    try files.write("{}", to: "empty.json")
    let run = try files.run(
      "explore", "chain.xml", "--platform", "trio.yaml", "--evaluations", "5", "--output", "run",
      "--quiet")
    try #require(run.status == 0, "\(run.errors)")
  }

  /// What a run gave: its end, and everything that it wrote but the time it took.
  struct Result: Equatable {
    var status: Int32
    var errors: String
    var written: String
  }

  func run(_ arguments: [String], writing output: String) throws -> Result {
    let run = try files.run(arguments)
    defer { try? FileManager.default.removeItem(atPath: files.folder.file(output)) }
    return Result(
      status: run.status, errors: run.errors, written: timeless(run.output) + contents(output))
  }

  private func timeless(_ text: String) -> String {
    text.split(separator: "\n").filter { !$0.contains("seconds") }.joined(separator: "\n")
  }

  /// A file, or the names in a folder and its numbers.
  private func contents(_ output: String) -> String {
    let path = files.folder.file(output)
    guard let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String],
      !names.isEmpty
    else {
      return FileManager.default.contents(atPath: path).map { "\($0.hashValue)" } ?? ""
    }
    return names.sorted().joined(separator: "\n")
      + ((try? files.text("\(output)/pareto.json")).map(timeless) ?? "")
      + (names.first { $0.hasSuffix("_app.yml") }.flatMap { try? files.text("\(output)/\($0)") }
        ?? "")
      + (names.first { $0.hasSuffix("_stub.cpp") || $0.hasSuffix(".cpp") }.flatMap {
        try? files.text("\(output)/\($0)")
      } ?? "")
  }
}

extension Situation {
  /// The words of the shortest command, an option and its value together.
  func base(output: String) -> [[String]] {
    let argument =
      switch subject {
      case .network: "m.onnx"
      case .graph: "chain.xml"
      case .piSDF: "pair.pi"
      case .platform: "trio.yaml"
      case .run: "run"
      case .knownNetwork: "mnist"
      }
    let start = [command.rawValue] + (format.map { [$0.rawValue] } ?? []) + [argument]
    return [start] + options(output: output)
  }

  private var platform: [String] {
    ["--platform", subject == .network ? "core.yaml" : "trio.yaml"]
  }

  private func options(output: String) -> [[String]] {
    let result = [["--output", output]]
    switch command {
    case .flow:
      return [platform, ["--evaluations", "5"], ["--partitions", "12"], ["--json"]] + result
    case .inspect, .partition: return []
    case .analyze: return [["--sps"]]
    case .simulate: return [platform]
    case .explore: return [platform, ["--evaluations", "40"], ["--json"]] + result
    case .report:
      return subject == .run
        ? result : [platform, ["--mapping", "empty.json"]] + result
    case .export where format == .perfetto || format == .times: return [platform] + result
    case .export, .generate: return result
    }
  }
}
