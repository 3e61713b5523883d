import Diagnostics
import Foundation
import PlatformModel
import Quantities
import Testing

@Suite("Version 2 of the ALOHA description")
struct ALOHAVersion2Tests {
  private let library = PlatformLibrary(folders: [packageRoot.path])

  @Test("NEURAghe is the same platform in both versions, but for what version 2 leaves out")
  func neuraghe() throws {
    let reading = try library.read("neuraghe-v2")
    let new = reading.platform
    let old = try library.read("neuraghe-v1").platform
    #expect(new.elements.map(\.name) == old.elements.map(\.name))
    #expect(new.memories.map(\.name) == old.memories.map(\.name))
    #expect(new.memories.map(\.capacity) == old.memories.map(\.capacity))
    #expect(new.peakRate == old.peakRate)
    for (left, right) in zip(new.elements, old.elements) {
      #expect(left.type.kind == right.type.kind)
      #expect(left.type.localMemory == right.type.localMemory)
      #expect(left.ports.activationsIn.bandwidth == right.ports.activationsIn.bandwidth)
      #expect(left.ports.outputOut.bandwidth == right.ports.outputOut.bandwidth)
      #expect(
        left.type.support(for: ["conv"]).rate == right.type.support(for: ["conv"]).rate)
    }
    #expect(new.elements[2].ports.weightsIn.bandwidth == BytesPerSecond(0.8e9))
    #expect(
      reading.diagnostics.map(\.description) == [
        "core_types[1].supported_operator[2]: the operator relu has no performance and is left out"
      ])
  }

  private static let jetson = """
    {"name": "TX2", "peak performance": 667, "peak_power": 15.0, "global_memory_size": 8000000000,
     "global_memory_bandwidth": 59.7,
     "core_types": [
      {"name": "GPU", "type": "GPU", "max_performance": 667, "max_power": 10, "SM": 2,
       "supported_operator": [{"name": "CONV", "performance": 41, "energy": 5.9},
        {"name": "GEMM", "performance": 1141, "energy": 1.5}, {"name": "ADD", "performance": 0}]},
      {"name": "ARMlarge", "type": "ARM", "subtype": "large", "max_power": 2,
       "supported_operator": [{"name": "CONV", "performance": 2}]},
      {"name": "ARMsmall", "type": "ARM", "subtype": "small", "max_power": 1,
       "supported_operator": [{"name": "CONV", "performance": 1}]}],
     "cores": [{"name": "A0", "type": "ARM", "subtype": "large"},
      {"name": "A1", "type": "ARM", "subtype": "small"},
      {"name": "G", "type": "GPU", "host": "A0"}],
     "activations_bandwidth": [[0, 0, 0], [0, 0, 10000], [0, 20000, 0]],
     "weights_bandwidth": [0, 0, 20000]}
    """

  private func reading(_ text: String) throws -> PlatformReading {
    try PlatformReading(Data(text.utf8), file: "p.json")
  }

  @Test("types and subtypes, power of operators, megabytes per second and bytes are told apart")
  func values() throws {
    let reading = try reading(Self.jetson)
    let platform = reading.platform
    #expect(platform.memories[0].capacity == 8_000_000_000)
    #expect(platform.memories[0].bandwidth == BytesPerSecond(59.7e9))
    #expect(platform.elements.map(\.type.name) == ["ARMlarge", "ARMsmall", "GPU"])
    #expect(platform.elements.map(\.type.kind) == [.processor, .processor, .accelerator])
    let gpu = platform.elements[2]
    #expect(gpu.host == ElementID(0))
    #expect(gpu.type.support(for: ["conv"]).entry?.power == Watts(5.9))
    #expect(gpu.type.support(for: ["fc"]).rate == OperationsPerSecond(1141e9))
    #expect(gpu.type.support(for: ["add"]) == .unsupported)
    #expect(gpu.ports.weightsIn.bandwidth == BytesPerSecond(20e9))
    // The file has a row for who reads and a column for who writes.
    #expect(gpu.ports.activationsIn.bandwidth == BytesPerSecond(20e9))
    #expect(gpu.ports.outputOut.bandwidth == BytesPerSecond(10e9))
    #expect(platform.elements[0].ports.activationsIn.bandwidth == nil)
    #expect(reading.diagnostics.count == 2)
  }

  @Test(
    "what makes no sense is an error with its key path",
    arguments: [
      (#""type": "GPU", "host""#, #""type": "TPU", "host""#, "cores[2].type: expected the type"),
      (#""host": "A0""#, #""host": "B0""#, "cores[2].host: expected the name of a core"),
      (
        #""performance": 41"#, #""performance": -1"#,
        "core_types[0].supported_operator[0].performance: expected a rate above 0 Gop/s, found -1"
      ),
      (#"[0, 0, 20000]}"#, #"[0, 20000]}"#, "weights_bandwidth: expected a bandwidth for each"),
      ("[[0, 0, 0], ", "[", "activations_bandwidth: expected a row and a column for each of the 3"),
      (#""max_power": 2,"#, "", "core_types[1]: the key \"max_power\" is missing"),
      ("8000000000", "0", "global_memory_size: expected a size above 0"),
      (#""name": "A1""#, #""name": "A0""#, "two elements are named A0"),
    ])
  func senseless(old: String, new: String, expected: String) {
    let text = Self.jetson.replacingOccurrences(of: old, with: new)
    #expect(text != Self.jetson)
    do {
      _ = try reading(text)
      Issue.record("nothing was wrong")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
    }
  }
}
