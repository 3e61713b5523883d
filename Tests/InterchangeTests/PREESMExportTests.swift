import Dataflow
import DataflowConversion
import Documents
import Foundation
import Interchange
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PiSDF
import TestSupport
import Testing

@Suite("PREESM projects")
struct PREESMExportTests {
  private func write(_ export: PREESMExport) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for file in try export.files() {
      let path = folder.file(file.path)
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try file.text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    return folder
  }

  private func tree(_ folder: TemporaryFolder, _ path: String) throws -> XMLTree {
    try XMLTree.parse(Data(contentsOf: URL(fileURLWithPath: folder.file(path))), file: path)
  }

  private func child(_ tree: XMLTree, _ path: String...) throws -> XMLTree {
    try path.reduce(tree) { tree, name in try #require(tree.children(named: name).first, "\(name)")
    }
  }

  @Test(
    "the graph comes back equal, with the turns of the CSDF graph as its firings",
    arguments: [SampleGraphs.blur, SampleGraphs.multiRate, SampleGraphs.awkwardNames])
  func graph(_ make: @Sendable () throws -> CSDFGraph) throws {
    let graph = try make()
    let export = try PREESMExport(graph)
    let folder = try write(export)
    let read = try PiSDFModel(path: folder.file("Algo/\(export.graph.name).pi"))
    #expect(read.graphs[read.top] == export.graph)
    let flat = try PiSDFFlattening(read)
    #expect(flat.repetitions == (try RepetitionVector(of: graph)).cycles)
  }

