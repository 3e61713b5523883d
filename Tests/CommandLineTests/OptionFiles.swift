import Foundation
import TestSupport
import Testing
import Toolflow

/// A folder in which every command can be called in every situation.
struct OptionFiles {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try TextModel.write(Self.network, to: files.folder.file("m.onnx"))
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
      <node id="b" kind="actor"><port kind="input" name="i" expr="1"/>
      <port kind="output" name="o" expr="1"/></node>
      <node id="c" kind="actor"><port kind="input" name="i" expr="1"/>
      <port kind="output" name="o" expr="1"/></node>
      <node id="d" kind="actor"><port kind="input" name="i" expr="2"/></node>
      <edge kind="fifo" source="a" sourceport="o" target="b" targetport="i"/>
      <edge kind="fifo" source="b" sourceport="o" target="c" targetport="i"/>
      <edge kind="fifo" source="c" sourceport="o" target="d" targetport="i"/></graph></graphml>
      """, to: "pair.pi")
    try files.write("{}", to: "empty.json")
    let run = try files.run(
      "explore", "chain.xml", "--platform", "trio.yaml", "--evaluations", "5", "--output", "run",
      "--quiet")
    try #require(run.status == 0, "\(run.errors)")
  }

  /// A network whose blocks are fewer than its operators, as a normalisation becomes part of a convolution.
  private static let network =
    TextModel.input("x", "1×1×12×12") + TextModel.weights("w1", [8, 1, 3, 3])
    + TextModel.weights("w2", [8, 8, 3, 3]) + TextModel.weights("w3", [288, 10])
    + ["s", "b", "m", "v"].map { TextModel.weights($0, [8]) }.joined()
    + TextModel.node("Conv", ["x", "w1"], ["c1"], TextModel.ints("pads", [1, 1, 1, 1]))
    + TextModel.node("BatchNormalization", ["c1", "s", "b", "m", "v"], ["n1"])
    + TextModel.node("Relu", ["n1"], ["r1"])
    + TextModel.node(
      "MaxPool", ["r1"], ["p1"],
      TextModel.ints("kernel_shape", [2, 2]) + TextModel.ints("strides", [2, 2]))
    + TextModel.node("Conv", ["p1", "w2"], ["c2"], TextModel.ints("pads", [1, 1, 1, 1]))
    + TextModel.node("Relu", ["c2"], ["r2"]) + TextModel.node("Flatten", ["r2"], ["f"])
    + TextModel.node("MatMul", ["f", "w3"], ["y"]) + TextModel.value("output", "y", "1×10")

  /// What a run gave: its end, and everything that it wrote but the time it took.
  struct Result: Equatable {
    var status: Int32
    var errors: String
    var written: String
  }

  func run(
    _ arguments: [String], keeping isKept: Bool = false, writing output: String
  ) throws -> Result {
    let run = try files.run(arguments)
    defer {
      if !isKept { try? FileManager.default.removeItem(atPath: files.folder.file(output)) }
    }
    return Result(
      status: run.status, errors: run.errors, written: timeless(run.output) + contents(output))
  }

  func write(_ text: String, to name: String) throws {
    let folder = URL(fileURLWithPath: files.folder.file(name)).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try files.write(text, to: name)
  }

  func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: files.folder.file(folder))
  }

  func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: files.folder.file(name))
  }

  func exists(_ name: String) -> Bool { files.exists(name) }

  private func timeless(_ text: String) -> String {
    let told = ["seconds", "transform_s", "evaluation_s", "partitioning took", "evaluation took"]
    return text.split(separator: "\n").filter { line in !told.contains { line.contains($0) } }
      .joined(separator: "\n")
  }

  /// A file, or the names in a folder and what is in its files, but the report and what tells the command
  /// line and the time.
  private func contents(_ output: String) -> String {
    let path = files.folder.file(output)
    guard let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String],
      !names.isEmpty
    else {
      return FileManager.default.contents(atPath: path).map(text) ?? ""
    }
    let told = ["export.json", "run.json", "report.html", "logbook.csv", "partitions.csv"]
    return names.sorted().map { name in
      guard !told.contains(where: name.hasSuffix) else { return name }
      let contents = FileManager.default.contents(atPath: "\(path)/\(name)")
      return name + "\n" + (contents.map(text).map(timeless) ?? "")
    }.joined(separator: "\n")
  }

  private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
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
    let start = [job.rawValue] + (format.map { [$0.rawValue] } ?? []) + [argument]
    return [start] + options(output: output)
  }

  private var platform: [String] {
    ["--platform", subject == .network ? "core.yaml" : "trio.yaml"]
  }

  private func options(output: String) -> [[String]] {
    let result = [["--output", output]]
    switch job {
    case .flow:
      return [platform, ["--evaluations", "5"], ["--partitions", "12"], ["--json"]] + result
    case .inspect: return []
    case .partition: return [["--partitions", "12"]]
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
