import Files
import NetworkModel
import ONNXFormat
import ONNXResolution
import ONNXSchema
import TestSupport
import Testing

@testable import NetworkImport

@Suite("ONNX networks become blocks and come back")
struct ImportTests {
  private func blocks(_ name: String, _ options: ImportOptions) throws -> BlockGraph {
    let model = try ONNXModel(path: try ModelZoo.path(name))
    return try BlockGraph(try ResolvedGraph(model), name: name, options: options)
  }

  @Test("AlexNet has 24 layers and, folded, 23 blocks")
  func alexnet() throws {
    #expect(try blocks("bvlc_alexnet", .layers).layers.count == 24)
    let folded = try blocks("bvlc_alexnet", .blocks)
    #expect(folded.blocks.count == 23)
    #expect(folded.blocks.first?.name == "data_0")
    #expect(folded.blocks.last?.name == "prob_1")
  }

  @Test("every network of the zoo is sound in both views", arguments: ModelZoo.names)
  func views(name: String) throws {
    let layers = try blocks(name, .layers)
    let folded = try blocks(name, .blocks)
    #expect(layers.violations() == [])
    #expect(folded.violations() == [])
    #expect(layers.work.macs == folded.work.macs)
    #expect(folded.blocks.count < layers.blocks.count)
  }

  @Test("batch normalisations behind convolutions are folded away")
  func folding() throws {
    let folded = try blocks("resnet50", .blocks)
    #expect(!folded.layers.contains { $0.node.opType == "BatchNormalization" })
    #expect(folded.layers.filter { $0.node.opType == "Conv" }.count == 53)
    #expect(folded.layers.filter { $0.node.opType == "Conv" }.allSatisfy { $0.operands.count == 3 })
  }

  @Test(
    "both views export to models that compute the same",
    arguments: ["squeezenet", "shufflenet", "resnet50"])
  func export(name: String) throws {
    let folder = try TemporaryFolder()
    let original = folder.file("original.onnx")
    _ = try PythonTool("randomize_model.py")
      .succeed([try ModelZoo.path(name), original, "--seed", "3"])
    let graph = try ResolvedGraph(try ONNXModel(path: original))
    var candidates: [String] = []
    for (index, options) in [ImportOptions.layers, .blocks].enumerated() {
      candidates.append(folder.file("view\(index).onnx"))
      try ONNXModel(exporting: try BlockGraph(graph, name: name, options: options))
        .write(to: candidates[index])
    }
    let answer = try PythonTool("compare_models.py").run([original] + candidates)
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test("a constant that is one repeated value stays one value when it is written")
  func splats() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("vgg19.onnx")
    try ONNXModel(exporting: try blocks("vgg19", .blocks)).write(to: path)
    let bytes = try MappedFile(path: path).count
    #expect(bytes < 100_000)
  }

  /// The published counts leave out the running mean and variance of batch normalisations.
  @Test(
    "generated networks have the published weights and multiply-accumulates",
    arguments: [
      (GeneratedNetwork.resnet18, 11_689_512, 1814), (.resnet50, 25_557_032, 4089),
      (.mobilenetv2, 3_504_872, 301), (.squeezenet, 1_235_496, 349),
    ])
  func published(network: GeneratedNetwork, parameters: Int, megaMACs: Double) throws {
    let resolved = try ResolvedGraph(network.model(seed: 1))
    let graph = try BlockGraph(resolved, name: network.rawValue, options: .layers)
    var found = 0
    for id in graph.blockIDs {
      let isNormalization = graph[id].steps.first.map {
        graph[$0.layer].node.opType == "BatchNormalization"
      }
      let counts = graph.constants(id).map(\.type.count)
      found += counts.prefix(isNormalization == true ? 2 : counts.count).reduce(0, +)
    }
    #expect(found == parameters)
    #expect((Double(graph.work.macs) / 1e6).rounded() == megaMACs)
  }

  @Test("generated networks have the shapes of their layers, and the same seed the same bytes")
  func generated() throws {
    let model = GeneratedNetwork.mnist.model(seed: 5)
    let graph = try BlockGraph(try ResolvedGraph(model), name: "mnist")
    #expect(graph.blocks.count == 9)
    #expect(graph.work.macs == 28 * 28 * 8 * 25 + 14 * 14 * 16 * 8 * 25 + 256 * 10)
    let folder = try TemporaryFolder()
    for (index, seed) in [5, 5, 6].enumerated() {
      try GeneratedNetwork.mnist.model(seed: UInt64(seed)).write(to: folder.file("\(index)"))
    }
    let files = try (0..<3).map { index in
      try MappedFile(path: folder.file("\(index)")).withBytes { Array($0) }
    }
    #expect(files[0] == files[1])
    #expect(files[0] != files[2])
  }
}
