import CostModel
import Foundation
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import Quantities
import TestSupport
import Testing

@testable import Preparation

@Suite("Mapped networks")
struct MappedNetworkTests {
  private let library = PlatformLibrary(folders: [PythonTool.packageRoot])
  private let baseline = "\(PythonTool.packageRoot)/Mappings/vgg16-neuraghe.json"

  private func vgg16() throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(GeneratedNetwork.vgg16.model(seed: nil)), name: "vgg16")
  }

  private func load(_ platform: Platform) throws -> MappingLoad {
    let model = CostModel(platform: platform, precision: .platform)
    return try MappedNetwork(path: baseline, try vgg16(), model).load()
  }

  /// NEURAghe's makers measured 5.5 frames of VGG-16 a second; both calibrations meet them.
  @Test(
    "VGG-16 on NEURAghe takes what was measured",
    arguments: [("neuraghe-c1", 181.6), ("neuraghe-c2", 181.6)])
  func neuraghe(name: String, milliseconds: Double) throws {
    let load = try load(try library.read(name).platform)
    #expect(abs(load.period.value * 1e3 - milliseconds) <= 0.1)
    #expect(load.bound?.name == "HWCE")
  }

  @Test("three links of their own take less than one that is shared")
  func separatePorts() throws {
    var text = try String(
      contentsOfFile: try library.path(of: "neuraghe-c2"), encoding: .utf8)
    text.replace(
      "  - {name: HWCE port, bandwidth: 0.8 GB/s, sources: {bandwidth: *aloha}}",
      with: """
          - {name: x, bandwidth: 0.8 GB/s}
          - {name: y, bandwidth: 0.8 GB/s}
          - {name: z, bandwidth: 0.8 GB/s}
        """)
    text.replace(
      "activations: HWCE port, weights: HWCE port, output: HWCE port, shared: true",
      with: "activations: x, weights: y, output: z")
    let load = try load(try PlatformReading(Data(text.utf8), file: "c2").platform)
    #expect(abs(load.period.value * 1e3 - 179.9) <= 0.1)
  }

  @Test("the platform's patterns are what the baseline merges by hand")
  func patterns() throws {
    let model = CostModel(platform: try library.read("neuraghe-c2").platform, precision: .platform)
    let merged = try vgg16().merging(patternsOf: model)
    let mapped = try MappedNetwork(path: baseline, try vgg16(), model)
    #expect(merged.blocks.map(\.name) == mapped.graph.blocks.map(\.name))
  }

  @Test(
    "a mapping that does not fit is an error that says where",
    arguments: [
      (["nothing": "HWCE"], "m: blocks: expected the name of a block, found \"nothing\""),
      (
        ["conv1": "GPU"],
        "m: blocks.conv1: expected one of the elements ARM0, ARM1, HWCE, found \"GPU\""
      ),
      (["fc1": "HWCE"], "m: blocks.fc1: HWCE does not support Gemm"),
      (["conv1": "HWCE"], "m: blocks: relu1 is missing; it can run on ARM0, ARM1"),
    ])
  func senseless(blocks: [String: String], expected: String) throws {
    let graph = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.mnist.model(seed: nil)), name: "mnist")
    let model = CostModel(platform: try library.read("neuraghe-v1").platform)
    let error = #expect(throws: MappingError.self) {
      try MappedNetwork(Mapping(blocks: blocks), graph, model, file: "m")
    }
    #expect(error.map { "\($0)" } == expected)
  }
}
