import Diagnostics
import Foundation
import PlatformModel
import Quantities
import Testing

@Suite struct ALOHAPlatformFormatTests {
  @Test("The NEURAghe description reads without a diagnostic")
  func platform() throws {
    let reading = try read(neuragheData())
    let platform = reading.platform
    #expect(reading.diagnostics == [])
    #expect(platform.name == "ZynqPS")
    #expect(platform.elements.map(\.name) == ["ARM0", "ARM1", "HWCE"])
    #expect(platform.elements.map(\.type.kind) == [.processor, .processor, .accelerator])
    #expect(platform.memories.map(\.name) == ["MEM"])
    #expect(platform.memories.map(\.capacity) == [1_073_741_824])
    #expect(platform.memories.map(\.bandwidth) == [nil])
    #expect(platform.peakRate == OperationsPerSecond(180.92e9))
    #expect(platform.peakPower == Watts(10))
  }

  @Test("The NEURAghe elements have their operators, power and memory")
  func elements() throws {
    let platform = try read(neuragheData()).platform
    for element in platform.elements {
      let rate = OperationsPerSecond(element.type.kind == .processor ? 1e9 : 160e9)
      #expect(element.type.operators.allSatisfy { $0.rate == rate })
      #expect(element.type.operators.allSatisfy { $0.activationBits == 16 && $0.weightBits == 16 })
      #expect(element.type.activePower == Watts(10))
      #expect(element.type.idlePower == .zero)
      #expect(element.type.cost == 1)
      #expect(element.dataMemory == MemoryID(0))
    }
    #expect(
      platform.elements[1].type.operators.map(\.pattern.description) == [
        "conv", "pool", "relu", "fc",
      ])
    #expect(
      platform.elements[2].type.operators.map(\.pattern.description)
        == ["conv", "conv+pool", "conv+pool+relu"])
    // 1.2 · 2²⁰ is no whole number of bytes.
    #expect(platform.elements.map(\.type.localMemory) == [805_306_368, 805_306_368, 1_258_291])
  }

  @Test("Links and ports come from the connection names")
  func ports() throws {
    let platform = try read(neuragheData()).platform
    let through = BytesPerSecond(4e9)
    let direct = BytesPerSecond(0.8e9)
    #expect(platform.links.map(\.bandwidth) == [through, through, direct, direct, direct])
    #expect(platform.links.allSatisfy { $0.latency == .zero && $0.energyPerByte == .zero })
    func ports(_ bandwidth: BytesPerSecond, _ links: [Int]) -> Element.Ports {
      func port(_ index: Int) -> Element.Port {
        Element.Port(bandwidth: bandwidth, link: LinkID(links[index]))
      }
      return Element.Ports(activationsIn: port(0), weightsIn: port(1), outputOut: port(2))
    }
    #expect(platform.elements[0].ports == ports(through, [0, 0, 1]))
    #expect(platform.elements[1].ports == ports(through, [1, 1, 0]))
    #expect(platform.elements[2].ports == ports(direct, [3, 2, 4]))
  }

  @Test("The peak performance is spelled with a space or an underscore, or left out")
  func peakSpelling() throws {
    var document = try neuragheDocument()
    let spaced: [JSONValue.Step] = [.key("peak performance")]
    document[spaced[...]] = nil
    #expect(try read(encoded(document)).platform.peakRate == nil)
    let underscored: [JSONValue.Step] = [.key("peak_performance")]
    document[underscored[...]] = .number(2)
    #expect(
      try read(encoded(document)).platform.peakRate == OperationsPerSecond(2e9))
    document[underscored[...]] = .number(-2)
    #expect(
      try message(encoded(document))
        == "p.json: peak_performance: expected a rate above 0 Gop/s, found -2")
  }

  @Test("Unknown keys are ignored and keys that nothing needs may be absent")
  func unknownAndAbsentKeys() throws {
    let expected = try read(neuragheData()).platform
    #expect(try read(neuraghe("cores[0].colour", .array([.null]))).platform == expected)
    for path in [
      "version", "kernel_memory_size", "cores[0].id", "cores[0].max_frequency",
      "cores[0].gating_available", "connections[4].id",
    ] {
      #expect(try read(neuraghe(path, nil)).platform == expected, "\(path)")
    }
    let unsized = try read(neuraghe("cores[0].local_memory_size", nil)).platform
    #expect(unsized.elements[0].type.localMemory == nil)
    #expect(try read(neuraghe("peak_power", nil)).platform.peakPower == nil)
  }

  @Test("Several modes of an operator are several entries")
  func modes() throws {
    let mode: JSONValue = .object([
      "activation_width": .number(8), "data_width": .number(4), "performance": .number(320),
    ])
    var document = try neuragheDocument()
    let path = JSONValue.path("cores[2].supported_operator[0].operator_mode")
    guard case .array(let modes) = document[path[...]] else { throw CancellationError() }
    document[path[...]] = .array(modes + [mode])
    let accelerator = try read(encoded(document)).platform.elements[2]
    #expect(accelerator.type.operators.count == 4)
    let entry = try #require(accelerator.type.support(for: ["conv"]).entry)
    #expect(entry.rate == OperationsPerSecond(320e9))
    #expect(entry.activationBits == 8)
    #expect(entry.weightBits == 4)
  }

  @Test("A core without connections has no bandwidth limit and a warning")
  func noConnections() throws {
    let reading = try read(neuraghe("connections", nil))
    #expect(reading.platform.links.isEmpty)
    #expect(reading.platform.elements.allSatisfy { $0.ports == Element.Ports() })
    #expect(
      reading.diagnostics.map(\.description)
        == ["ARM0", "ARM1", "HWCE"].map {
          "\($0): no connection leads to it; its bandwidth has no limit"
        })
  }

  @Test("A port without a connection has no limit, of several the slowest counts, with warnings")
  func oddConnections() throws {
    let reading = try read(neuraghe("connections[3].name", .string("MEMtoARM0_weights")))
    let elements = reading.platform.elements
    #expect(elements[2].ports.activationsIn == Element.Port())
    #expect(elements[0].ports.weightsIn.link == LinkID(3))
    #expect(elements[0].ports.activationsIn.link == LinkID(0))
    #expect(
      reading.diagnostics.map(\.description) == [
        "ARM0: 2 connections for weights; the slowest counts",
        "HWCE: no connection for activations; no bandwidth limit there",
      ])
  }
}
