import CostModel
import Documents
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("Rounding, overhead, widths and power of platforms")
struct RoundingTests {
  private func model(_ type: String, _ precision: Precision = .model) throws -> CostModel {
    let text = """
      format: outrigger-platform-1
      name: p
      element_types: [{name: t, kind: accelerator, \(type)}]
      memories: [{name: m, size: 1 GiB}]
      links: [{name: l, bandwidth: 1 MB/s}]
      elements: [{name: e, type: t, ports: {weights: l}}]
      """
    return CostModel(
      platform: try PlatformReading(Data(text.utf8), file: "p").platform, precision: precision)
  }

  /// 8 kernels of 3×3 over 3 channels of 32×32: 30×30 outputs.
  private func convolution() throws -> (BlockGraph, BlockID) {
    let graph = try BlockGraph(
      try ResolvedGraph(SmallNetworks.convolutionReluPoolDense()), name: "small")
    return (graph, try #require(graph.block(named: "conv")))
  }

  private func cost(_ type: String, _ precision: Precision = .model) throws -> BlockCost {
    let (graph, id) = try convolution()
    return try #require(
      try model(type, precision).cost(of: id, in: graph, on: ElementID(0)))
  }

  private func expectTime(_ type: String, _ seconds: Double) throws {
    let found = try cost(type).seconds.value
    #expect(abs(found / seconds - 1) < 1e-12, "\(type): \(found)")
  }

  @Test("operations count up to whole channels, and weights to whole groups")
  func rounding() throws {
    let exact = 2.0 * 8 * 900 * 27
    try expectTime("operators: [{pattern: conv, performance: 1 Mop/s}]", exact / 1e6)
    try expectTime(
      "operators: [{pattern: conv, performance: 1 Mop/s}], "
        + "rounding: {operations: {input_channels: 12, output_channels: 16}}",
      2.0 * 16 * 900 * 12 * 9 / 1e6)
    // 8 kernels · 12 channels in groups of 3, 28 words each, 4 bytes.
    try expectTime(
      "operators: [{pattern: conv, performance: 1 Top/s}], "
        + "rounding: {weights: {input_channels: 12, group_channels: 3, group_words: 28}}",
      8.0 * 4 * 28 * 4 / 1e6)
    try expectTime(
      "operators: [{pattern: conv, performance: 1 Top/s}]", 8.0 * 27 * 4 / 1e6)
  }

  @Test("what a stride skips counts where the hardware computes it")
  func stride() throws {
    let path = try ModelZoo.path("bvlc_alexnet")
    let graph = try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "alexnet")
    let id = try #require(graph.block(named: "conv1"))
    let plain = "operators: [{pattern: conv, performance: 1 Mop/s}]"
    let full = plain + ", rounding: {operations: {skipped_outputs: true}}"
    let fast = try #require(try model(plain).cost(of: id, in: graph, on: ElementID(0)))
    let slow = try #require(try model(full).cost(of: id, in: graph, on: ElementID(0)))
    #expect(slow.seconds.value == 16 * fast.seconds.value)
  }

  @Test("the overhead comes on top, and an operator may have a power of its own")
  func overhead() throws {
    let seconds = 2.0 * 8 * 900 * 27 / 1e6
    let plain = try cost("operators: [{pattern: conv, performance: 1 Mop/s}], power: {active: 3 W}")
    let other = try cost(
      "operators: [{pattern: conv, performance: 1 Mop/s, power: 5 W}], overhead: 1 s, "
        + "power: {active: 3 W}")
    #expect(abs(plain.dynamicEnergy.value / (3 * seconds) - 1) < 1e-12)
    #expect(abs(other.seconds.value / (seconds + 1) - 1) < 1e-12)
    #expect(abs(other.dynamicEnergy.value / (5 * (seconds + 1)) - 1) < 1e-12)
  }

  @Test("the fastest entry that is wide enough counts, else the widest")
  func widths() throws {
    let entries = """
      operators: [{pattern: conv, performance: 4 Mop/s, bits: 8}, \
      {pattern: conv, performance: 2 Mop/s, bits: 16}, \
      {pattern: conv, performance: 1 Mop/s, activation_bits: 16, weight_bits: 32}]
      """
    let operations = 2.0 * 8 * 900 * 27
    for (precision, rate) in [
      ("int8", 4e6), ("float16", 2e6), ("int16", 2e6), ("model", 2e6), ("platform", 4e6),
      ("int4", 4e6),
    ] {
      let cost = try cost(entries, try #require(Precision(precision)))
      #expect(abs(cost.seconds.value / (operations / rate) - 1) < 1e-12, "\(precision)")
    }
  }

  @Test("a copied element computes without its transfers, and finds its weights")
  func copied() throws {
    let streamed = try cost("operators: [{pattern: conv, performance: 1 Top/s}]")
    let copied = try cost(
      "operators: [{pattern: conv, performance: 1 Top/s}], access: copied")
    #expect(streamed.bound == .weights)
    #expect(copied.bound == .computation)
    #expect(abs(copied.seconds.value / (2.0 * 8 * 900 * 27 / 1e12) - 1) < 1e-12)
  }
}
