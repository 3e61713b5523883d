import Foundation
import TestSupport
import Testing

@Suite("outrigger explore")
struct ExploreCommandTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
    try files.writeTimedChain()
  }

  private static func digits(_ evaluations: Int = 250) -> [String] {
    [
      "explore", "m.onnx", "--platform", "mpsoc4", "--evaluations", "\(evaluations)", "--json",
      "--quiet",
    ]
  }

  private static let chain = [
    "explore", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--json", "--quiet",
  ]

  private func front(_ found: ProgramRun) throws -> [[String: Any]] {
    try #require(found.json["front"] as? [[String: Any]], "\(found.errors)")
  }

  private func blocks(_ point: [String: Any]) throws -> [String: String] {
    let mapping = try #require(point["mapping"] as? [String: Any])
    return try #require(mapping["blocks"] as? [String: String])
  }

  /// A result without what the clock says.
  private func timeless(_ text: String) -> String {
    text.split(separator: "\n").filter { !$0.contains("\"seconds\"") }.joined(separator: "\n")
  }

  @Test func `the result has the keys that scripts use, and the run directory its files`() throws {
    let found = try files.run(Self.digits() + ["--output", "run"])
    #expect(found.status == 0, "\(found.errors)")
    for key in ["front", "evaluations", "seconds", "hypervolume", "reference_point"] {
      #expect(found.json[key] != nil, "\(key)")
    }
    let front = try front(found)
    for key in [
      "period_s", "latency_s", "energy_j", "power_w", "memory_bytes", "cost", "exact", "mapping",
    ] {
      #expect(front.allSatisfy { $0[key] != nil }, "\(key)")
    }
    #expect(try #require(found.json["evaluations"] as? Int) <= 250)
    // None beats another.
    let values = front.compactMap { point -> (Double, Double)? in
      guard let period = point["period_s"] as? Double, let energy = point["energy_j"] as? Double
      else { return nil }
      return (period, energy)
    }
    #expect(values.count == front.count && front.count > 2)
    for (one, other) in zip(values, values.dropFirst()) {
      #expect(one.0 < other.0 && one.1 > other.1)
    }
    for name in [
      "run.json", "pareto.json", "pareto.csv", "logbook.csv", "network.json", "graph.csdf.xml",
      "report.html", "points/001/mapping.json", "points/001/schedule.csv",
    ] {
      #expect(files.exists("run/\(name)"), "\(name)")
    }
    #expect(try files.text("run/pareto.json") == found.output)
    #expect(try files.names().filter { $0.hasPrefix("run") } == ["run"])
  }

  @Test func `a point's mapping simulates to its numbers`() throws {
    let found = try files.run(Self.digits(150) + ["--output", "run"])
    let front = try front(found)
    for index in [0, front.count - 1] {
      let number = String(1001 + index).dropFirst()
      let again = try files.run(
        "simulate", "m.onnx", "--platform", "mpsoc4", "--json", "--quiet", "--mapping",
        "run/points/\(number)/mapping.json")
      for key in ["period_s", "latency_s", "energy_j", "cost"] {
        #expect(again.json[key] as? Double == front[index][key] as? Double, "\(key)")
      }
    }
  }

  @Test(arguments: ["nsga2", "random"])
  func `pins and what is forbidden hold in every point`(method: String) throws {
    try files.write(
      """
      {"blocks": {"conv1": "medium", "fc1": "large"},
       "forbid": {"conv2": ["accelerator", "large"], "pool1": ["small"]}}
      """, to: "pins.json")
    let found = try files.run(
      Self.digits() + ["--mapping", "pins.json", "--method", method, "--output", "run"])
    #expect(found.status == 0, "\(found.errors)")
    for point in try front(found) {
      let blocks = try blocks(point)
      #expect(Set(blocks.keys).isSuperset(of: SampleFiles.digitBlocks))
      #expect(blocks["conv1"] == "medium" && blocks["fc"] == "large")
      #expect(["small", "medium"].contains(blocks["conv2"]) && blocks["pool1"] != "small")
    }
  }

  @Test func `limits hold in every point`() throws {
    let found = try files.run(Self.digits() + ["--require", "cost<=7", "--output", "run"])
    let front = try front(found)
    #expect(!front.isEmpty)
    #expect(front.allSatisfy { ($0["cost"] as? Double ?? 99) <= 7 })
  }

  @Test(arguments: [true, false])
  func `limits that nothing meets are named, and nothing is written`(isJSON: Bool) throws {
    let before = try files.names()
    let found = try files.run(
      Self.digits(150).filter { isJSON || $0 != "--json" }
        + ["--require", "throughput>=1e9", "--output", "run"])
    #expect(found.status == 1)
    #expect(found.output.contains("throughput ≥ 1"), "\(found.output)")
    #expect(try files.names() == before)
    if isJSON {
      #expect(found.json["feasible"] as? Bool == false)
      #expect(try front(found).isEmpty)
    }
  }

  @Test func `a memory that is too small is named, and nothing is written`() throws {
    try files.writeTrio(memory: "10 kB")
    let before = try files.names()
    let found = try files.run(
      "explore", "m.onnx", "--platform", "trio.yaml", "--evaluations", "150", "--quiet",
      "--output", "run")
    #expect(found.status == 1)
    #expect(found.output.contains("memory M:") && found.output.contains("do not fit into"))
    #expect(try files.names() == before)
  }

  @Test func `exploring AlexNet in blocks takes little memory and writes little`() throws {
    _ = try files.run("generate", "alexnet", "--without-weights", "--output", "a.onnx", "--quiet")
    try files.write(#"{"splits": {"conv2": 8, "conv3": 8, "conv4": 8, "conv5": 8}}"#, to: "s.json")
    let evaluations = 300
    let running = try RunningProgram(
      [
        "explore", "a.onnx", "--platform", "odroid-xu4", "--mapping", "s.json", "--evaluations",
        "\(evaluations)", "--objectives", "period,latency,energy", "--output", "run", "--quiet",
      ], in: files.folder)
    let peak = running.peak(of: files.folder.file("run.checkpoint"))
    #expect(peak.status == 0)
    #expect(peak.memory > 0 && peak.memory < 200_000_000, "\(peak.memory) bytes of memory")
    // The search itself leaves bytes for each mapping, the run directory for each point.
    #expect(peak.file > 0 && peak.file / evaluations * 20_000 < 8_000_000, "\(peak.file) bytes")
    let points = try FileManager.default.contentsOfDirectory(
      atPath: files.folder.file("run/points"))
    var written = 0
    let paths = FileManager.default.enumerator(atPath: files.folder.file("run"))
    while let path = paths?.nextObject() as? String {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: files.folder.file("run/\(path)"))
      if attributes[.type] as? FileAttributeType == .typeRegular {
        written += attributes[.size] as? Int ?? 0
      }
    }
    #expect(points.count > 2 && written > 0 && written < 12_000_000, "\(written) bytes")
  }

  @Test(arguments: ["nsga2", "random"])
  func `the number of threads changes nothing`(method: String) throws {
    for jobs in ["1", "2"] {
      let found = try files.run(
        Self.digits() + ["--method", method, "--seed", "7", "--jobs", jobs, "--output", jobs])
      #expect(found.status == 0, "\(found.errors)")
    }
    #expect(try timeless(files.text("1/pareto.json")) == timeless(files.text("2/pareto.json")))
    #expect(try files.text("1/pareto.csv") == files.text("2/pareto.csv"))
  }

  @Test func `the exhaustive front is that of all mappings`() throws {
    var all: [(period: Double, energy: Double)] = []
    let elements = ["slow", "middle", "fast"]
    // The last block does not run on the fast element.
    for choice in 0..<18 {
      let names = [choice % 3, choice / 3 % 3, choice / 9].map { elements[$0] }
      try files.write(
        #"{"blocks": {"b0": "\#(names[0])", "b1": "\#(names[1])", "b2": "\#(names[2])"}}"#,
        to: "one.json")
      let found = try files.run(
        "simulate", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--mapping",
        "one.json", "--json", "--quiet")
      all.append(
        (
          try #require(found.json["period_s"] as? Double),
          try #require(found.json["energy_j"] as? Double)
        ))
    }
    let best = all.filter { one in
      !all.contains {
        $0.period <= one.period && $0.energy <= one.energy
          && ($0.period < one.period || $0.energy < one.energy)
      }
    }
    let found = try files.run(Self.chain + ["--method", "exhaustive", "--output", "run"])
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.json["evaluations"] as? Int == 18)
    let front = try front(found)
    #expect(
      Set(front.map { "\($0["period_s"] ?? "") \($0["energy_j"] ?? "")" })
        == Set(best.map { "\($0.period) \($0.energy)" }))
    // A search with room for all of them finds the same.
    let searched = try files.run(Self.chain + ["--evaluations", "100", "--output", "run2"])
    #expect(try NSArray(array: self.front(searched)) == NSArray(array: front))
  }

  @Test func `a run directory is replaced on request only, and a foreign folder never`() throws {
    let arguments = Self.chain + ["--evaluations", "20", "--output", "run"]
    #expect(try files.run(arguments).status == 0)
    let again = try files.run(arguments)
    #expect(again.status != 0)
    #expect(again.errors.contains("run exists; --force replaces it"))
    #expect(try files.run(arguments + ["--force"]).status == 0)
    try FileManager.default.createDirectory(
      atPath: files.folder.file("mine"), withIntermediateDirectories: true)
    try files.write("mine", to: "mine/notes.txt")
    let foreign = try files.run(
      Self.chain + ["--evaluations", "20", "--output", "mine", "--force"])
    #expect(try foreign.status != 0 && files.text("mine/notes.txt") == "mine")
  }

  @Test(arguments: [
    (["--objectives", "speed"], "--objectives: expected some of period, latency"),
    (["--objectives", "period,period"], "--objectives: expected one to four different"),
    (
      ["--objectives", "period,latency,energy,power,memory"],
      "--objectives: expected one to four"
    ), (["--method", "magic"], "method"), (["--jobs", "0"], "--jobs: expected 1 to 1024, found 0"),
    (["--evaluations", "0"], "--evaluations: expected 1 or more, found 0"),
    (["--evaluations", "-5"], "--evaluations: expected 1 or more, found -5"),
    (["--time-limit", "-1"], "'-1' is invalid for '--time-limit"),
    (["--inferences", "0"], "--inferences"),
    (["--population", "0"], "population"), (["--resume"], "there is no checkpoint run.checkpoint"),
    (["--resume", "--method", "exhaustive"], "--resume: an exhaustive search has no checkpoints"),
    (["--mapping", "none.json"], "none.json"), (["--require", "x"], "requirement \"x\""),
    (["--seed", "-1"], "seed"),
  ])
  func `bad options give one clear line and leave nothing`(
    options: [String], mention: String
  ) throws {
    let before = try files.names()
    let found = try files.run(
      ["explore", "chain.xml", "--platform", "trio.yaml", "--output", "run"] + options)
    #expect(found.status != 0 && found.output.isEmpty)
    let lines = found.errors.split(separator: "\n").filter { !$0.hasPrefix("warning: ") }
    #expect(lines.first?.hasPrefix("Error: ") == true, "\(found.errors)")
    #expect(found.errors.contains(mention), "\(found.errors)")
    #expect(try files.names() == before)
  }
}