  @Test("networks come back equal, in both modes", arguments: [Granularity.tensor, .line])
  func network(_ granularity: Granularity) throws {
    let blocks = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.mnist.model(seed: 1)), name: "mnist")
    let graph = try CSDFGraph(
      blocks, ticks: blocks.blocks.indices.map { Int64($0) }, granularity: granularity)
    let export = try PREESMExport(graph, tokenType: .float)
    let folder = try write(export)
    let read = try PiSDFModel(path: folder.file("Algo/mnist.pi"))
    #expect(read.graphs[read.top] == export.graph)
    #expect(try PiSDFFlattening(read).repetitions == RepetitionVector(of: graph).cycles)
    // A turn of a block is the whole tensor, in either mode.
    #expect(try PiSDFFlattening(read).graph.channels.allSatisfy { $0.production == $0.consumption })
  }

  @Test("phases that wait for each other one by one are refused")
  func alternation() throws {
    let graph = try CSDFGraph(
      name: "ping pong",
      actors: [SampleGraphs.actor("a", [1, 1]), SampleGraphs.actor("b", [1, 1])],
      channels: [
        SampleGraphs.channel("ab", 0, [1, 1], 1, [1, 1]),
        SampleGraphs.channel("ba", 1, [1, 1], 0, [1, 1], tokens: 1),
      ])
    let error = #expect(throws: InterchangeError.self) { try PREESMExport(graph) }
    #expect(error?.message.contains("\"a\", \"b\" can only take turns phase by phase") == true)
  }

  @Test("the scenario lists each element with the actors it may run, and each time")
  func scenario() throws {
    let graph = try SampleGraphs.blur()
    let problem = try SampleProblem.problem(graph, free: [2])
    let folder = try write(try PREESMExport(problem))
    let scenario = try tree(folder, "Scenarios/blur.scenario")
    let groups = try child(scenario, "constraints").children(named: "constraintGroup").map {
      group in
      (
        operators: group.children(named: "operator").compactMap { $0.attributes["name"] },
        tasks: group.children(named: "task").compactMap { $0.attributes["name"] }
      )
    }
    #expect(groups.map(\.operators) == [["cpu_0"], ["cpu_1"], ["DSP_1"]])
    let all = ["blur/src", "blur/blur", "blur/snk", "blur"]
    #expect(groups.map(\.tasks) == [all, all, ["blur/src", "blur/snk", "blur"]])
    let timings = try child(scenario, "timings").children(named: "timing").map {
      ["opname", "vertexname", "time"].map { [attributes = $0.attributes] in attributes[$0] ?? "" }
    }
    // A turn of the blur has eight phases of ten ticks; what takes no time takes the least there is.
    #expect(
      timings == [
        ["CPU", "blur/src", "5"], ["CPU", "blur/blur", "80"], ["CPU", "blur/snk", "1"],
        ["class_2", "blur/src", "7"], ["class_2", "blur/snk", "1"],
      ])
    let files = try child(scenario, "files")
    #expect(try child(files, "algorithm").attributes["url"] == "/blur/Algo/blur.pi")
    let settings = try child(scenario, "simuParams")
    #expect(try child(settings, "mainCore").text == "cpu_0")
    #expect(try child(settings, "mainComNode").text == "DDR")
    #expect(
      try child(settings, "dataTypes", "dataType").attributes == ["name": "float", "size": "32"])
  }

  @Test("without a platform one core runs all, and a turn takes as long as all its phases")
  func graphTimes() throws {
    let export = try PREESMExport(try SampleGraphs.multiRate())
    let name = export.graph.name
    let scenario = try tree(try write(export), "Scenarios/\(name).scenario")
    let times = try child(scenario, "timings").children(named: "timing").compactMap {
      $0.attributes["time"]
    }
    // Of the second and third actor the lists of times are shorter than the phases.
    #expect(times == ["3", "10", "4", "7"])
    let groups = try child(scenario, "constraints").children(named: "constraintGroup")
    #expect(groups.count == 1 && groups[0].children(named: "task").count == 5)
  }

  @Test("with a placement each actor has one element")
  func placement() throws {
    let problem = try SampleProblem.problem(try SampleGraphs.blur())
    let export = try PREESMExport(problem, placement: Placement(elements: [2, 0, 0]))
    let scenario = try tree(try write(export), "Scenarios/blur.scenario")
    let tasks = try child(scenario, "constraints").children(named: "constraintGroup")
      .map { $0.children(named: "task").compactMap { $0.attributes["name"] } }
    #expect(tasks == [["blur/blur", "blur/snk", "blur"], ["blur"], ["blur/src", "blur"]])
  }

  @Test("each end of an architecture's links is an instance, and each instance has a component")
  func architecture() throws {
    let problem = try SampleProblem.problem(try SampleGraphs.blur())
    let design = try tree(try write(try PREESMExport(problem)), "Archi/blur.slam")
    let instances = try child(design, "spirit:componentInstances").children
    let names = try instances.map { try child($0, "spirit:instanceName").text }
    #expect(names == ["cpu_0", "cpu_1", "DSP_1", "DDR", "on_chip", "bus"])
    #expect(Set(try instances.map { try child($0, "spirit:hardwareId").text }).count == 6)
    let links = try child(design, "spirit:interconnections").children
    let ends = links.map {
      $0.children(named: "spirit:activeInterface").compactMap {
        $0.attributes["spirit:componentRef"]
      }
    }
    #expect(
      ends == [
        ["cpu_0", "bus"], ["bus", "DDR"], ["cpu_1", "bus"], ["DSP_1", "on_chip"],
        ["bus", "on_chip"],
      ])
    let extensions = try child(design, "spirit:vendorExtensions")
    let components = try child(extensions, "slam:componentDescriptions").children
    let described = Set(components.compactMap { $0.attributes["slam:componentRef"] })
    let used = try instances.map {
      try child($0, "spirit:componentRef").attributes["spirit:name"] ?? ""
    }
    #expect(described == Set(used))
    let bus = components.first { $0.attributes["slam:componentRef"] == "NODE_bus" }
    // Half a byte for each tick are four bits.
    #expect(bus?.attributes["slam:speed"] == "4.0")
    #expect(bus?.attributes["slam:componentType"] == "contentionComNode")
    let joined = try child(extensions, "slam:linkDescriptions").children
      .compactMap { $0.attributes["slam:referenceId"] }
    #expect(joined == (try links.map { try child($0, "spirit:name").text }))
  }
}
