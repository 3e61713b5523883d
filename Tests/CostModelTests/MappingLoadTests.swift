import CostModel
import Foundation
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("The load of a mapping")
struct MappingLoadTests {
  /// conv (8×30×30) → relu → pool (8×15×15) → flatten → fc, with 4 bytes a value.
  private func graph() throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(SmallNetworks.convolutionReluPoolDense()), name: "small")
  }

  private func load(
    _ platform: String, _ placement: [String: String]
  ) throws -> [String: Double] {
    let graph = try graph()
    let platform = try PlatformReading(Data(platform.utf8), file: "p").platform
    let elements = graph.blocks.map { block in
      placement[block.name].flatMap { platform.element(named: $0) }
    }
    let load = try CostModel(platform: platform).load(of: graph, placement: elements)
    return Dictionary(uniqueKeysWithValues: load.shares.map { ($0.name, $0.seconds.value) })
  }

  private func expect(_ found: Double?, _ wanted: Double, _ what: String) throws {
    let found = try #require(found, "\(what)")
    #expect(abs(found - wanted) <= 1e-12 * max(1, wanted), "\(what): \(found), not \(wanted)")
  }

  private let input = 3.0 * 32 * 32 * 4
  private let features = 8.0 * 30 * 30 * 4
  private let pooled = 8.0 * 15 * 15 * 4
  private let everyBlock = ["conv", "relu", "pool", "fc"]

  @Test("of streamed elements is their roofline, and their bytes load links and memories")
  func streamed() throws {
    let load = try load(
      """
      format: outrigger-platform-1
      name: p
      element_types: [{name: t, kind: processor, performance: 1 Mop/s}]
      memories: [{name: m, size: 1 GiB, bandwidth: 2 MB/s}]
      links: [{name: l, bandwidth: 1 MB/s}, {name: k, bandwidth: 4 MB/s}]
      elements:
        - {name: a, type: t, ports: {activations: l, output: k}}
        - {name: b, type: t, ports: {activations: l, output: k}}
      """, ["conv": "a", "relu": "b", "pool": "b", "fc": "a"])
    let outputs = 10.0
    let fc = 2.0 * 1800 * outputs / 1e6
    try expect(load["a"], 2.0 * 8 * 900 * 27 / 1e6 + fc, "a")
    try expect(load["b"], features / 1e6 + features / 1e6, "b, bound by its inputs")
    try expect(load["l"], (input + features + features + pooled) / 1e6, "l")
    try expect(load["k"], (features + features + pooled + outputs * 4) / 4e6, "k")
    let weights = (8.0 * 27 + 1800 * outputs) * 4
    let bytes = input + 4 * features + 2 * pooled + weights + outputs * 4
    try expect(load["m"], bytes / 2e6, "m")
  }

  private let bus = """
    format: outrigger-platform-1
    name: p
    element_types: [{name: t, kind: processor, performance: 1 Mop/s, access: copied}]
    memories: [{name: m, size: 1 GiB}]
    links: [{name: bus, bandwidth: 1 MB/s, latency: 1 ms}]
    elements:
      - {name: a, type: t, ports: &bus {activations: bus, weights: bus, output: bus, shared: true}}
      - {name: b, type: t, ports: *bus}

    """

  @Test("of copied elements has a step for each transfer between elements")
  func copied() throws {
    let operations = 2.0 * 8 * 900 * 27
    let others = 8.0 * 900 + 4 * 8 * 225
    let fc = 2.0 * 1800 * 10
    let alone = try load(bus, Dictionary(uniqueKeysWithValues: everyBlock.map { ($0, "a") }))
    let ends = 0.002 + (input + 40) / 1e6
    try expect(alone["a"], (operations + others + fc) / 1e6 + ends, "a alone")
    try expect(alone["bus"], ends, "bus")
    try expect(alone["b"], 0, "b")
    let both = try load(bus, ["conv": "a", "relu": "a", "pool": "b", "fc": "b"])
    let hop = 0.001 + features / 1e6
    try expect(both["a"], (operations + 8 * 900) / 1e6 + 0.001 + input / 1e6 + hop, "a")
    try expect(both["b"], (4.0 * 8 * 225 + fc) / 1e6 + hop + 0.001 + 40 / 1e6, "b")
    try expect(both["bus"], ends + 2 * hop, "bus between both")
  }

  @Test("includes the copies between memories, and names those that have no route")
  func memories() throws {
    let platform = """
      format: outrigger-platform-1
      name: p
      element_types: [{name: t, kind: processor, performance: 1 Mop/s}]
      memories: [{name: m, size: 1 GiB}, {name: n, size: 1 GiB}]
      links: [{name: bridge, bandwidth: 0.5 MB/s, latency: 1 ms, memories: [m, n]}]
      elements: [{name: a, type: t}, {name: b, type: t, data_memory: n}]
      """
    let placement = ["conv": "a", "relu": "a", "pool": "b", "fc": "b"]
    let found = try load(platform, placement)
    let copy = 0.001 + features / 0.5e6
    try expect(found["bridge"], copy, "bridge")
    try expect(found["b"], copy + (4.0 * 8 * 225 + 2 * 1800 * 10) / 1e6, "b")
    #expect(throws: CostError.self) {
      try load(platform.replacingOccurrences(of: ", memories: [m, n]", with: ""), placement)
    }
  }
}
