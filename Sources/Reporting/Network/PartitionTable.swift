package import Figures
package import NetworkModel
import Quantities

/// The table of partitions: one row per quantity, one column per partitioned network.
package enum PartitionTable {
  /// The rows of the table: a name, a unit, and what each column shows.
  private struct Quantity: Sendable {
    var name: String
    var text: @Sendable (PartitionSummary) -> String
  }

  private static let quantities: [Quantity] = [
    Quantity(name: "partitions (blocks)") { "\($0.partitions)" },
    Quantity(name: "processors") { "\($0.processors)" },
    Quantity(name: "utilisation") { decimal($0.utilization, places: 3) },
    Quantity(name: "period, strictly periodic") { time($0.periodS, $0.periodTicks) },
    Quantity(name: "period, self-timed") { selfTimedPeriod($0) },
    Quantity(name: "latency, strictly periodic") { time($0.latencyS, $0.latencyTicks) },
    Quantity(name: "dynamic energy per inference") {
      $0.energyJ.map { EngineeringNumber.text($0, unit: "J") } ?? "–"
    },
    Quantity(name: "memory") { bytes($0.memoryBytes) },
    Quantity(name: "of it weights") { bytes($0.weightBytes) },
    Quantity(name: "of it channels") { bytes($0.bufferBytes) },
    Quantity(name: "memory, strictly periodic") { bytes($0.periodicMemoryBytes) },
    Quantity(name: "memory, self-timed") { $0.selfTimedMemoryBytes.map { bytes($0) } ?? "–" },
    Quantity(name: "period, best mapping found") { mappedPeriod($0) },
    Quantity(name: "energy, best mapping found") {
      $0.mappedEnergyJ.map { EngineeringNumber.text($0, unit: "J") } ?? "–"
    },
    Quantity(name: "bottleneck") { $0.bottleneck },
    Quantity(name: "stopped because") { reason($0.stopReason) },
    Quantity(name: "partitioning took") { seconds($0.transformS) },
    Quantity(name: "evaluation took") { seconds($0.evaluationS) },
  ]

  /// The table of several partitioned networks.
  package static func table(_ columns: [PartitionSummary]) -> Table {
    let heads = columns.map { column in
      Table.Column.number(
        column.limit.map { "limit \($0)" }
          ?? (column.stopReason == "by_hand" ? "by hand" : "no limit"))
    }
    var table = Table(
      columns: [Table.Column("")] + heads,
      caption: "Each block on the slowest element that supports it; whole-tensor mode.")
    let isMapped = columns.contains { $0.mappingEvaluations != nil }
    for quantity in quantities where isMapped || !quantity.name.hasSuffix("mapping found") {
      table.append([quantity.name] + columns.map { quantity.text($0) })
    }
    return table
  }

  /// The table for a terminal, and below it why no mapping was found.
  package static func text(_ columns: [PartitionSummary]) -> String {
    table(columns).text()
      + columns.compactMap(\.mappingRefusal).map { "\n\($0)\n" }.joined()
  }

  /// The blocks that are in parts, one line for each block they were.
  package static func parts(_ graph: BlockGraph) -> String {
    var names: [(origin: String, parts: [String])] = []
    for block in graph.blocks where block.name != block.origin {
      if let index = names.firstIndex(where: { $0.origin == block.origin }) {
        names[index].parts.append(block.name)
      } else {
        names.append((block.origin, [block.name]))
      }
    }
    guard !names.isEmpty else { return "" }
    let table = Table(
      columns: [Table.Column("block"), Table.Column("is now")],
      rows: names.map { [$0.origin, $0.parts.joined(separator: ", ")] })
    return "\n" + table.text()
  }

  /// All numbers of the columns, for spreadsheets: one row per partitioned network.
  package static func csv(_ columns: [PartitionSummary]) -> String {
    var table = Table(
      columns: [
        "limit", "partitions", "processors", "utilization", "period_s", "self_timed_period_s",
        "latency_s", "energy_j", "memory_bytes", "weight_bytes", "buffer_bytes",
        "periodic_memory_bytes", "self_timed_memory_bytes", "bottleneck",
        "stop_reason", "mapped_period_s", "mapped_energy_j",
        "mapped_period_uncertainty_s",
      ].map { Table.Column($0) })
    for column in columns {
      table.append([
        column.limit.map { "\($0)" } ?? "", "\(column.partitions)", "\(column.processors)",
        "\(column.utilization)", text(column.periodS), text(column.selfTimedPeriodS),
        text(column.latencyS), text(column.energyJ),
        "\(column.memoryBytes)", "\(column.weightBytes)", "\(column.bufferBytes)",
        "\(column.periodicMemoryBytes)", column.selfTimedMemoryBytes.map { "\($0)" } ?? "",
        column.bottleneck, column.stopReason, text(column.mappedPeriodS),
        text(column.mappedEnergyJ), text(column.mappedPeriodUncertaintyS),
      ])
    }
    return table.csv()
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  private static func mappedPeriod(_ column: PartitionSummary) -> String {
    guard let period = column.mappedPeriodS, let width = column.mappedPeriodUncertaintyS else {
      return time(column.mappedPeriodS)
    }
    return UncertainText.text(period, width, unit: "s")
  }

  private static func selfTimedPeriod(_ column: PartitionSummary) -> String {
    if let seconds = column.selfTimedPeriodS { return Self.seconds(seconds) }
    guard let ticks = column.selfTimedPeriodTicks else { return "–" }
    return "\(ticks.hasSuffix("/1") ? String(ticks.dropLast(2)) : ticks) ticks"
  }

  /// Seconds with a platform, else ticks.
  private static func time(_ seconds: Double?, _ ticks: Int64) -> String {
    seconds.map { Self.seconds($0) } ?? "\(ticks) ticks"
  }

  private static func time(_ seconds: Double?) -> String {
    seconds.map { Self.seconds($0) } ?? "–"
  }

  private static func seconds(_ value: Double) -> String {
    EngineeringNumber.text(value, unit: "s")
  }

  private static func bytes(_ value: Int) -> String {
    EngineeringNumber.text(Double(value), unit: "B")
  }

  private static func decimal(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
    return "\((value * scale).rounded() / scale)"
  }

  private static func reason(_ code: String) -> String {
    code.split(separator: "_").joined(separator: " ")
  }
}

extension PartitionSummary {
  /// Why no mapping of the blocks is feasible; nil where one is, and where none was searched.
  package var mappingRefusal: String? {
    guard let mappingViolations else { return nil }
    let found = "\(partitions) blocks: no feasible mapping among \(mappingEvaluations ?? 0)"
    guard !mappingViolations.isEmpty else { return found }
    return "\(found): \(mappingViolations.joined(separator: "; "))"
  }
}
