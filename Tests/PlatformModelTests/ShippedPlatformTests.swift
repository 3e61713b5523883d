import Documents
import Foundation
import PlatformModel
import Quantities
import TestSupport
import Testing

@Suite("The platforms that ship are plausible")
struct ShippedPlatformTests {
  private let library = PlatformLibrary(folders: [packageRoot.path])

  @Test func `every figure has a source or is assumed`() throws {
    for name in library.names where name != "neuraghe-v1" && name != "neuraghe-v2" {
      let document = try DocumentNode(path: try library.path(of: name))
      let unknown = try FigureWalk(document).unknown()
      #expect(unknown.isEmpty, "\(name): \(unknown)")
    }
  }

  @Test(arguments: ["neuraghe-v1", "neuraghe-v2"])
  func `every figure of an ALOHA description has a source or is assumed`(name: String) throws {
    let platform = try library.read(name).platform
    #expect(platform.origin.knows("peak_performance") && platform.origin.assumes("peak_power"))
    for type in platform.elements.map(\.type) {
      #expect(type.origin.assumes("power.active") && type.origin.knows("local_memory"))
      for entry in type.operators {
        #expect(entry.origin.knows("performance"))
        #expect(entry.power == nil || entry.origin.assumes("power"))
      }
    }
    #expect(platform.memories.allSatisfy { $0.origin.knows("size") })
    #expect(platform.links.allSatisfy { $0.origin.knows("bandwidth") })
    #expect(!platform.links.isEmpty)
  }

  /// The clock in GHz and the lanes that multiply and add in a cycle, of values of 32 bits. An A7 takes
  /// one lane and an A15 four (wlog.flatlib.jp, "VFP Benchmark", 2014); a DSP slice of a Zynq one.
  @Test(arguments: [
    ("odroid-xu4", "A15", 2.0, 4.0), ("odroid-xu4", "A7", 1.5, 1), ("jetson-tx2", "Denver2", 2, 4),
    ("jetson-tx2", "A57", 2, 4), ("jetson-tx2", "GPU", 1.3, 256), ("neuraghe-c1", "ARM", 0.8, 4),
    ("neuraghe-c2", "ARM", 0.8, 4), ("neuraghe-v1", "ARM", 0.8, 4), ("neuraghe-v2", "ARM", 0.8, 4),
    ("neuraghe-v1", "HWCE", 0.2, 900), ("neuraghe-v2", "HWCE", 0.2, 900),
    ("neuraghe-c1", "HWCE", 0.2, 900), ("neuraghe-c2", "HWCE", 0.2, 900),
  ])
  func `no rate is above what clock and lanes allow`(
    name: String, type: String, gigahertz: Double, lanes: Double
  ) throws {
    let platform = try library.read(name).platform
    let found = try #require(platform.elements.map(\.type).first { $0.name == type })
    let peak = gigahertz * 1e9 * lanes * 2
    #expect((found.peakRate?.value ?? 0) <= peak * (1 + 1e-9))
    for entry in found.operators {
      // Halves go two to a lane on the GPU and in NEON.
      let width = max(1, 32 / Double(entry.activationBits ?? 32))
      #expect(entry.rate.value <= peak * width * (1 + 1e-9), "\(entry.pattern)")
    }
  }

