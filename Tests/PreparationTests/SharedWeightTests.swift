import CostModel
import Dataflow
import DataflowConversion
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import PlatformModel
import Simulation
import TestSupport
import Testing

@testable import Preparation

private typealias Text = TextModel

/// Two layers use one tensor of 8×8 floats, 256 bytes, the second turned or as it is.
@Suite("Weights that layers share")
struct SharedWeightTests {
  private static let plain =
    Text.input("x", "4×8") + Text.weights("w", [8, 8])
    + Text.node("MatMul", ["x", "w"], ["a"]) + Text.node("Relu", ["a"], ["r"])
    + Text.node("MatMul", ["r", "w"], ["y"]) + "output { name: 'y' }"
  private static let turned =
    Text.input("x", "4×8") + Text.weights("w", [8, 8])
    + Text.node("MatMul", ["x", "w"], ["a"]) + Text.node("Relu", ["a"], ["r"])
    + Text.node("Transpose", ["w"], ["t"]) + Text.node("MatMul", ["r", "t"], ["y"])
    + "output { name: 'y' }"

  struct Split: Sendable {
    var block: String
    var parts: Int
    var axis = SplitAxis.kernels
  }

  private static let splits: [[Split]] = [
    [], [Split(block: "n_a", parts: 2)], [Split(block: "n_y", parts: 3)],
    [Split(block: "n_a", parts: 2), Split(block: "n_y", parts: 2)],
    [Split(block: "n_a", parts: 3), Split(block: "n_y", parts: 4)],
    [Split(block: "n_a", parts: 2, axis: .inputs)],
    [Split(block: "n_a", parts: 2, axis: .inputs), Split(block: "n_y", parts: 4)],
    [Split(block: "n_a", parts: 5), Split(block: "n_y", parts: 3, axis: .inputs)],
  ]

  private func problem(_ text: String, _ splits: [Split]) throws -> MappingProblem {
    var graph = try BlockGraph(try ResolvedGraph(try Text.model(text)), name: "shared")
    #expect(graph.parameters(graph.blockIDs) == 64)
    for split in splits {
      let id = try #require(graph.block(named: split.block))
      graph = try graph.splitting(id, into: split.parts, along: split.axis)
    }
    #expect(graph.parameters(graph.blockIDs) == 64)
    let library = PlatformLibrary(folders: [PythonTool.packageRoot])
    let model = CostModel(platform: try library.read("mpsoc4-cores").platform)
    return try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic).problem
  }

  private func weights(_ problem: MappingProblem, _ element: (Int) -> Int) throws -> [Int] {
    let placement = Placement(
      elements: problem.uses.indices.map { problem.isFree($0) ? -1 : element($0) })
    var evaluator = try MappingEvaluator(problem)
    return try evaluator.checked(placement).evaluation.memories
      .filter { $0.name.hasSuffix("(local)") }.map(\.bytes)
  }

  @Test(
    "lie on one element once, however the layers are split", arguments: [plain, turned], splits)
  func together(network: String, splits: [Split]) throws {
    #expect(try weights(try problem(network, splits)) { _ in 0 } == [256])
  }

  /// Three layers use a third each of a tensor that a fourth uses as a whole: 8×24 floats.
  @Test("count once where others use a range of them", arguments: ["Split", "Slice"])
  func ranges(operator type: String) throws {
    let thirds =
      type == "Split"
      ? Text.node("Split", ["w"], ["q", "k", "v"], Text.int("axis", 1))
      : zip(["q", "k", "v"], [0, 8, 16]).map { name, start in
        Text.integers("s\(name)", [start]) + Text.integers("e\(name)", [start + 8])
          + Text.node("Slice", ["w", "s\(name)", "e\(name)", "one"], [name])
      }.joined()
    let text =
      Text.input("x", "2×8") + Text.weights("w", [8, 24]) + Text.integers("one", [1]) + thirds
      + Text.node("MatMul", ["x", "q"], ["a"]) + Text.node("MatMul", ["a", "k"], ["b"])
      + Text.node("MatMul", ["b", "v"], ["c"]) + Text.node("MatMul", ["c", "w"], ["y"])
      + "output { name: 'y' }"
    let graph = try BlockGraph(
      try ResolvedGraph(try Text.model(text, opset: type == "Split" ? 12 : 17)), name: "thirds")
    #expect(graph.parameters(graph.blockIDs) == 192)
    let library = PlatformLibrary(folders: [PythonTool.packageRoot])
    let model = CostModel(platform: try library.read("mpsoc4-cores").platform)
    let problem = try MappingSubject(
      graph, model, granularity: .tensor, buffers: .periodic
    ).problem
    #expect(try weights(problem) { _ in 0 } == [768])
    let first = try #require(problem.graph.actors.firstIndex { $0.name == "n_y" })
    #expect(try weights(problem) { $0 == first ? 0 : 1 } == [768, 768])
  }

  /// The parts that compute kernels 0–3, with the layer or without it.
  @Test(
    "lie on each element with what its blocks use",
    arguments: [
      // The whole layer beside one half of it: all there, and the other half once more.
      (plain, [Split(block: "n_a", parts: 2)], ["n_a_split_0_0", "n_y"], [256, 128]),
      (turned, [Split(block: "n_a", parts: 2)], ["n_a_split_0_0", "n_y"], [256, 128]),
      // Equal halves: each half on its element; of turned weights a quarter is in both.
      (
        plain, [Split(block: "n_a", parts: 2), Split(block: "n_y", parts: 2)],
        ["n_a_split_0_0", "n_y_split_1_0"], [128, 128]
      ),
      (
        turned, [Split(block: "n_a", parts: 2), Split(block: "n_y", parts: 2)],
        ["n_a_split_0_0", "n_y_split_1_0"], [192, 192]
      ),
      // Columns 0–3 and rows 0–1 are 32 + 16 − 8 values; the rest are columns 4–7 and rows 2–7.
      (
        plain, [Split(block: "n_a", parts: 2), Split(block: "n_y", parts: 4, axis: .inputs)],
        ["n_a_split_0_0", "n_y_split_1_0"], [160, 224]
      ),
    ])
  func apart(network: String, splits: [Split], first: [String], bytes: [Int]) throws {
    let problem = try problem(network, splits)
    let names = problem.graph.actors.map(\.name)
    for name in first { #expect(names.contains(name), "\(names)") }
    #expect(try weights(problem) { first.contains(names[$0]) ? 0 : 1 } == bytes)
  }

}
