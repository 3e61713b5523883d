import PlatformModel
import Quantities
import RandomNumbers

/// Platforms that no one would build.
enum RandomPlatform {
  static func make(using random: inout SplitMix64) throws -> Platform {
    let memories = (0..<Int.random(in: 1...4, using: &random)).map { index in
      Memory(
        name: "memory \(index)", capacity: Int.random(in: 0...1 << 40, using: &random),
        bandwidth: Bool.random(using: &random) ? BytesPerSecond(value(&random)) : nil,
        origin: origin(["size"], &random))
    }
    let links = (0..<Int.random(in: 0...4, using: &random)).map { index in
      Link(
        name: "\(index)", bandwidth: BytesPerSecond(value(&random)),
        latency: StatedSeconds(value(&random) * 1e-9),
        energyPerByte: Joules(value(&random) * 1e-12),
        memories: memories.indices.filter { _ in Bool.random(using: &random) }
          .map { MemoryID($0) }, origin: origin(["bandwidth", "energy"], &random))
    }
    let types = (0..<3).map { type("type \($0)", &random) }
    let elements = (0..<Int.random(in: 1...6, using: &random)).map { index in
      Element(
        name: "element \(index)", type: types.randomElement(using: &random)!,
        dataMemory: MemoryID(Int.random(in: memories.indices, using: &random)),
        ports: ports(links, &random), host: index > 0 ? ElementID(0) : nil)
    }
    return try Platform(
      name: "yes", about: "no", elements: elements, memories: memories, links: links,
      peakRate: OperationsPerSecond(value(&random)), peakPower: Watts(value(&random)),
      origin: origin(["peak_performance", "peak_power"], &random))
  }

  /// An origin of some of the figures.
  private static func origin(
    _ figures: [String], _ random: inout SplitMix64
  ) -> FigureOrigin {
    let chosen = figures.filter { _ in Bool.random(using: &random) }
    let cut = Int.random(in: 0...chosen.count, using: &random)
    return FigureOrigin(
      sources: chosen.prefix(cut).map { .init($0, "a \"paper\": 1, #2 of \($0)") },
      assumed: Array(chosen.dropFirst(cut)))
  }

  private static func value(_ random: inout SplitMix64) -> Double {
    Double.random(in: 1e-3...1e15, using: &random)
  }

  private static func ports(
    _ links: [Link], _ random: inout SplitMix64
  ) -> Element.Ports {
    guard let link = links.indices.randomElement(using: &random) else { return Element.Ports() }
    func port(_ index: Int) -> Element.Port {
      Element.Port(bandwidth: links[index].bandwidth, link: LinkID(index))
    }
    if Bool.random(using: &random) {
      return Element.Ports(
        activationsIn: port(link), weightsIn: port(link), outputOut: port(link), shared: true)
    }
    return Element.Ports(activationsIn: port(link), outputOut: port(links.count - 1))
  }

  private static func type(_ name: String, _ random: inout SplitMix64) -> CoreType {
    let entries = ["conv", "conv+pool+relu", "fc", "*"].map { pattern in
      OperatorSupport(
        pattern: OperatorPattern(pattern)!, rate: OperationsPerSecond(value(&random)),
        activationBits: [nil, 8, 16].randomElement(using: &random)!,
        weightBits: [nil, 8, 4].randomElement(using: &random)!,
        power: Bool.random(using: &random) ? Watts(value(&random)) : nil,
        origin: origin(["performance"], &random))
    }
    let rounding = Rounding(
      operations: Rounding.Operations(
        inputMultiple: 12, outputMultiple: 4, computesSkippedOutputs: Bool.random(using: &random)),
      weights: Rounding.Weights(inputMultiple: 12, groupChannels: 3, groupWords: 28))
    return CoreType(
      name: name, kind: Bool.random(using: &random) ? .processor : .accelerator,
      peakRate: Bool.random(using: &random) ? OperationsPerSecond(value(&random)) : nil,
      operators: entries, activePower: Watts(value(&random)), idlePower: Watts(value(&random)),
      cost: value(&random), localMemory: Bool.random(using: &random) ? 12_345 : nil,
      access: Bool.random(using: &random) ? .copied : .streamed,
      overhead: StatedSeconds(value(&random) * 1e-12),
      rounding: Bool.random(using: &random) ? rounding : nil,
      origin: origin(["operators", "power.active", "power.idle", "cost", "overhead"], &random))
  }
}
