import Files
import Foundation
import NetworkImport
import NetworkModel
import TestSupport
import Testing

@testable import ONNXFormat
@testable import ONNXResolution

/// What `onnx.shape_inference` says of a network.
private struct ShapeOracle: Decodable {
  var shapes: [String: [Int]]
  var types: [String: Int]
  var macs: Int
}

@Suite("Shapes and work are those of the onnx package")
struct ShapeOracleTests {
  @Test("the networks of the model zoo", arguments: ModelZoo.names)
  func zoo(name: String) throws {
    try check(try ModelZoo.path(name))
  }

  @Test(
    "generated networks",
    arguments: [GeneratedNetwork.resnet18, .mobilenetv2, .squeezenet, .unet, .vit, .alexcifar])
  func generated(network: GeneratedNetwork) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("model.onnx")
    try network.model(seed: 1).write(to: path)
    try check(path)
  }

  @Test(
    "generated networks without any weights",
    arguments: [GeneratedNetwork.resnet18, .mobilenetv2, .yolov3tiny])
  func withoutWeights(network: GeneratedNetwork) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("model.onnx")
    try network.model(seed: nil).write(to: path)
    #expect(try MappedFile(path: path).count < 100_000)
    try check(path)
  }

  @Test("random networks", arguments: 1...12)
  func random(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("model.onnx")
    try RandomNetwork.model(seed: 100 + seed, layers: 20).write(to: path)
    try check(path)
  }

  private func check(_ path: String) throws {
    let output = try PythonTool("shapes_and_macs.py").succeed([path])
    let oracle = try JSONDecoder().decode(ShapeOracle.self, from: Data(output.utf8))
    let graph = try ResolvedGraph(try ONNXModel(path: path))
    var compared = 0
    for (value, type) in graph.types {
      guard let shape = oracle.shapes[value] else { continue }
      #expect(type.shape == shape, "\(value)")
      if let code = oracle.types[value] { #expect(type.elementType.rawValue == code, "\(value)") }
      compared += 1
    }
    #expect(compared >= graph.nodes.count)
    let layers = try BlockGraph(graph, name: "network", options: .layers)
    #expect(layers.work.macs == oracle.macs)
  }
}
