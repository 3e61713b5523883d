import Foundation
import TestSupport
import Testing

private typealias Text = TextModel

@Suite("What commands say where there is nothing to map, no room or no right to write")
struct EdgeCaseTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeTrio()
  }

  /// A network that passes its input on: nothing takes time.
  @Test(
    arguments: [
      (["simulate"], 0), (["partition"], 0), (["explore", "--output", "run"], 1),
      (["flow", "--output", "run"], 1),
    ] as [([String], Int32)])
  func `a network without work is simulated, and not searched`(
    arguments: [String], status: Int32
  ) throws {
    let graph =
      Text.input("x", "1×4") + Text.node("Identity", ["x"], ["y"]) + "output { name: 'y' }"
    try Text.write(graph, to: files.folder.file("identity.onnx"))
    let found = try files.run(
      [arguments[0], "identity.onnx", "--platform", "trio.yaml"] + arguments.dropFirst())
    #expect(found.status == status, "\(found.errors)")
    if status == 1 {
      #expect(
        found.errors.contains(
          "Error: no block of identity takes any time, so that there is nothing to map"))
    }
    #expect(!files.exists("run"))
  }

  private func writeTight(_ bytes: Int) throws {
    try files.write(
      """
      format: outrigger-platform-1
      name: tight
      memories: [{name: M, size: 1 GiB}]
      element_types:
        - {name: t, kind: processor, cost: 1, power: {active: 1 W, idle: 0 W}, access: copied,
           local_memory: \(bytes) B, operators: [{pattern: "*", performance: 1 Gop/s}]}
      elements: [{name: e, type: t}, {name: f, type: t}]
      """, to: "tight.yaml")
  }

  /// The dense layer of the digit network has 256 × 10 weights and 10 offsets, 10,280 bytes.
  @Test(arguments: [(10_279, true), (10_280, false), (1 << 30, false)])
  func `a block whose weights fit into no memory is named by all commands`(
    bytes: Int, isNamed: Bool
  ) throws {
    try files.writeDigits()
    try writeTight(bytes)
    for command in ["simulate", "partition"] {
      let found = try files.run(command, "m.onnx", "--platform", "tight.yaml")
      let text = found.output + found.errors
      #expect(text.contains("block fc: its weights of") == isNamed, "\(command) \(text)")
      #expect(!text.contains("block conv1: its weights"))
    }
    let run = try files.run(
      "flow", "m.onnx", "--platform", "tight.yaml", "--partitions", "0", "--evaluations", "20",
      "--output", "run")
    #expect((run.output + run.errors).contains("block fc: its weights of") == isNamed)
  }

  @Test func `no mapping of any column is exit 1, and one of some is none`() throws {
    try files.writeDigits()
    func flow(_ limit: String) throws -> ProgramRun {
      try files.run(
        "flow", "m.onnx", "--platform", "trio.yaml", "--partitions", "0,9", "--evaluations", "30",
        "--require", limit, "--output", "run", "--force")
    }
    let none = try flow("cost<=0")
    #expect(none.status == 1, "\(none.errors)")
    #expect(none.output.contains("no feasible mapping"), "\(none.output)")
    #expect(files.exists("run/report.html"))
    #expect(try flow("cost<=7").status == 0)
  }

  @Test func `flow tells of mappings above the platform's own power, column by column`() throws {
    try files.writeDigits()
    let platform = try files.text("trio.yaml")
    try files.write(
      platform.replacingOccurrences(of: "name: trio", with: "name: trio\npeak_power: 0.1 W"),
      to: "hungry.yaml")
    let found = try files.run(
      "flow", "m.onnx", "--platform", "hungry.yaml", "--partitions", "0,20", "--evaluations", "30",
      "--output", "run")
    #expect(found.status == 0, "\(found.errors)")
    let warnings = found.errors.split(separator: "\n").filter {
      $0.contains("0.1 W at most") || $0.contains("100 mW at most")
    }
    #expect(warnings.count == 2, "\(found.errors)")
    #expect(warnings.allSatisfy { $0.contains(" blocks: trio: ") }, "\(warnings)")
    #expect(try files.text("run/report.html").contains("above the platform's own"))
  }

  @Test func `a mapping of flow has its splits, so that it can be executed again`() throws {
    try files.writeDigits()
    let made = try files.run(
      "flow", "m.onnx", "--platform", "trio.yaml", "--partitions", "20", "--evaluations", "30",
      "--output", "run")
    #expect(made.status == 0, "\(made.errors)")
    let folder = try #require(
      try FileManager.default.contentsOfDirectory(atPath: files.folder.file("run"))
        .first { $0.hasPrefix("partitions-") && !$0.hasSuffix("json") && !$0.hasSuffix("csv") })
    let front = try #require(
      try files.json("run/\(folder)/mappings/pareto.json")["front"] as? [[String: Any]])
    let again = try files.run(
      "simulate", "m.onnx", "--platform", "trio.yaml", "--json", "--mapping",
      "run/\(folder)/mappings/points/001/mapping.json")
    #expect(again.status == 0, "\(again.errors)")
    let figures = try #require(
      try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
    for key in ["period_s", "energy_j", "memory_bytes", "cost"] {
      #expect(figures[key] as? Double == front[0][key] as? Double, "\(key)")
    }
  }

  @Test func `limits that lead to the same blocks have the same mappings`() throws {
    try files.writeDigits()
    let found = try files.run(
      "flow", "m.onnx", "--platform", "trio.yaml", "--partitions", "0,3,9", "--json",
      "--time-limit", "0.2s", "--output", "run")
    #expect(found.status == 0, "\(found.errors)")
    let columns = try #require(
      try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [[String: Any]])
    #expect(columns.map { $0["limit"] as? Int } == [0, 3, 9])
    let keys = ["partitions", "mapped_period_s", "mapped_energy_j", "mapping_evaluations"]
    for key in keys {
      let values = columns.map { $0[key] as? Double }
      #expect(values[0] != nil && values.allSatisfy { $0 == values[0] }, "\(key): \(values)")
    }
  }

  @Test func `a report waits for nobody who writes its folder, and changes nothing`() throws {
    try files.writeTimedChain()
    let made = try files.run(
      "explore", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--output", "run",
      "--evaluations", "30", "--quiet")
    #expect(made.status == 0, "\(made.errors)")
    let page = try files.text("run/report.html")
    let path = files.folder.file(".run.outrigger-lock")
    let lock = open(path, O_RDWR | O_CREAT, 0o666)
    try #require(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let refused = try files.run("report", "run")
    #expect(refused.status == 73)
    #expect(
      refused.errors.hasPrefix("Error: run is being written by another process"),
      "\(refused.errors)")
    #expect(try files.text("run/report.html") == page)
    unlink(path)
    close(lock)
    #expect(try files.run("report", "run", "--quiet").status == 0)
    #expect(try files.names().filter { $0.contains("lock") }.isEmpty)
  }
}
