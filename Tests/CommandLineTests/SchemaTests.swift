import Foundation
import TestSupport
import Testing

/// What commands print and write satisfies the schemas that ship.
@Suite("JSON Schemas")
struct SchemaTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
    try files.writeTimedChain()
    try files.write(
      #"{"blocks": {"conv1": "large", "fc1": "small", "relu1": "medium"}}"#, to: "some.json")
    try files.write(
      """
      {"blocks": {"b0": "slow", "b1": "slow"}, "sequence": {"slow": [["b1", 0], ["b0", 0]]}}
      """, to: "stuck.json")
    try files.write(
      """
      {"blocks": {"conv1": "large", "relu1": "large", "pool1": "small", "conv2": "large", "relu2": "small",
        "pool2": "small", "fc1": "medium"}}
      """, to: "all.json")
  }

  private static let digits = ["m.onnx", "--platform", "mpsoc4", "--quiet", "--json"]
  private static let chain = [
    "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--quiet", "--json",
  ]

  /// What the schema says of each document; nil where it accepts it.
  private func verdicts(_ schema: String, _ documents: [Any]) throws -> [String?] {
    let data = try JSONSerialization.data(withJSONObject: documents)
    try data.write(to: URL(fileURLWithPath: files.folder.file("documents.json")))
    let path = "\(PythonTool.packageRoot)/Schemas/\(schema).schema.json"
    let output = try PythonTool("check_schema.py").succeed([
      path, files.folder.file("documents.json"),
    ])
    return try JSONDecoder().decode([String?].self, from: Data(output.utf8))
  }

  /// Checks that documents are accepted, and that none is without any of these keys or with a key more.
  private func expect(_ schema: String, _ documents: [[String: Any]], _ keys: [String]) throws {
    #expect(documents.allSatisfy { !$0.isEmpty })
    #expect(try verdicts(schema, documents) == documents.map { _ in nil })
    let broken = documents.flatMap { document in
      keys.map { key in document.filter { $0.key != key } }
        + [document.merging(["surprise": 1]) { $1 }]
    }
    #expect(try verdicts(schema, broken).allSatisfy { $0 != nil })
  }

  private func outputs(_ commands: [[String]]) throws -> [[String: Any]] {
    try commands.map { try files.run($0).json }
  }

  @Test func inspect() throws {
    let documents = try outputs([
      ["inspect"] + Self.digits, ["inspect", "m.onnx", "--json"],
      ["inspect", "m.onnx", "--json", "--view", "neuron"],
      ["inspect", "m.onnx", "--json", "--view", "layer"],
      ["inspect"] + Self.digits + ["--mapping", "all.json"],
    ])
    try expect("inspect", documents, ["layers", "nodes", "edges", "macs", "outputs", "warnings"])
  }

  @Test func partition() throws {
    let documents = try outputs([
      ["partition"] + Self.digits, ["partition", "m.onnx", "--json"],
      ["partition"] + Self.digits + ["--partitions", "14"],
      ["partition"] + Self.digits + ["--split", "conv2=2:lines"],
    ])
    try expect("partition", documents, ["partitions", "processors", "memory_bytes", "stop_reason"])
  }

  @Test func analyze() throws {
    let documents = try outputs(
      [
        ["--throughput"], ["--periodic"], ["--bottleneck"], ["--latency"], ["--buffers"], ["--sps"],
        ["--schedule"], ["--all"], ["--sps", "--frequency", "1000"], ["--throughput", "--sps"],
      ].flatMap {
        [["analyze", "chain.xml", "--json"] + $0, ["analyze", "m.onnx", "--json"] + $0]
      })
    try expect("analyze", documents, [])
    let times = try String(contentsOfFile: files.folder.file("chain.xml"), encoding: .utf8)
      .replacingOccurrences(of: "executionTime time='", with: "executionTime time='0.")
    try files.write(times, to: "decimal.xml")
    let decimal = try outputs([["analyze", "decimal.xml", "--all", "--schedule", "--json"]])
    try expect("analyze", decimal, [])
  }

  @Test func simulate() throws {
    let documents = try outputs([
      ["simulate"] + Self.digits, ["simulate"] + Self.chain,
      ["simulate"] + Self.digits + ["--mapping", "some.json", "--granularity", "line"],
      ["simulate"] + Self.digits + ["--require", "latency<=1ns"],
      ["simulate"] + Self.chain + ["--mapping", "stuck.json"],
    ])
    try expect("simulate", documents, ["load", "bound_by", "violations", "mapping", "exact"])
  }

  @Test func report() throws {
    let mappings = ["--mapping", "some.json", "--mapping", "all.json"]
    let explored = try files.run(
      ["explore"] + Self.chain + ["--method", "exhaustive", "--output", "run"])
    #expect(explored.status == 0, "\(explored.errors)")
    let documents = try outputs([
      ["report"] + Self.digits + mappings + ["--output", "a.html"],
      ["report"] + Self.digits + mappings + ["--output", "b.html", "--require", "latency<=1ns"],
      ["report", "run", "--quiet", "--json"],
    ])
    try expect("report", documents, ["objectives", "points", "report"])
  }

  @Test func `explore and the files of a run`() throws {
    let documents = try outputs([
      ["explore"] + Self.digits + ["--evaluations", "120", "--output", "run"],
      ["explore"] + Self.chain + ["--method", "exhaustive", "--output", "run2"],
      ["explore"] + Self.chain + ["--require", "latency<=1ns", "--output", "run3"],
      ["explore"] + Self.chain + ["--evaluations", "20", "--beside", "run2", "--output", "run5"],
    ])
    let keys = ["front", "evaluations", "seconds", "hypervolume", "reference_point"]
    try expect("explore", documents, keys)
    try expect("pareto", try ["run", "run2"].map { try files.json("\($0)/pareto.json") }, keys)
    let mappings = try ["run", "run2"].map { try files.json("\($0)/points/001/mapping.json") }
    try expect("mapping", mappings, [])
    _ = try files.run(["flow"] + Self.digits + ["--partitions", "0,14", "--output", "run4"])
    let records = try ["run", "run2", "run4"].map { try files.json("\($0)/run.json") }
    try expect("run", records, ["command", "version"])
  }
}
