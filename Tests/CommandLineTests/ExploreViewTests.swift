import Foundation
import TestSupport
import Testing

@Suite("What outrigger explore maps, and what it is shown beside")
struct ExploreViewTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
    try files.writeTimedChain()
  }

  private static let digits = [
    "explore", "m.onnx", "--platform", "mpsoc4-cores", "--objectives", "period,cost", "--json",
    "--quiet", "--evaluations", "60", "--population", "30", "--output", "run",
  ]

  private static let chain = [
    "explore", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--json", "--quiet",
  ]

  /// The mapping of the first point of a front, which must simulate to its period.
  private func mapping(_ found: ProgramRun, _ options: String...) throws -> [String: Any] {
    #expect(found.status == 0, "\(found.errors)")
    let front = try #require(found.json["front"] as? [[String: Any]])
    let again = try files.run(
      [
        "simulate", "m.onnx", "--platform", "mpsoc4-cores", "--mapping",
        "run/points/001/mapping.json", "--json", "--quiet",
      ] + options)
    #expect(again.json["period_s"] as? Double == front[0]["period_s"] as? Double)
    return try #require(front[0]["mapping"] as? [String: Any])
  }

  @Test func `neurons are mapped one by one, the dense layer as one`() throws {
    let mapping = try mapping(try files.run(Self.digits + ["--view", "neuron"]))
    // 8 and 16 feature maps of a convolution, a ReLU and a pooling each.
    let blocks = try #require(mapping["blocks"] as? [String: String])
    #expect(blocks.count == 3 * 8 + 3 * 16 + 1)
    let splits = mapping["splits"] as? [String: Int]
    #expect(splits == ["conv1": 8, "conv2": 16])
  }

  @Test
  func `a mapping by lines is shown with buffers of two inferences too, as simulate finds them`()
    throws
  {
    let found = try files.run(Self.digits + ["--granularity", "line"])
    let front = try #require(found.json["front"] as? [[String: Any]])
    let point = try #require(front.last?["with_two_inferences"] as? [String: Any])
    let number = String(format: "%03d", front.count)
    let again = try files.run(
      "simulate", "m.onnx", "--platform", "mpsoc4-cores", "--granularity", "line", "--buffers", "2",
      "--mapping", "run/points/\(number)/mapping.json", "--json", "--quiet")
    #expect(again.json["period_s"] as? Double == point["period_s"] as? Double)
    #expect(again.json["memory_bytes"] as? Int == point["memory_bytes"] as? Int)
    #expect(point["memory_bytes"] as? Int ?? 0 > front.last?["memory_bytes"] as? Int ?? .max)
    #expect(point["feasible"] as? Bool == true)
  }

  @Test func `operators are mapped as they are`() throws {
    let mapping = try mapping(try files.run(Self.digits + ["--view", "layer"]), "--no-fold")
    #expect(
      Set((mapping["blocks"] as? [String: String] ?? [:]).keys) == Set(SampleFiles.digitBlocks))
  }

  @Test func `as many blocks are made as partition makes, after the splits of the mapping`() throws
  {
    let found = try files.run(Self.digits + ["--partitions", "16"])
    let mapping = try mapping(found)
    let parts = try files.run(
      "partition", "m.onnx", "--platform", "mpsoc4-cores", "--partitions", "16", "--json",
      "--quiet")
    let blocks = try #require(try files.json("run/network.json")["blocks"] as? [Any])
    #expect(blocks.count == parts.json["partitions"] as? Int && blocks.count > 10)
    #expect("\(mapping["splits"] ?? "")".contains("conv2"))
    try files.write(#"{"splits": {"conv1": 2}}"#, to: "half.json")
    let split = try files.run(
      Self.digits + ["--partitions", "20", "--mapping", "half.json", "--force"])
    let names = "\(try #require(try self.mapping(split)["splits"]))"
    #expect(names.contains("conv1") && names.contains("conv2"))
  }

  @Test func `a search is shown beside an exhaustive one`() throws {
    let whole = try files.run(Self.chain + ["--method", "exhaustive", "--output", "whole"])
    #expect(whole.status == 0, "\(whole.errors)")
    let lines = try files.text("whole/evaluated.csv").split(separator: "\n")
    #expect(lines.count == 1 + 18 && lines[0] == "period_s,energy_j")
    let found = try files.run(
      Self.chain + ["--evaluations", "30", "--beside", "whole/", "--output", "run"])
    let beside = try #require(found.json["beside"] as? [[String: Any]], "\(found.errors)")
    #expect(beside.count == 1 && beside[0]["run"] as? String == "whole")
    #expect(beside[0]["share"] as? Double == 1)
    #expect(beside[0]["hypervolume"] as? Double == whole.json["hypervolume"] as? Double)
    let report = try files.text("run/report.html")
    #expect(report.contains("all of whole") && report.contains("front of whole"))
    // Its points are not all there are.
    let after = try files.run(
      Self.chain.filter { $0 != "--json" }
        + ["--method", "exhaustive", "--beside", "run", "--beside", "whole", "--output", "again"])
    #expect(after.output.contains("1 × the hypervolume of run\n"), "\(after.output)")
    let again = try files.text("again/report.html")
    #expect(again.contains("front of run") && !again.contains("all of run"))
  }

  @Test(arguments: [
    ("m.onnx", ["--partitions", "-1"], "--partitions: expected 0 or more, found -1"),
    ("m.onnx", ["--partitions", "9", "--view", "neuron"], "--partitions: the view of neurons"),
    ("m.onnx", ["--view", "cell"], "view"),
    ("m.onnx", ["--beside", "none"], "none: it is not there; --beside expects"),
    ("m.onnx", ["--beside", "other"], "other/pareto.json: objectives: expected period, energy"),
    ("m.onnx", ["--beside", "broken"], "broken/pareto.json"),
    ("m.onnx", ["--beside", "odd"], "odd/evaluated.csv: line 3: expected a number"),
    ("m.onnx", ["--beside", "short"], "short/evaluated.csv: expected a column energy_j"),
    ("chain.xml", ["--view", "neuron"], "--view: it means nothing to explore of a dataflow graph"),
    (
      "chain.xml", ["--partitions", "4"],
      "--partitions: it means nothing to explore of a dataflow graph"
    ),
  ])
  func `bad options give one clear line and leave nothing`(
    network: String, options: [String], mention: String
  ) throws {
    func pareto(_ objectives: String) -> String {
      #"{"objectives": \#(objectives), "method": "random", "stop_reason": "time", "front": []}"#
    }
    for (name, text) in [
      ("other", pareto(#"["period", "cost"]"#)), ("broken", "{"),
      ("odd", pareto(#"["period", "energy"]"#)), ("short", pareto(#"["period", "energy"]"#)),
    ] {
      try FileManager.default.createDirectory(
        atPath: files.folder.file(name), withIntermediateDirectories: true)
      try files.write(text, to: "\(name)/pareto.json")
    }
    try files.write("period_s,energy_j\n1,2\n3,x\n", to: "odd/evaluated.csv")
    try files.write("period_s\n1\n", to: "short/evaluated.csv")
    let before = try files.names()
    let found = try files.run(
      ["explore", network, "--platform", "trio.yaml", "--quiet", "--output", "run"] + options)
    #expect(found.status != 0 && found.output.isEmpty)
    #expect(found.errors.contains(mention), "\(found.errors)")
    #expect(try files.names() == before)
  }
}
