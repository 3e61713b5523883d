import Foundation
import TestSupport
import Testing

@Suite("outrigger export of mappings")
struct ExportMappedTests {
  private let files: SampleFiles

  init() throws {
    files = try SampleFiles()
    try files.writeDigits()
    try files.write(#"{"blocks": {"conv1": "accelerator", "fc1": "small"}}"#, to: "p.json")
  }

  private static let mapped = ["m.onnx", "--platform", "mpsoc4", "--mapping", "p.json", "--quiet"]

  private func below(_ folder: String) throws -> Set<String> {
    let path = files.folder.file(folder)
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return Set(names)
  }

  @Test func `sesame writes an application, an architecture and a mapping`() throws {
    let found = try files.run(["export", "sesame"] + Self.mapped + ["--output", "s", "--traces"])
    #expect(found.status == 0, "\(found.errors)")
    let names = try below("s")
    #expect(names.isSuperset(of: ["app/Makefile", "app/transfers.h", "export.json"]), "\(names)")
    for suffix in ["_app.yml", "_arch.yml", "_map.yml"] {
      #expect(names.contains { $0.hasSuffix(suffix) }, "\(suffix)")
    }
    #expect(names.count { $0.hasSuffix(".cpp") } >= SampleFiles.digitBlocks.count)
    #expect(names.contains("traces/trace0"))
    let unmapped = try files.run(
      "export", "sesame", "m.onnx", "--platform", "mpsoc4", "--output", "u", "--quiet")
    #expect(unmapped.status == 0, "\(unmapped.errors)")
    #expect(try !below("u").contains { $0.hasSuffix("_map.yml") })
  }

  @Test func `preesm writes a project`() throws {
    let found = try files.run(["export", "preesm"] + Self.mapped + ["--output", "p"])
    #expect(found.status == 0, "\(found.errors)")
    let names = try below("p")
    for (folder, suffix) in [("Algo/", ".pi"), ("Archi/", ".slam"), ("Scenarios/", ".scenario")] {
      #expect(names.contains { $0.hasPrefix(folder) && $0.hasSuffix(suffix) }, "\(names)")
    }
    // Our own reader takes the graph, with an actor for each block.
    let graph = try #require(names.first { $0.hasSuffix(".pi") })
    let analysis = try files.run("analyze", "p/\(graph)", "--throughput", "--json", "--quiet")
    #expect(analysis.status == 0, "\(analysis.errors)")
  }

  @Test func `perfetto writes the timeline of an execution`() throws {
    let found = try files.run(
      ["export", "perfetto"] + Self.mapped + ["--output", "t.json", "--inferences", "3"])
    #expect(found.status == 0, "\(found.errors)")
    let text = try files.text("t.json")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let events =
      (object as? [String: Any])?["traceEvents"] as? [[String: Any]] ?? object as? [[String: Any]]
    let names = Set(try #require(events).compactMap { $0["name"] as? String })
    #expect(names.contains { $0.contains("conv1") || $0.contains("Conv") }, "\(names)")
    #expect(text.contains("accelerator") && text.contains("bus"))
  }

  @Test func `a sesame application is read back as the graph it is of`() throws {
    let command = ["m.onnx", "--platform", "mpsoc4", "--granularity", "line", "--quiet"]
    let found = try files.run(["export", "sesame"] + command + ["--output", "s"])
    #expect(found.status == 0, "\(found.errors)")
    let application = try #require(below("s").first { $0.hasSuffix("_app.yml") })
    let asked = ["--throughput", "--json", "--quiet"]
    let original = try files.run(["analyze"] + command + asked)
    let again = try files.run(["analyze", "s/\(application)"] + asked)
    #expect(again.status == 0, "\(again.errors)")
    let periods = try [original, again].map { run -> String in
      try #require(run.json["throughput"] as? String)
    }
    #expect(periods[0] == periods[1])
    let text = try files.text("s/\(application)")
    try files.write(text.replacing("</network>", with: ""), to: "broken_app.yml")
    let broken = try files.run("analyze", "broken_app.yml", "--throughput")
    #expect(broken.status != 0 && broken.errors.contains("broken_app.yml:"), "\(broken.errors)")
  }

  @Test func `a timeline that ends in a deadlock says so`() throws {
    try files.writeTrio()
    try files.writeChain(3)
    try files.write(
      """
      {"blocks": {"b0": "slow", "b1": "slow", "b2": "middle"},
       "sequence": {"slow": [["b1", 0], ["b0", 0]]}}
      """, to: "stuck.json")
    let found = try files.run(
      "export", "perfetto", "chain.xml", "--platform", "trio.yaml", "--mapping", "stuck.json",
      "--output", "t.json")
    #expect(found.status == 0 && files.exists("t.json"))
    #expect(
      found.errors.contains("deadlock: b0 waits for its turn; b1 waits for c1"), "\(found.errors)")
  }

  @Test func `a graph file is exported too`() throws {
    try files.writeTimedChain()
    for (format, output) in [("sesame", "s"), ("preesm", "p"), ("perfetto", "t.json")] {
      let found = try files.run(
        "export", format, "chain.xml", "--platform", "trio.yaml", "--times", "times.csv",
        "--output", output)
      #expect(found.status == 0 && files.exists(output), "\(found.errors)")
    }
  }

  @Test(arguments: ["sesame", "preesm", "perfetto"])
  func `what exists is replaced on request only`(format: String) throws {
    let output = format == "perfetto" ? "t.json" : "folder"
    let arguments = ["export", format] + Self.mapped + ["--output", output]
    #expect(try files.run(arguments).status == 0)
    let again = try files.run(arguments)
    #expect(again.status != 0 && again.errors.contains("\(output) exists; --force replaces it"))
    #expect(try files.run(arguments + ["--force"]).status == 0)
    // A folder that is not ours stays.
    try FileManager.default.createDirectory(
      atPath: files.folder.file("mine"), withIntermediateDirectories: true)
    try files.write("mine", to: "mine/notes.txt")
    let foreign = try files.run(
      ["export", format] + Self.mapped + ["--output", "mine", "--force"])
    #expect(foreign.status != 0)
    #expect(try files.text("mine/notes.txt") == "mine")
  }

  @Test(arguments: [
    (["sesame", "m.onnx"], "--output: sesame needs a name"),
    (["perfetto", "m.onnx", "--output", "o"], "--platform: a timeline needs one"),
    (
      ["preesm", "m.onnx", "--mapping", "p.json", "--output", "o"],
      "--mapping: it goes with --platform"
    ),
    (["sesame", "m.onnx", "--view", "neuron", "--output", "o"], "--view"),
    (
      ["preesm", "m.onnx", "--partitions", "20", "--output", "o"],
      "--partitions: it means nothing to export preesm of a network"
    ),
    (
      ["perfetto", "m.onnx", "--platform", "mpsoc4", "--inferences", "0", "--output", "o"],
      "--inferences"
    ),
  ])
  func `bad options give one clear line and leave nothing`(
    options: [String], mention: String
  ) throws {
    let found = try files.run(["export"] + options)
    #expect(found.status != 0 && found.output.isEmpty)
    #expect(found.errors.contains("Error: ") && found.errors.contains(mention), "\(found.errors)")
    #expect(!files.exists("o"))
  }
}
