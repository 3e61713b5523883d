import Figures

extension ScheduleSummary {
  /// The schedule for people: its numbers, the actors, and the channels.
  package func text() -> String {
    let facts =
      [
        "period of an iteration  \(alpha) \(unit.name)",
        "latency                 \(latency) \(unit.name)",
        "utilisation             \(utilization), so \(processors) processor\(processors == 1 ? "" : "s")",
        "each task on one        \(partitioned)",
        "bottleneck              \(bottleneck)",
        "buffers                 \(totalBuffer) tokens, self-edges left out",
      ] + (power.map { ["power                   \($0.text())"] } ?? [])
    let actors = Table(
      columns: [
        Table.Column("actor"), .number("firings"), .number("time"), .number("period"),
        .number("deadline"), .number("start"),
      ], rows: actorRows)
    let channels = Table(
      columns: [
        Table.Column("channel"), Table.Column("from"), Table.Column("to"), .number("tokens"),
      ], rows: channelRows)
    return facts.joined(separator: "\n") + "\n\n" + actors.text() + "\n" + channels.text()
  }

  private var partitioned: String {
    partitionedProcessors.isEmpty
      ? "– (too many actors)"
      : partitionedProcessors.sorted { $0.key < $1.key }.map { "\($0.value) by \($0.key)" }
        .joined(separator: ", ")
  }
}
