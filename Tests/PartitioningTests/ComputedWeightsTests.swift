import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Partitioning

@Suite("Weights that operators make of constants are weights")
struct ComputedWeightsTests {
  @Test("blocks, work and parameters are those of stored weights, and parts compute the same")
  func parts() throws {
    let folder = try TemporaryFolder()
    _ = try PythonTool("make_constant_models.py").succeed([folder.path])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count == 20)
    let plain = try blocks(folder.file("plain.onnx"))
    var comparisons: [String] = []
    for name in names {
      let graph = try blocks(folder.file(name))
      #expect(graph.blocks.map(\.name) == ["x", "conv", "relu", "y"], "\(name)")
      #expect(graph.work == plain.work, "\(name)")
      let convolution = try #require(graph.block(named: "conv"))
      #expect(graph.constants(convolution).map(\.type.count) == [162, 6], "\(name)")

      let split = try graph.splitting(convolution, into: 4)
      let path = folder.file("parts_\(name)")
      try ONNXModel(exporting: split).write(to: path)
      let read = try blocks(path)
      #expect(read.blocks.count == split.blocks.count, "\(name)")
      #expect(read.work == graph.work, "\(name)")
      comparisons += (comparisons.isEmpty ? [] : ["+"]) + [folder.file(name), path]
    }
    let answer = try PythonTool("compare_models.py").run(comparisons)
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test(
    "parts by inputs and by lines take their part of computed weights",
    arguments: [
      "all_computed", "four_bits", "old",
    ])
  func otherAxes(name: String) throws {
    let folder = try TemporaryFolder()
    _ = try PythonTool("make_constant_models.py").succeed([folder.path])
    let graph = try blocks(folder.file("\(name).onnx"))
    let convolution = try #require(graph.block(named: "conv"))
    var candidates: [String] = []
    for axis in [SplitAxis.inputs, .lines] {
      candidates.append(folder.file("\(axis).onnx"))
      try ONNXModel(exporting: try graph.splitting(convolution, into: 3, along: axis))
        .write(to: candidates[candidates.count - 1])
    }
    let answer = try PythonTool("compare_models.py")
      .run([folder.file("\(name).onnx")] + candidates)
    #expect(answer.status == 0, "\(answer.output)")
  }

  private func blocks(_ path: String) throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "network")
  }
}
