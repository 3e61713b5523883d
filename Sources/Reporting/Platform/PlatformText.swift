import Figures
package import PlatformModel
import Quantities

/// What `inspect` shows of a platform.
package enum PlatformText {
  /// The elements in their clusters, what they can compute, and how they are connected.
  package static func text(_ platform: Platform, path: String) -> String {
    var text = "platform  \(platform.name)\nfile      \(path)\n"
    if let about = platform.about { text += "about     \(about)\n" }
    if let rate = platform.peakRate { text += "peak      \(UnitTable.rate.text(rate.value))\n" }
    if let power = platform.peakPower { text += "power     \(watts(power)) at most\n" }
    text += "\n\(types(platform).text())\n\(operators(platform).text())\n"
    text += elements(platform).text()
    if !platform.memories.isEmpty { text += "\n\(memories(platform).text())" }
    if !platform.links.isEmpty { text += "\n\(links(platform).text())" }
    if !platform.clusters.isEmpty {
      text += "\nclusters\n" + tree(platform.clusters, platform, "  ")
    }
    let assumed = platform.assumedFigures
    if !assumed.isEmpty { text += "\nassumed figures: \(assumed.text)\n" }
    return text
  }

  private static func distinctTypes(_ platform: Platform) -> [CoreType] {
    var seen: Set<String> = []
    return platform.elements.map(\.type).filter { seen.insert($0.name).inserted }
  }

  private static func types(_ platform: Platform) -> Table {
    var table = Table(columns: [
      Table.Column("type"), Table.Column("kind"), .number("peak"), .number("active"),
      .number("idle"), .number("cost"), .number("local memory"), Table.Column("access"),
      .number("overhead"), Table.Column("rounding"),
    ])
    for type in distinctTypes(platform) {
      table.append([
        type.name, type.kind.rawValue, type.peakRate.map { rate($0) } ?? "",
        watts(type.activePower),
        watts(type.idlePower), DecimalText.significant(type.cost),
        type.localMemory.map { size($0) } ?? "", type.access.rawValue,
        type.overhead > .zero ? EngineeringNumber.text(type.overhead.value, unit: "s") : "",
        roundingText(type.rounding),
      ])
    }
    return table
  }

  private static func roundingText(_ rounding: Rounding?) -> String {
    let kinds = [
      rounding?.operations.map { _ in "operations" }, rounding?.weights.map { _ in "weights" },
    ]
    return kinds.compactMap { $0 }.joined(separator: ", ")
  }

  private static func operators(_ platform: Platform) -> Table {
    var table = Table(columns: [
      Table.Column("type"), Table.Column("computes"), .number("rate"), .number("activations"),
      .number("weights"), .number("power"),
    ])
    for type in distinctTypes(platform) {
      for entry in type.operators {
        table.append([
          type.name, entry.pattern == .any ? "any operator" : entry.pattern.description,
          rate(entry.rate), entry.activationBits.map { "\($0) bit" } ?? "",
          entry.weightBits.map { "\($0) bit" } ?? "", entry.power.map { watts($0) } ?? "",
        ])
      }
    }
    return table
  }

  private static func elements(_ platform: Platform) -> Table {
    var table = Table(columns: [
      Table.Column("element"), Table.Column("type"), Table.Column("computes from"),
      Table.Column("activations in"), Table.Column("weights in"), Table.Column("output"),
    ])
    for element in platform.elements {
      let ports = [element.ports.activationsIn, element.ports.weightsIn, element.ports.outputOut]
      let cells = ports.map { port -> String in
        guard let link = port.link else { return "no limit" }
        let shared = element.ports.shared ? ", shared" : ""
        return "\(platform[link].name), \(bandwidth(platform[link].bandwidth))\(shared)"
      }
      table.append(
        [element.name, element.type.name, platform[element.dataMemory].name] + cells)
    }
    return table
  }

  private static func memories(_ platform: Platform) -> Table {
    var table = Table(columns: [Table.Column("memory"), .number("size"), .number("bandwidth")])
    for memory in platform.memories {
      table.append([
        memory.name, size(memory.capacity), memory.bandwidth.map { bandwidth($0) } ?? "no limit",
      ])
    }
    return table
  }

  private static func links(_ platform: Platform) -> Table {
    var table = Table(columns: [
      Table.Column("link"), .number("bandwidth"), .number("latency"), .number("energy"),
      Table.Column("between memories"),
    ])
    for link in platform.links {
      table.append([
        link.name, bandwidth(link.bandwidth), EngineeringNumber.text(link.latency.value, unit: "s"),
        EngineeringNumber.text(link.energyPerByte.value, unit: "J/B"),
        link.memories.map { platform[$0].name }.joined(separator: ", "),
      ])
    }
    return table
  }

  private static func tree(_ clusters: [Cluster], _ platform: Platform, _ indent: String) -> String
  {
    clusters.map { cluster in
      let names =
        cluster.elements.map { platform[$0].name } + cluster.memories.map { platform[$0].name }
        + cluster.links.map { platform[$0].name }
      return "\(indent)\(cluster.name): \(names.joined(separator: ", "))\n"
        + tree(cluster.clusters, platform, indent + "  ")
    }.joined()
  }

  private static func rate(_ rate: OperationsPerSecond) -> String {
    EngineeringNumber.text(rate.value, unit: "op/s")
  }
  private static func bandwidth(_ bandwidth: BytesPerSecond) -> String {
    EngineeringNumber.text(bandwidth.value, unit: "B/s")
  }
  private static func watts(_ power: Watts) -> String {
    EngineeringNumber.text(power.value, unit: "W")
  }
  private static func size(_ bytes: Int) -> String { UnitTable.size.text(Double(bytes)) }
}
