import Foundation
import TestSupport
import Testing

@Suite("The views of a network on the command line")
struct NetworkViewTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try ProgramRun(arguments, in: folder)
  }

  @Test("inspect counts neurons and lists them operator by operator")
  func inspect() throws {
    let json = try run("inspect", "bvlc_alexnet", "--view", "neuron", "--json").json
    #expect(json["nodes"] as? Int == 3722)
    #expect(json["edges"] as? Int == 237_754)
    let blocks = try #require(json["blocks"] as? [[String: Any]])
    let first = try #require(blocks.first { $0["operator"] as? String == "Conv" })
    #expect(first["neurons"] as? Int == 96)
    #expect(first["edges"] as? Int == 288)
    let text = try run("inspect", "bvlc_alexnet", "--view", "neuron").output
    #expect(text.contains("3722 nodes and 237754 edges"))
    let blockView = try run("inspect", "bvlc_alexnet", "--json").json
    #expect((blockView["blocks"] as? [[String: Any]])?.first?["neurons"] == nil)
  }

  @Test("export writes as many edges as inspect counts", arguments: ["layer", "block", "neuron"])
  func export(view: String) throws {
    #expect(try run("generate", "mnist", "--output", "m.onnx").status == 0)
    let json = try run("inspect", "m.onnx", "--view", view, "--json").json
    let nodes = try #require(json["nodes"] as? Int)
    let edges = try #require(json["edges"] as? Int)
    let list = try run("export", "csv", "m.onnx", "--view", view)
    #expect(list.status == 0, "\(list.errors)")
    let rows = list.output.split(separator: "\n")
    #expect(rows.first == "source,target")
    #expect(rows.count == edges + 1)
    #expect(try run("export", "csv", "m.onnx", "--view", view, "--output", "e.csv").status == 0)
    #expect(try String(contentsOfFile: folder.file("e.csv"), encoding: .utf8) == list.output)
    let drawing = try run("export", "dot", "m.onnx", "--view", view).output.split(separator: "\n")
    #expect(drawing.count { $0.contains("->") } == edges)
    #expect(drawing.count { $0.contains("shape=") } == nodes)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.contains(".part") })
  }

  @Test("neurons are written only as dot and csv")
  func refused() throws {
    let run = try run("export", "sdf3", "squeezenet", "--view", "neuron")
    #expect(run.status != 0)
    #expect(run.errors.contains("--view"))
  }
}
