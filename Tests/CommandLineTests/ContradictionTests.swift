import TestSupport
import Testing

@Suite("What cannot be, and what fits nowhere, is said in one line")
struct ContradictionTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeTimedChain()
  }

  private func run(_ command: String, _ options: String...) throws -> ProgramRun {
    try files.run(
      [command, "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--quiet"]
        + (command == "explore" ? ["--evaluations", "30"] : []) + options)
  }

  @Test(arguments: [
    (#"{"blocks": {"b0": "fast"}, "sequence": {"slow": [["b0", 0]]}}"#, "sequence.slow: b0"),
    (#"{"sequence": {"slow": [["b0", 0]], "fast": [["b0", 0]]}}"#, "sequence.slow: b0"),
    (#"{"blocks": {"b1": "fast"}, "order": {"slow": ["b1"]}}"#, "order.slow: b1"),
  ])
  func `an element's order or sequence with a block that runs elsewhere is refused`(
    mapping: String, message: String
  ) throws {
    try files.write(mapping, to: "m.json")
    let found = try run("explore", "--mapping", "m.json")
    #expect(found.status != 0 && found.errors.contains("m.json: \(message)"), "\(found.errors)")
  }

  @Test func `a sequence says where its blocks run`() throws {
    try files.write(#"{"sequence": {"slow": [["b0", 0], ["b1", 0], ["b2", 0]]}}"#, to: "m.json")
    let found = try run("explore", "--mapping", "m.json", "--json")
    let front = try #require(found.json["front"] as? [[String: Any]])
    let mapping = try #require(front.first?["mapping"] as? [String: Any])
    #expect(
      mapping["blocks"] as? [String: String] == ["b0": "slow", "b1": "slow", "b2": "slow"])
  }

  @Test(arguments: ["1e30", "9e6", "1152922"])
  func `times that do not fit 64 bits of picoseconds are refused`(seconds: String) throws {
    try files.write("block,element,seconds\nb0,slow,\(seconds)\n", to: "times.csv")
    for command in ["explore", "simulate"] {
      try files.write(#"{"blocks": {"b0": "slow", "b1": "slow", "b2": "slow"}}"#, to: "m.json")
      let found = try run(command, "--mapping", "m.json")
      #expect(
        found.status != 0 && found.errors.contains("\"b0\"")
          && found.errors.contains("does not fit 64 bits"), "\(found.errors)")
    }
  }

  @Test func `lines of times that are about nothing are told`() throws {
    let lines = try files.text("times.csv")
    try files.write(lines + "nobody,slow,1\nb0,nowhere,1\n", to: "times.csv")
    let found = try files.run(
      "explore", "chain.xml", "--platform", "trio.yaml", "--times", "times.csv", "--evaluations",
      "30")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.errors.contains("nobody matches no actor of the graph"), "\(found.errors)")
    #expect(found.errors.contains("trio has no element nowhere"), "\(found.errors)")
  }

  @Test func `a block whose weights fit into no memory is named`() throws {
    try files.writeDigits()
    try files.write(
      """
      format: outrigger-platform-1
      name: tight
      memories: [{name: M, size: 1 GiB}]
      element_types:
        - {name: t, kind: processor, cost: 1, power: {active: 1 W, idle: 0 W}, access: copied,
           local_memory: 100 B, operators: [{pattern: "*", performance: 1 Gop/s}]}
      elements: [{name: e, type: t}]
      """, to: "tight.yaml")
    let found = try files.run(
      "explore", "m.onnx", "--platform", "tight.yaml", "--evaluations", "30", "--quiet")
    #expect(found.status == 1)
    let all = found.errors + found.output
    #expect(all.contains("block conv2: its weights of"), "\(all)")
  }
}
