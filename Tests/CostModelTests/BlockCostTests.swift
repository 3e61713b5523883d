import CostModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import Partitioning
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("Blocks cost what the roofline says")
struct BlockCostTests {
  private func model(_ precision: Precision = .model, strict: Bool = false) throws -> CostModel {
    let library = PlatformLibrary(folders: [PythonTool.packageRoot])
    return CostModel(
      platform: try library.read("neuraghe-v1").platform, precision: precision,
      strictOperators: strict)
  }

  private func alexnet() throws -> BlockGraph {
    let path = try ModelZoo.path("bvlc_alexnet")
    return try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "alexnet")
  }

  private func cost(
    _ name: String, _ element: String, _ graph: BlockGraph, _ model: CostModel
  ) throws -> BlockCost? {
    let id = try #require(graph.block(named: name))
    return model.cost(of: id, in: graph, on: try #require(model.platform.element(named: element)))
  }

  /// Seconds worked out by hand: operations / (Gop/s), bytes / (GB/s).
  @Test(
    "AlexNet on NEURAghe",
    arguments: [
      ("conv1", "ARM0", 2.0 * 96 * 54 * 54 * 3 * 121 / 1e9, BlockCost.Bound.computation),
      ("conv1", "HWCE", 96.0 * 54 * 54 * 4 / 0.8e9, .outputs),
      ("conv2", "HWCE", 2.0 * 256 * 26 * 26 * 48 * 25 / 160e9, .computation),
      ("conv3", "HWCE", (384.0 * 256 * 9 + 384) * 4 / 0.8e9, .weights),
      ("relu1", "ARM1", 96.0 * 54 * 54 / 1e9, .computation),
      ("lrn1", "ARM1", 5.0 * 96 * 54 * 54 / 1e9, .computation),
      ("pool1", "ARM0", 9.0 * 96 * 26 * 26 / 1e9, .computation),
      ("fc1", "ARM0", 2.0 * 9216 * 4096 / 1e9, .computation),
    ])
  func byHand(
    block: String, element: String, seconds: Double, bound: BlockCost.Bound
  ) throws {
    let cost = try #require(try cost(block, element, try alexnet(), try model()))
    #expect(abs(cost.seconds.value / seconds - 1) < 1e-12)
    #expect(cost.bound == bound)
    #expect(abs(cost.dynamicEnergy.value / (10 * seconds) - 1) < 1e-12)
  }

  @Test("what an accelerator does not list it does not run, a processor runs it slowly")
  func support() throws {
    let graph = try alexnet()
    #expect(try cost("fc1", "HWCE", graph, try model()) == nil)
    #expect(try cost("lrn1", "HWCE", graph, try model()) == nil)
    #expect(try cost("lrn1", "ARM0", graph, try model())?.isFallback == true)
    #expect(try cost("lrn1", "ARM0", graph, try model(strict: true)) == nil)
    #expect(throws: CostError.self) {
      let id = try #require(graph.block(named: "lrn1"))
      _ = try model(strict: true).unmappedCost(of: id, in: graph)
    }
  }

  @Test("a fused pattern costs its first operator on the accelerator, all of them on a processor")
  func fused() throws {
    let graph = try BlockGraph(
      try ResolvedGraph(SmallNetworks.convolutionReluPoolDense()), name: "small")
    let ids = try ["conv", "relu", "pool"].map { try #require(graph.block(named: $0)) }
    let merged = try graph.merging(ids)
    let accelerator = try #require(try cost("conv+relu+pool", "HWCE", merged, try model()))
    let operations = 2.0 * 8 * 30 * 30 * 27
    let bytes = 3.0 * 32 * 32 * 4
    #expect(abs(accelerator.seconds.value / (bytes / 0.8e9) - 1) < 1e-12)
    #expect(bytes / 0.8e9 > operations / 160e9)
    let processor = try #require(try cost("conv+relu+pool", "ARM0", merged, try model()))
    let all = operations + 8 * 30 * 30 + 4 * 8 * 15 * 15
    #expect(abs(processor.seconds.value / (all / 1e9) - 1) < 1e-12)
  }

  @Test("half the width moves in half the time")
  func precision() throws {
    let graph = try alexnet()
    let full = try #require(try cost("conv3", "HWCE", graph, try model()))
    for text in ["float16", "platform"] {
      let narrow = try model(try #require(Precision(text)))
      let half = try #require(try cost("conv3", "HWCE", graph, narrow))
      #expect(abs(half.seconds.value / (full.seconds.value / 2) - 1) < 1e-12)
    }
  }

  @Test("the unmapped cost is that of the slowest element, in whole picoseconds")
  func unmapped() throws {
    let graph = try alexnet()
    let id = try #require(graph.block(named: "conv1"))
    let cost = try model().unmappedCost(of: id, in: graph)
    #expect(cost.ticks == 2 * 96 * 54 * 54 * 3 * 121 * 1000)
    let input = try model().unmappedCost(of: BlockID(0), in: graph)
    #expect(input.ticks == 0)
  }
}
