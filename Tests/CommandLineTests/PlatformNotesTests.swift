import Foundation
import TestSupport
import Testing

/// What commands say of the platform's figures beside their results.
@Suite("Widths, assumed figures and the platform's own power")
struct PlatformNotesTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
  }

  /// Writes `p.yaml`: an engine with this list of operators, and a core if there is to be one.
  private func writePlatform(
    _ engine: String, core: String? = nil, top: String = "", mark: String = ""
  ) throws {
    let cpu = core.map { "  - {name: CPU, kind: processor, operators: [\($0)]}\n" } ?? ""
    try files.write(
      """
      format: outrigger-platform-1
      name: board
      \(top)
      memories: [{name: M, size: 1 GiB}]
      links: [{name: port, bandwidth: 1 GB/s\(mark.isEmpty ? "" : ", assumed: all")}]
      element_types:
        - name: NPU
          kind: accelerator
          power: {active: 4 W, idle: 0.5 W}
          operators: [\(engine)]
          \(mark)
      \(cpu)
      elements:
        - {name: npu, type: NPU, ports: {activations: port, weights: port, output: port}}
      \(core == nil ? "" : "  - {name: cpu, type: CPU}")
      """, to: "p.yaml")
  }

  private static let any8 = #"{pattern: "*", performance: 50 Gop/s, bits: 8}"#
  private static let any16 = #"{pattern: "*", performance: 50 Gop/s, bits: 16}"#
  private static let any32 = #"{pattern: "*", performance: 50 Gop/s, bits: 32}"#
  private static let plain = #"{pattern: "*", performance: 1 Gop/s}"#
  private static let conv12 = #"{pattern: conv, performance: 9 Gop/s, bits: 12}"#
  private static let others32 = ["relu", "pool", "fc"]
    .map { "{pattern: \($0), performance: 9 Gop/s, bits: 32}" }.joined(separator: ", ")
  private static let weights4 =
    #"{pattern: "*", performance: 50 Gop/s, activation_bits: 8, weight_bits: 4}"#

  /// The engine's list, the core's, the options, and the words of each warning.
  private static let widths: [(String, String?, [String], [[String]])] = [
    (
      any8, nil, [],
      [["NPU: it lists 8 bits", "32-bit values of the file", "--precision int8 for"]]
    ),
    (any8, nil, ["--precision", "int8"], []), (any8, nil, ["--precision", "platform"], []),
    (
      any8, nil, ["--precision", "float16"],
      [["NPU: it lists 8 bits", "16-bit values of --precision float16", "--precision int8 for"]]
    ),
    (
      any16, nil, [],
      [["NPU: it lists 16 bits", "32-bit values of the file", "--precision 16 for"]]
    ),
    (
      any16, nil, ["--precision", "int8"],
      [["NPU: it lists 16 bits", "8-bit values of --precision int8", "--precision 16 for"]]
    ),
    (any32, nil, [], []), (plain, nil, [], []), (plain, nil, ["--precision", "int4"], []),
    ("\(any16), \(any32), \(any8)", nil, [], []),
    ("\(any16), \(any8)", nil, ["--precision", "16"], []),
    (any8, plain, [], [["NPU: it lists 8 bits"]]),
    (
      any8, plain, ["--precision", "platform"],
      [["CPU: it lists no width", "32 bits of the file", "--precision 32 for all"]]
    ),
    (any8, any16, ["--precision", "int8"], [["CPU: it lists 16 bits"]]),
    (
      any8, any16, [],
      [["NPU: it lists 8 bits", "int8"], ["CPU: it lists 16 bits", "--precision 16"]]
    ),
    (
      "\(conv12), \(others32)", nil, [],
      [
        [
          "NPU: it lists 12 bits for conv, so 2 blocks",
          "write --precision platform for the widths",
        ]
      ]
    ),
    (
      weights4, nil, ["--precision", "int8"],
      [["NPU: it lists 8-bit activations with 4 bits", "8-bit values of --precision int8"]]
    ),
    (weights4, nil, ["--precision", "platform"], []),
  ]

  @Test(arguments: widths)
  func `values of another width than an element lists are told, with what to write`(
    engine: String, core: String?, options: [String], expected: [[String]]
  ) throws {
    try writePlatform(engine, core: core)
    let found = try files.run(["simulate", "m.onnx", "--platform", "p.yaml", "--json"] + options)
    #expect(found.status == 0, "\(found.errors)")
    let warnings = try #require(found.json["warnings"] as? [String])
    let told = warnings.filter { $0.contains(" assumed to ") }
    #expect(told.count == expected.count, "\(told)")
    for (warning, words) in zip(told, expected) {
      for word in words { #expect(warning.contains(word), "\(warning)") }
      #expect(found.errors.contains("warning: \(warning)\n"))
    }
  }

  @Test func `a measured time needs no width`() throws {
    try writePlatform(Self.any8)
    let platform = ["--platform", "p.yaml"]
    #expect(
      try files.run(["export", "times", "m.onnx", "--output", "t.csv", "--quiet"] + platform).status
        == 0)
    let found = try files.run(
      ["inspect", "m.onnx", "--times", "t.csv", "--json"] + platform)
    let warnings = try #require(found.json["warnings"] as? [String], "\(found.errors)")
    #expect(!warnings.contains { $0.contains("bits") }, "\(warnings)")
  }

  private static let commands: [[String]] = [
    ["inspect", "m.onnx"], ["partition", "m.onnx"], ["simulate", "m.onnx"],
    ["explore", "m.onnx", "--evaluations", "30", "--output", "run"],
    ["report", "m.onnx", "--mapping", "all.json", "--output", "r.html"],
  ]

  /// What lets a command be given twice, where it writes something.
  private static func force(_ command: [String]) -> [String] {
    command.contains("--output") ? ["--force"] : []
  }

  private func writeMapping() throws {
    let blocks = SampleFiles.digitBlocks.map { "\"\($0)\": \"npu\"" }.joined(separator: ", ")
    try files.write("{\"blocks\": {\(blocks)}}", to: "all.json")
  }

  @Test(arguments: commands)
  func `every command says which widths and figures it assumed`(command: [String]) throws {
    try writeMapping()
    try writePlatform(Self.any8, mark: "assumed: [power]")
    let options = ["--platform", "p.yaml"]
    let json = try files.run(command + options + ["--json"] + Self.force(command))
    #expect(json.status == 0, "\(json.errors)")
    #expect(
      json.json["assumed_figures"] as? [String] == ["NPU: power", "port: bandwidth"], "\(command)")
    let warnings = try #require(json.json["warnings"] as? [String])
    #expect(warnings.contains { $0.hasPrefix("NPU: it lists 8 bits") })
    let force = Self.force(command)
    let words = try files.run(command + options + force)
    #expect(
      words.output.contains("\nassumed figures: NPU power; port bandwidth\n"), "\(words.output)")
    let pages = ["run/report.html", "r.html"].filter(files.exists)
    for page in pages {
      let text = try files.text(page)
      #expect(text.contains("assumed figures") && text.contains("NPU power; port bandwidth"))
      #expect(text.contains("it lists 8 bits"))
    }
  }

  @Test(arguments: commands)
  func `a platform without marks says nothing of them`(command: [String]) throws {
    try writeMapping()
    try writePlatform(Self.any32)
    let options = ["--platform", "p.yaml"]
    let json = try files.run(command + options + ["--json"])
    #expect(json.status == 0, "\(json.errors)")
    #expect(json.json["assumed_figures"] == nil)
    let force = Self.force(command)
    let words = try files.run(command + options + force)
    #expect(words.status == 0 && !words.output.contains("assumed"), "\(words.errors)")
  }

  @Test func `a platform shown says all that is assumed of it, and its document too`() throws {
    try writePlatform(Self.any8, top: "peak_power: 3 W\nassumed: all", mark: "assumed: [power]")
    let words = try files.run("inspect", "p.yaml")
    #expect(
      words.output.hasSuffix(
        "\nassumed figures: board peak_power; NPU power, operators; M size; port bandwidth\n"),
      "\(words.output)")
    let exported = try files.run("export", "platform", "p.yaml", "--output", "q.yaml")
    #expect(exported.status == 0, "\(exported.errors)")
    let again = try files.run("inspect", "q.yaml")
    #expect(again.output.split(separator: "\n").last == words.output.split(separator: "\n").last)
  }

  // The engine's idle power is drawn all the time, its active power comes on top: 4.5 W.
  @Test(arguments: ["3 W", "4.49 W"])
  func `a mapping above the platform's own power is told, and is feasible`(limit: String) throws {
    try writeMapping()
    try writePlatform(Self.any32, top: "peak_power: \(limit)\nassumed: [peak_power]")
    let options = ["--platform", "p.yaml"]
    for command in Self.commands.dropFirst(2) {
      let found = try files.run(command + options + ["--json"])
      #expect(found.status == 0, "\(found.errors)")
      let warnings = try #require(found.json["warnings"] as? [String])
      let told = warnings.filter { $0.contains("peak_power") }
      #expect(told.count == 1, "\(command) \(warnings)")
      #expect(told[0].contains("4.5 W") && told[0].contains("\(limit) at most"), "\(told)")
      #expect(told[0].contains("an assumed figure"))
      #expect(found.errors.contains("warning: \(told[0])\n"))
    }
    for page in ["run/report.html", "r.html"] {
      #expect(try files.text(page).contains("above the platform's own"))
    }
    let refused = try files.run(
      ["simulate", "m.onnx", "--require", "peak_power<=3.5W", "--quiet"] + options)
    #expect(refused.status == 1)
  }

  @Test(arguments: ["", "peak_power: 4.5 W", "peak_power: 1 kW"])
  func `a mapping within the platform's own power is told nothing`(top: String) throws {
    try writePlatform(Self.any32, top: top)
    let found = try files.run("simulate", "m.onnx", "--platform", "p.yaml", "--json")
    #expect(found.status == 0, "\(found.errors)")
    #expect(!found.errors.contains("peak_power"))
  }

  /// What TensorRT measures on a TX2 (NVIDIA, "tf_to_trt_image_classification", GitHub, 2018), in
  /// seconds: the platform was made of the figures of VGG-16 alone.
  @Test(arguments: [
    ("vgg16", "float32", 79.2e-3), ("vgg16", "float16", 38.2e-3), ("resnet50", "float32", 27.1e-3),
    ("resnet50", "float16", 15.7e-3), ("inception_v1", "float32", 12.8e-3),
    ("inception_v1", "float16", 7.98e-3),
  ])
  func `the GPU like that of a TX2 takes about what TensorRT measures`(
    network: String, precision: String, measured: Double
  ) throws {
    var network = network
    if network == "vgg16" {
      network = "vgg16.onnx"
      _ = try files.run(
        "generate", "vgg16", "--without-weights", "--output", network, "--quiet")
    }
    let found = try files.run(
      "inspect", network, "--platform", "jetson-tx2", "--precision", precision, "--json", "--quiet")
    let blocks = try #require(found.json["blocks"] as? [[String: Any]], "\(found.errors)")
    let seconds = blocks.reduce(0.0) { sum, block in
      let elements = block["elements"] as? [String: [String: Any]]
      return sum + (elements?["GPU"]?["seconds"] as? Double ?? 0)
    }
    #expect(abs(seconds / measured - 1) < 0.25, "\(seconds) s")
  }

  @Test(arguments: ["bvlc_alexnet", "resnet50", "squeezenet"])
  func `a network takes less energy on a little core than on a big one`(network: String) throws {
    let command = ["export", "times", network, "--platform", "odroid-xu4", "--output", "t.csv"]
    #expect(try files.run(command + ["--quiet"]).status == 0)
    var joules: [Substring: Double] = [:]
    for line in try files.text("t.csv").split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      joules[fields[fields.count - 3], default: 0] += Double(fields[fields.count - 1]) ?? 0
    }
    let (little, big) = (try #require(joules["A7"]), try #require(joules["A15"]))
    #expect(little < big, "\(little) J and \(big) J")
  }
}