  /// The bytes of a transfer and the clock in MHz, at which two transfers go in a cycle.
  @Test(arguments: [
    ("odroid-xu4", "LPDDR3", 8.0, 933.0), ("jetson-tx2", "LPDDR4", 16, 1866),
  ])
  func `no memory and no link moves more than the memory can`(
    name: String, memory: String, width: Double, megahertz: Double
  ) throws {
    let platform = try library.read(name).platform
    let theory = width * megahertz * 1e6 * 2
    let bandwidth = try #require(platform.memories.first { $0.name == memory }?.bandwidth)
    #expect(bandwidth.value < theory)
    for link in platform.links { #expect(link.bandwidth < bandwidth, "\(link.name)") }
  }

  @Test(arguments: [
    ("odroid-xu4", "A7", "A15"), ("jetson-tx2", "GPU", "A57"), ("mpsoc4", "small", "medium"),
    ("mpsoc4", "medium", "large"), ("mpsoc4", "accelerator", "small"),
    ("mpsoc4-cores", "small", "medium"), ("mpsoc4-cores", "medium", "large"),
    ("mpsoc4-cores", "large", "largest"),
  ])
  func `an operation costs less energy on the element made for that`(
    name: String, frugal: String, fast: String
  ) throws {
    let types = try library.read(name).platform.elements.map(\.type)
    let less = try #require(types.first { $0.name == frugal })
    let more = try #require(types.first { $0.name == fast })
    for idle in [0.0, 1] {
      let (few, many) = (less.joulesPerOperation(idle), more.joulesPerOperation(idle))
      #expect(few < many, "\(few) J/op and \(many) J/op")
    }
  }

  /// Idle power is drawn while an element works too, and its active power is what that adds.
  @Test(arguments: [("A15", 1.515), ("A7", 0.4605)])
  func `a busy core of the Odroid draws what was measured`(name: String, watts: Double) throws {
    let types = try library.read("odroid-xu4").platform.elements.map(\.type)
    let type = try #require(types.first { $0.name == name })
    #expect(abs((type.activePower + type.idlePower).value - watts) < 0.001)
  }

  @Test func `idle power is below active power everywhere`() throws {
    for name in library.names {
      for type in try library.read(name).platform.elements.map(\.type) {
        #expect(type.idlePower < type.activePower, "\(name) \(type.name)")
        #expect(type.operators.allSatisfy { ($0.power ?? type.activePower) > type.idlePower })
      }
    }
  }

  @Test func `the published figures of NEURAghe are as they were published`() throws {
    for name in ["neuraghe-v1", "neuraghe-v2"] {
      let platform = try library.read(name).platform
      #expect(platform.peakRate == OperationsPerSecond(180.92e9) && platform.peakPower == Watts(10))
      let engine = try #require(platform.elements.last)
      #expect(engine.type.support(for: ["conv"]).rate == OperationsPerSecond(160e9))
      #expect(engine.type.activePower == Watts(10))
      #expect(platform.memories.map(\.capacity) == [1024 << 20])
    }
  }
}

extension CoreType {
  /// The energy of an operation of a convolution, with `idle` of the idle power taken off.
  fileprivate func joulesPerOperation(_ idle: Double) -> Double {
    guard let entry = support(for: ["conv"]).entry else { return .infinity }
    let power = (entry.power ?? activePower).value + idle * idlePower.value
    return power / entry.rate.value
  }
}

/// A walk over a description in our format that finds the figures of which nothing is said.
private struct FigureWalk {
  let top: DocumentFields

  init(_ document: DocumentNode) throws { top = try document.fields() }

  func unknown() throws -> [String] {
    if case .text("all")? = top["assumed"]?.value { return [] }
    var found = try unknown(top, ["peak_performance", "peak_power"])
    for node in try top.list("element_types") {
      let type = try node.fields()
      found += try unknown(
        type,
        [
          "performance", "cost", "local_memory", "overhead", "rounding", "power.active",
          "power.idle",
        ])
      for entry in try type.list("operators") {
        guard case .object = entry.value else { continue }
        let own = try unknown(try entry.fields(), ["performance", "power"])
        if try !knows(type, "operators") { found += own }
      }
    }
    return try found + unknownParts(top)
  }

  private func unknownParts(_ scope: DocumentFields) throws -> [String] {
    try scope.list("memories").flatMap { try unknown(try $0.fields(), ["size", "bandwidth"]) }
      + scope.list("links").flatMap {
        try unknown(try $0.fields(), ["bandwidth", "latency", "energy"])
      } + scope.list("clusters").flatMap { try unknownParts(try $0.fields()) }
  }

  private func unknown(_ part: DocumentFields, _ figures: [String]) throws -> [String] {
    try figures.filter { figure in
      let steps = figure.split(separator: ".").map(String.init)
      guard let value = part[steps[0]] else { return false }
      let isStated = try steps.count == 1 || value.fields()[steps[1]] != nil
      return try isStated && !knows(part, figure)
    }.map { "\(part.object.path).\($0)" }
  }

  private func knows(_ part: DocumentFields, _ figure: String) throws -> Bool {
    if case .text("all")? = part["assumed"]?.value { return true }
    let keys =
      try part.list("assumed").map { try $0.text() }
      + (part["sources"]?.members() ?? []).map(\.key)
    return keys.contains { figure == $0 || figure.hasPrefix("\($0).") }
  }
}
