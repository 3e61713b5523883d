import Foundation
import TestSupport
import Testing

@Suite("Platforms, mappings and measured times on the command line")
struct PlatformCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
  }

  @Test(
    "every platform that ships is shown and drawn",
    arguments: [
      "neuraghe-v1", "neuraghe-v2", "neuraghe-c1", "neuraghe-c2", "jetson-tx2", "odroid-xu4",
      "mpsoc4", "mpsoc4-cores",
    ])
  func inspect(name: String) throws {
    let run = try run("inspect", name, "--output", "p.svg")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("computes from"))
    let svg = try String(contentsOfFile: folder.file("p.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg") || svg.hasPrefix("<?xml"))
  }

  @Test("an exported platform costs the same", arguments: ["p.yaml", "p.json"])
  func export(file: String) throws {
    #expect(try run("export", "platform", "neuraghe-v1", "--output", file).status == 0)
    let original = try run(
      "inspect", "squeezenet", "--platform", "neuraghe-v1", "--json", "--quiet")
    let copy = try run("inspect", "squeezenet", "--platform", file, "--json", "--quiet")
    #expect(copy.status == 0, "\(copy.errors)")
    #expect(original.output == copy.output)
  }

  @Test(
    "networks without any weights are inspected, partitioned and brought through the flow",
    arguments: ["resnet18", "mobilenetv2", "yolov3tiny"])
  func withoutWeights(name: String) throws {
    #expect(try run("generate", name, "--without-weights", "--output", "m.onnx").status == 0)
    let inspect = try run("inspect", "m.onnx", "--json")
    #expect(try #require(inspect.json["macs"] as? Int) > 100_000_000)
    #expect(try #require(inspect.json["warnings"] as? [String]).count == 1)
    let partition = try run("partition", "m.onnx", "--partitions", "140", "--json")
    #expect(partition.status == 0, "\(partition.errors)")
    let flow = try run(
      "flow", "m.onnx", "--evaluations", "50", "--platform", "neuraghe-c2", "--partitions", "120")
    #expect(flow.status == 0, "\(flow.errors)")
  }

  @Test("the load of a mapping, in its keys and in words")
  func load() throws {
    #expect(try run("generate", "mnist", "--without-weights", "--output", "m.onnx").status == 0)
    try write(
      """
      {"merges": [["conv1", "relu1", "pool1"]],
       "blocks": {"conv1+relu1+pool1": "HWCE", "conv2": "HWCE", "relu2": "ARM1", "pool2": "ARM1",
                  "fc1": "ARM0"}}
      """, to: "mapping.json")
    let arguments = ["inspect", "m.onnx", "--platform", "neuraghe-v1", "--mapping", "mapping.json"]
    let found = try ProgramRun(arguments + ["--json"], in: folder)
    #expect(found.status == 0, "\(found.errors)")
    let load = try #require(found.json["load"] as? [String: Double])
    #expect(Set(load.keys).isSuperset(of: ["ARM0", "ARM1", "HWCE", "MEMtoHWCE_weights"]))
    #expect(found.json["period_s"] as? Double == load.values.max())
    let bound = try #require(found.json["bound_by"] as? String)
    #expect(load[bound] == load.values.max())
    let words = try ProgramRun(arguments, in: folder)
    #expect(words.output.contains("bound by the element \(bound)"))
    let wrong = try run("inspect", "m.onnx", "--mapping", "mapping.json")
    #expect(wrong.errors.contains("--mapping: it goes with --platform"))
  }

  @Test("a table of times is written, changed, and read back")
  func times() throws {
    let platform = ["--platform", "mpsoc4", "--quiet"]
    let export = ["export", "times", "squeezenet", "--output", "t.csv"] + platform
    #expect(try ProgramRun(export, in: folder).status == 0)
    let plain = try ProgramRun(["partition", "squeezenet", "--json"] + platform, in: folder)
    let same = try ProgramRun(
      ["partition", "squeezenet", "--times", "t.csv", "--json"] + platform, in: folder)
    #expect(same.status == 0, "\(same.errors)")
    #expect(same.json["period_s"] as? Double == plain.json["period_s"] as? Double)
    try write("block,element,seconds\nconv1,small,3600\nconv99,small,1\n", to: "slow.csv")
    let slow = try run(
      "partition", "squeezenet", "--times", "slow.csv", "--platform", "mpsoc4", "--partitions", "0",
      "--json")
    #expect(try #require(slow.json["period_s"] as? Double) >= 3600)
    #expect(slow.errors.contains("slow.csv: line 3: conv99 matches no block"))
  }

  @Test("the parts of a block that was measured share its time")
  func timesOfParts() throws {
    try write("block,element,seconds\nconv1,small,3600\n", to: "slow.csv")
    for (parts, seconds) in [(2, 1800.0), (4, 900.0)] {
      let found = try run(
        "partition", "squeezenet", "--times", "slow.csv", "--platform", "mpsoc4", "--split",
        "conv1=\(parts)", "--json")
      #expect(found.json["period_s"] as? Double == seconds, "\(found.errors)")
      #expect(found.errors.isEmpty)
    }
  }

  @Test("a width is a number format or a number of bits")
  func widths() throws {
    func seconds(_ precision: String) throws -> Double? {
      try run(
        "partition", "squeezenet", "--platform", "jetson-tx2", "--precision", precision, "--json",
        "--quiet", "--partitions", "0"
      ).json["period_s"] as? Double
    }
    #expect(try seconds("8") == seconds("int8"))
    #expect(try seconds("16") == seconds("float16"))
    #expect(try seconds("32") == seconds("float32"))
  }

  @Test("flow merges what a platform lists, a residual sum too, and names what nobody has")
  func residualPatterns() throws {
    try write(
      """
      format: outrigger-platform-1
      name: p
      memories: [{name: M, size: 1 GiB}]
      element_types:
        - {name: T, kind: accelerator, operators: [{pattern: conv+add+relu, performance: 1 Gop/s}, {pattern: "*", performance: 1 Gop/s},
           {pattern: cnov, performance: 1 Gop/s}]}
      elements: [{name: E, type: T}]
      """, to: "p.yaml")
    #expect(try run("generate", "resnet18", "--without-weights", "--output", "m.onnx").status == 0)
    let found = try run(
      "inspect", "m.onnx", "--platform", "p.yaml", "--merge", "platform", "--json")
    #expect(found.status == 0, "\(found.errors)")
    let names = try #require(found.json["blocks"] as? [[String: Any]]).compactMap {
      $0["operator"] as? String
    }
    #expect(names.filter { $0 == "Conv+Add+Relu" }.count == 8, "\(names)")
    let warnings = try #require(found.json["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("no operator of a network is called \"cnov\"") })
    let flow = try run(
      "flow", "m.onnx", "--evaluations", "50", "--platform", "p.yaml", "--merge", "platform",
      "--partitions", "0",
      "--json", "--quiet")
    #expect(flow.status == 0, "\(flow.errors)")
  }

  @Test("the patterns of a platform are merged on request")
  func patterns() throws {
    let plain = try run("inspect", "squeezenet", "--platform", "neuraghe-c2", "--json", "--quiet")
    let merged = try run(
      "inspect", "squeezenet", "--platform", "neuraghe-c2", "--merge", "platform", "--json",
      "--quiet")
    let before = try #require(plain.json["nodes"] as? Int)
    let after = try #require(merged.json["nodes"] as? Int)
    // All 26 convolutions with their ReLU; of the poolings only the first reads a single ReLU.
    #expect(after == before - 26 - 1, "\(before) to \(after)")
  }

  @Test(
    "bad platforms and mappings give one line",
    arguments: [
      ("p.yaml", "format: [", ["inspect", "p.yaml"], "p.yaml: line"),
      ("p.yaml", "a: 1", ["inspect", "p.yaml"], "the key \"format\" is missing"),
      (
        "m.json", "{}", ["inspect", "squeezenet", "--platform", "mpsoc4", "--mapping", "m.json"],
        "blocks"
      ),
      (
        "t.csv", "a,b", ["inspect", "squeezenet", "--platform", "mpsoc4", "--times", "t.csv"],
        "column 1"
      ),
      (
        "t.csv", "", ["inspect", "squeezenet", "--platform", "mpsoc4", "--times", "none.csv"],
        "none.csv"
      ),
      (
        "t.csv", "", ["inspect", "squeezenet", "--times", "t.csv"],
        "--times: it goes with --platform"
      ),
      ("t.csv", "", ["export", "times", "squeezenet"], "--platform"),
      ("t.csv", "", ["partition", "squeezenet", "--merge", "platform"], "--merge: platform needs"),
    ])
  func badInput(file: String, text: String, arguments: [String], mention: String) throws {
    try write(text, to: file)
    let found = try ProgramRun(arguments, in: folder)
    #expect(found.status != 0)
    #expect(found.output.isEmpty)
    let lines = found.errors.split(separator: "\n").filter { !$0.hasPrefix("warning: ") }
    #expect(lines.first?.hasPrefix("Error: ") == true, "\(found.errors)")
    #expect(found.errors.contains(mention), "\(found.errors)")
  }
}
