import Foundation
import TestSupport
import Testing

@Suite("outrigger simulate")
struct SimulateCommandTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
  }

  private static let digits = ["simulate", "m.onnx", "--platform", "mpsoc4", "--json", "--quiet"]

  @Test func `the result has the keys that scripts use`() throws {
    let found = try files.run(Self.digits)
    #expect(found.status == 0, "\(found.errors)")
    for key in [
      "period_s", "latency_s", "energy_j", "power_w", "peak_power_w", "cost", "memory_bytes",
      "memories", "load", "bound_by", "exact", "feasible", "violations",
    ] {
      #expect(found.json[key] != nil, "\(key)")
    }
    #expect(found.json["feasible"] as? Bool == true)
    #expect(found.json["violations"] as? [String] == [])
    let memories = try #require(found.json["memories"] as? [String: Int])
    #expect(memories.values.reduce(0, +) == found.json["memory_bytes"] as? Int)
    let energy = try #require(found.json["energy_j"] as? Double)
    let period = try #require(found.json["period_s"] as? Double)
    let power = try #require(found.json["power_w"] as? Double)
    #expect(abs(energy / period / power - 1) < 1e-9)
    let load = try #require(found.json["load"] as? [String: Double])
    #expect(Set(load.keys) == ["small", "medium", "large", "accelerator", "bus"])
    #expect(load.values.allSatisfy { $0 >= 0 && $0 <= 1 + 1e-9 })
  }

  @Test func `a partial mapping is completed and given back`() throws {
    try files.write(
      #"{"blocks": {"conv1": "large", "fc1": "small"}, "forbid": {"conv2": ["accelerator"]}}"#,
      to: "part.json")
    let found = try files.run(Self.digits + ["--mapping", "part.json"])
    let mapping = try #require(found.json["mapping"] as? [String: Any], "\(found.errors)")
    let blocks = try #require(mapping["blocks"] as? [String: String])
    #expect(Set(blocks.keys).isSuperset(of: SampleFiles.digitBlocks))
    #expect(blocks["conv1"] == "large" && blocks["fc"] == "small")
    #expect(blocks["conv2"] != "accelerator")
    // What was given back is a mapping, and the same one.
    let data = try JSONSerialization.data(withJSONObject: mapping)
    try data.write(to: URL(fileURLWithPath: files.folder.file("whole.json")))
    let again = try files.run(Self.digits + ["--mapping", "whole.json"])
    #expect(again.output == found.output)
  }

  @Test(arguments: [
    (["--require", "throughput>=1000000"], "throughput"),
    (["--require", "latency<=1ns,cost<=100"], "latency"),
    (["--require", "memory<=1kB"], "memory"), (["--require", "peak_power<=1mW"], "peak_power"),
  ])
  func `a limit that is not met is named`(options: [String], name: String) throws {
    let found = try files.run(Self.digits + options)
    #expect(found.status == 1)
    #expect(found.json["feasible"] as? Bool == false)
    let violations = try #require(found.json["violations"] as? [String])
    #expect(violations.count == 1 && violations[0].hasPrefix(name), "\(violations)")
    let words = try files.run(
      ["simulate", "m.onnx", "--platform", "mpsoc4", "--quiet"] + options)
    #expect(words.status == 1 && words.output.contains("not feasible:\n  \(name)"))
  }

  @Test func `limits that are met change nothing`() throws {
    let found = try files.run(
      Self.digits + ["--require", "period<=1h,latency<=1h"])
    #expect(found.status != 0, "hours are no unit")
    let met = try files.run(
      Self.digits + ["--require", "period<=60s", "--require", "memory<=1GB,cost<=13"])
    #expect(met.status == 0)
    #expect(try met.output == files.run(Self.digits).output)
  }

  @Test func `a memory that is too small is named`() throws {
    try files.writeTrio(memory: "10 kB")
    let found = try files.run("simulate", "m.onnx", "--platform", "trio.yaml", "--json", "--quiet")
    #expect(found.status == 1)
    let violations = try #require(found.json["violations"] as? [String], "\(found.errors)")
    #expect(violations.contains { $0.hasPrefix("memory M:") && $0.contains("10 kB") })
  }

  @Test(arguments: [["simulate"], ["explore", "--output", "run"]])
  func `a block that no element supports is named with the platform`(command: [String]) throws {
    try files.writeTrio(operators: "conv")
    let found = try files.run(command + ["m.onnx", "--platform", "trio.yaml", "--quiet"])
    #expect(found.status != 0 && found.output.isEmpty)
    #expect(found.errors.hasPrefix("Error: block relu1"), "\(found.errors)")
    #expect(found.errors.contains("no element of trio supports relu"), "\(found.errors)")
    #expect(!files.exists("run") && !files.exists("run.checkpoint"))
  }

  @Test func `a deadlock is named with the blocks and channels that wait`() throws {
    try files.writeTrio()
    try files.writeChain(3)
    try files.write(
      """
      {"blocks": {"b0": "slow", "b1": "slow", "b2": "middle"},
       "sequence": {"slow": [["b1", 0], ["b0", 0]]}}
      """, to: "stuck.json")
    let command = ["simulate", "chain.xml", "--platform", "trio.yaml", "--mapping", "stuck.json"]
    let found = try files.run(command + ["--json"])
    #expect(found.status == 1, "\(found.errors)")
    #expect(found.json["exact"] as? Bool == false && found.json["feasible"] as? Bool == false)
    #expect(found.json["period_s"] == nil && found.json["latency_s"] == nil)
    #expect(found.json["bound_by"] as? String == "deadlock")
    let waiting = try #require(found.json["deadlock"] as? [[String: Any]])
    #expect(waiting.map { $0["block"] as? String } == ["b0", "b1", "b2"])
    // What waits for its turn in a sequence has no channel to wait for.
    #expect(waiting.map { $0["channels"] as? [String] } == [[], ["c1"], ["c2"]])
    let words = try files.run(command)
    #expect(words.status == 1 && !words.output.contains("exact"), "\(words.output)")
    #expect(words.output.contains("deadlock: nothing can go on"))
    #expect(
      words.output.contains("deadlock: b0 waits for its turn; b1 waits for c1; b2 waits for c2"))
  }

  @Test(arguments: [["simulate", "--json"], ["explore", "--json", "--output", "run"]])
  func `a graph that takes no time has an exact period of 0`(command: [String]) throws {
    try files.writeTrio()
    try files.writeChain(3)
    let text = try files.text("chain.xml").replacing(/time='[0-9]+'/, with: "time='0'")
    try files.write(text, to: "chain.xml")
    let found = try files.run(command + ["chain.xml", "--platform", "trio.yaml", "--quiet"])
    #expect(found.status == 0, "\(found.errors)")
    let points = found.json["front"] as? [[String: Any]] ?? [found.json]
    for point in points {
      #expect(point["period_s"] as? Double == 0 && point["latency_s"] as? Double == 0)
      #expect(point["exact"] as? Bool == true)
    }
  }

  @Test(arguments: ["simulate", "explore"])
  func `contradictory pins are an error`(command: String) throws {
    try files.write(
      #"{"blocks": {"conv1": "large"}, "forbid": {"conv1": ["large"]}}"#, to: "p.json")
    let found = try files.run(command, "m.onnx", "--platform", "mpsoc4", "--mapping", "p.json")
    #expect(found.status != 0 && found.output.isEmpty)
    #expect(found.errors.contains("p.json: forbid: conv1 may run on no element of MPSoC4"))
  }

  @Test func `a dataflow graph takes the times of the table`() throws {
    try files.writeTimedChain()
    try files.write(#"{"blocks": {"b0": "fast", "b1": "slow", "b2": "middle"}}"#, to: "p.json")
    let found = try files.run(
      "simulate", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--mapping",
      "p.json", "--json")
    #expect(found.status == 0, "\(found.errors)")
    // 3 ms on fast, 4 · 5 ms on slow, 2 · 7 ms on middle; joules 18, 5 and 17.5.
    #expect(found.json["period_s"] as? Double == 0.02)
    #expect(found.json["latency_s"] as? Double == 0.037)
    #expect(found.json["dynamic_energy_j"] as? Double == 40.5)
    #expect(found.json["bound_by"] as? String == "element slow")
    // Without a table an actor takes its own times everywhere.
    let own = try files.run(
      "simulate", "chain.xml", "--platform", "trio.yaml", "--mapping", "p.json", "--json")
    #expect(own.json["period_s"] as? Double == 0.003)
    #expect(own.json["latency_s"] as? Double == 0.006)
  }

  @Test(arguments: [
    (["--inferences", "0"], "--inferences: expected 1 to 1000000, found 0"),
    (["--buffers", "many"], "--buffers: expected periodic or a number of inferences"),
    (["--require", "speed>=1"], "requirement \"speed>=1\": expected one of period"),
    (["--require", "latency<=5W"], "requirement \"latency<=5W\""),
    (["--mapping", "none.json"], "none.json"), (["--mapping", "bad.json"], "blocks.conv1"),
    (["--mapping", "name.json"], "name.json: blocks: expected the name of a block"),
    (["--granularity", "pixel"], "granularity"), (["--platform", "nowhere"], "nowhere"),
  ])
  func `bad options give one clear line`(options: [String], mention: String) throws {
    try files.write(#"{"blocks": {"conv1": "gpu"}}"#, to: "bad.json")
    try files.write(#"{"blocks": {"conv9": "large"}}"#, to: "name.json")
    var arguments = ["simulate", "m.onnx"]
    if !options.contains("--platform") { arguments += ["--platform", "mpsoc4"] }
    let found = try files.run(arguments + options)
    #expect(found.status != 0 && found.output.isEmpty)
    let lines = found.errors.split(separator: "\n").filter { !$0.hasPrefix("warning: ") }
    #expect(lines.first?.hasPrefix("Error: ") == true, "\(found.errors)")
    #expect(found.errors.contains(mention), "\(found.errors)")
  }
}
