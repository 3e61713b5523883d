import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Partitioning

/// Whatever is split and merged, the network computes the same: onnxruntime says so.
@Suite("A partitioned network computes what the original computes")
struct EquivalenceTests {
  private let compare = PythonTool("compare_models.py")

  @Test("small random networks under random splits and merges", arguments: 1...24)
  func randomNetworks(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let model = RandomNetwork.model(seed: seed, layers: 14)
    let original = folder.file("original.onnx")
    try model.write(to: original)
    try check(original, sequences: 6, steps: 7, seed: seed, folder)
  }

  @Test("the networks of the model zoo with random weights", arguments: ModelZoo.names)
  func zoo(name: String) throws {
    let folder = try TemporaryFolder()
    let original = folder.file("original.onnx")
    _ = try PythonTool("randomize_model.py")
      .succeed([try ModelZoo.path(name), original, "--seed", "7"])
    try check(original, sequences: 5, steps: 6, seed: 11, folder)
  }

  @Test(
    "networks with residual sums, depth-wise convolutions, skips and attention",
    arguments: [
      GeneratedNetwork.resnet18, .mobilenetv2, .squeezenet, .unet, .vit, .alexcifar, .yolov3tiny,
    ])
  func generated(network: GeneratedNetwork) throws {
    let folder = try TemporaryFolder()
    let original = folder.file("original.onnx")
    try network.model(seed: 4).write(to: original)
    try check(original, sequences: 3, steps: 6, seed: 21, folder)
  }

  @Test("small networks that use what real ones use")
  func madeNetworks() throws {
    let folder = try TemporaryFolder()
    _ = try PythonTool("make_small_models.py").succeed([folder.path])
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".onnx") }
    #expect(files.count > 15)
    for (index, file) in files.enumerated() {
      try check(folder.file(file), sequences: 3, steps: 6, seed: UInt64(index), folder)
    }
  }

  @Test("small random networks under splits along all axes and merges", arguments: 0..<3)
  func allAxes(share: Int) throws {
    let folder = try TemporaryFolder()
    var paths: [[String]] = []
    for seed in (1...24).map(UInt64.init) where seed % 3 == share {
      let original = folder.file("original\(seed).onnx")
      try RandomNetwork.model(seed: seed, layers: 14).write(to: original)
      let graph = try Self.blocks(original)
      paths.append([original])
      for sequence: UInt64 in 0..<6 {
        var transformations = RandomTransformations(
          seed: seed * 100 + sequence, axes: SplitAxis.allCases)
        let (split, log) = try transformations.apply(to: graph, count: 8)
        #expect(split.violations() == [], "\(log)")
        let path = folder.file("\(seed) \(sequence).onnx")
        try ONNXModel(exporting: split).write(to: path)
        paths[paths.count - 1].append(path)
      }
    }
    let answer = try compare.run(
      Array(paths.joined(separator: ["+"])) + ["--seed", "5", "--tolerance", "1e-4"])
    #expect(answer.status == 0, "\(answer.output)")
  }

  @Test(
    "networks of every kind under splits along all axes and merges",
    arguments: ["squeezenet", "shufflenet"])
  func zooAlongAllAxes(name: String) throws {
    let folder = try TemporaryFolder()
    let original = folder.file("original.onnx")
    _ = try PythonTool("randomize_model.py")
      .succeed([try ModelZoo.path(name), original, "--seed", "7"])
    try check(original, sequences: 2, steps: 8, seed: 31, axes: SplitAxis.allCases, folder)
  }

  @Test(
    "networks with residual sums, skips and attention under splits along all axes",
    arguments: [
      GeneratedNetwork.mobilenetv2, .vit, .alexcifar, .mnist,
    ])
  func generatedAlongAllAxes(network: GeneratedNetwork) throws {
    let folder = try TemporaryFolder()
    let original = folder.file("original.onnx")
    try network.model(seed: 4).write(to: original)
    try check(original, sequences: 2, steps: 8, seed: 41, axes: SplitAxis.allCases, folder)
  }

  @Test("two swapped parts are noticed")
  func swappedParts() throws {
    let folder = try TemporaryFolder()
    let original = folder.file("original.onnx")
    try GeneratedNetwork.mnist.model(seed: 3).write(to: original)
    let graph = try Self.blocks(original)
    var split = try graph.splitting(try #require(graph.block(named: "conv1")), into: 2)
    let concat = try #require(split.blocks.firstIndex { $0.isConcatenation })
    split.blocks[concat].ports[0].slices.swapAt(0, 1)
    let swapped = folder.file("swapped.onnx")
    try ONNXModel(exporting: split).write(to: swapped)
    let answer = try compare.run([original, swapped, "--seed", "1", "--tolerance", "1e-4"])
    #expect(answer.status != 0)
  }

  private func check(
    _ original: String, sequences: Int, steps: Int, seed: UInt64, axes: [SplitAxis] = [.kernels],
    _ folder: TemporaryFolder
  ) throws {
    let graph = try Self.blocks(original)
    #expect(graph.violations().isEmpty)
    var logs: [String] = []
    var candidates: [String] = []
    for sequence in 0..<sequences {
      var transformations = RandomTransformations(
        seed: seed &* 1000 &+ UInt64(sequence), axes: axes)
      let (transformed, log) = try transformations.apply(to: graph, count: steps)
      #expect(transformed.violations() == [], "\(log)")
      #expect(log.contains { $0.hasPrefix("split") })
      candidates.append(folder.file("candidate\(sequence).onnx"))
      try ONNXModel(exporting: transformed).write(to: candidates[sequence])
      logs.append("\(sequence): \(log.joined(separator: ", "))")
    }
    let answer = try compare.run(
      [original] + candidates + ["--seed", "5", "--tolerance", "1e-4"])
    #expect(answer.status == 0, "\(answer.output)\n\(logs.joined(separator: "\n"))")
  }

  private static func blocks(_ path: String) throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "network")
  }
}
