import Foundation
import TestSupport
import Testing

/// Figures in files, in every way of writing them, and the ticks that come out.
@Suite("Figures of files are exact")
struct ExactFigureTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    // Two actors of 3 and 5 ps; 1,000,000 bytes between them.
    try files.write(
      """
      {"name": "g", "type": "csdf", "nodes": [
        {"id": 0, "name": "a", "length": 1, "wcet": [3],
         "ports": [{"id": 0, "type": "out", "rate": [1]}]},
        {"id": 1, "name": "b", "length": 1, "wcet": [5],
         "ports": [{"id": 0, "type": "in", "rate": [1]}]}],
       "edges": [{"name": "c", "src": [0, 0], "dst": [1, 0], "initial_tokens": 0,
                  "token_size": 1000000}]}
      """, to: "g.json")
    try files.write(#"{"blocks": {"a": "e0", "b": "e1"}}"#, to: "m.json")
    try writePlatform(bandwidth: "1 TB/s", latency: "0 ps")
  }

  private func writePlatform(bandwidth: String, latency: String, ending: String = "yaml") throws {
    let lines =
      ending == "yaml"
      ? """
      format: outrigger-platform-1
      name: p
      element_types: [{name: t, kind: processor, performance: 1, access: copied}]
      memories: [{name: m, size: 1 GiB}]
      links: [{name: l, bandwidth: \(bandwidth), latency: \(latency)}]
      elements: [{name: e, type: t, count: 2, ports: {activations: l, output: l}}]

      """
      : """
      {"format": "outrigger-platform-1", "name": "p",
       "element_types": [{"name": "t", "kind": "processor", "performance": 1, "access": "copied"}],
       "memories": [{"name": "m", "size": "1 GiB"}],
       "links": [{"name": "l", "bandwidth": \(bandwidth), "latency": \(latency)}],
       "elements": [{"name": "e", "type": "t", "count": 2,
                     "ports": {"activations": "l", "output": "l"}}]}
      """
    try files.write(lines, to: "p.\(ending)")
  }

  private func latency(_ options: String..., platform: String = "p.yaml") throws -> Int? {
    let found = try files.run(
      ["simulate", "g.json", "--platform", platform, "--mapping", "m.json", "--json", "--quiet"]
        + options)
    #expect(found.status == 0, "\(found.errors)")
    return (found.json["latency_s"] as? Double).map { Int(($0 * 1e12).rounded()) }
  }

  /// A megabyte at 1 TB/s is a million ticks, and is moved twice.
  @Test(arguments: [
    ("31e-12", 31), ("0.000000000031", 31), ("3.1E-11", 31), ("31.0000000000000000000001e-12", 32),
    ("+.031e-9", 31), ("1e-9", 1000), ("0", 0), ("1e-30", 1),
  ])
  func `a measured time is what is written, rounded up once`(text: String, ticks: Int) throws {
    try files.write("block,element,seconds\na,e0,\(text)\nb,e1,5e-12\n", to: "t.csv")
    #expect(try latency("--times", "t.csv") == ticks + 2_000_000 + 5)
  }

  @Test(arguments: [
    ("1 TB/s", "1 ns", 1_001_000), ("1 TB/s", "1.0e-9", 1_001_000), ("1e12", "1e-9", 1_001_000),
    ("1.0e+12", "37 ns", 1_037_000), ("1 TB/s", "0.0000000000005 s", 1_000_001),
    ("2.01 GB/s", "0 ps", 497_512_438), ("2010 MB/s", "0 ps", 497_512_438),
    ("2010000000", "0", 497_512_438), ("2_010_000_000.0", "0", 497_512_438),
    ("2.0099999999999999999 GB/s", "0", 497_512_438), ("999999999999.5", "0", 1_000_001),
  ])
  func `links are as fast as is written`(bandwidth: String, latency: String, ticks: Int) throws {
    try writePlatform(bandwidth: bandwidth, latency: latency)
    #expect(try self.latency() == 3 + 2 * ticks + 5)
  }

  @Test(arguments: [
    ("2.01e9", "1e-9", 497_513_438), ("2010000000.0", "1.000e-9", 497_513_438),
    ("\"2.01 GB/s\"", "\"1 ns\"", 497_513_438), ("999999999999.5", "0.0", 1_000_001),
    ("1000000000000.0000000000000000001", "0.00", 1_000_000),
    ("999999999999.9999999999999999999", "0.00", 1_000_001),
  ])
  func `in JSON, too`(bandwidth: String, latency: String, ticks: Int) throws {
    try writePlatform(bandwidth: bandwidth, latency: latency, ending: "json")
    #expect(try self.latency(platform: "p.json") == 3 + 2 * ticks + 5)
  }

  @Test(arguments: [
    ("1 B/s", "0 ps", "channel c: the time of a transfer does not fit 64-bit ticks"),
    ("1 TB/s", "1e30", "latency of l in ps"), ("1e-30 B/s", "0 ps", "with at most 19 decimals"),
    ("1 TB/s", "1e-60", "a time with at most 38 decimals"),
    (
      "1.00000000000000000000000000000000000000001 GB/s", "0 ps",
      "links[0].bandwidth: expected a number of at most 38 digits"
    ),
  ])
  func `what does not fit is one clear error`(
    bandwidth: String, latency: String, message: String
  ) throws {
    try files.write(
      try files.text("g.json").replacingOccurrences(of: "1000000}", with: "10000000000000}"),
      to: "g.json")
    try writePlatform(bandwidth: bandwidth, latency: latency)
    let found = try files.run(
      "simulate", "g.json", "--platform", "p.yaml", "--mapping", "m.json", "--json", "--quiet")
    #expect(found.status != 0)
    let text = found.errors + found.output
    #expect(text.contains(message), "\(text)")
  }

  @Test func `exported times read back as the same ticks`() throws {
    try files.writeDigits()
    let platform = ["--platform", "neuraghe-c2", "--quiet"]
    #expect(
      try files.run(["export", "times", "m.onnx", "--output", "x.csv"] + platform).status == 0)
    let plain = try files.run(["partition", "m.onnx", "--json", "--partitions", "0"] + platform)
    let again = try files.run(
      ["partition", "m.onnx", "--json", "--partitions", "0", "--times", "x.csv"] + platform)
    #expect(plain.json["period_s"] as? Double == again.json["period_s"] as? Double)
    #expect(plain.json["latency_s"] as? Double == again.json["latency_s"] as? Double)
  }
}
