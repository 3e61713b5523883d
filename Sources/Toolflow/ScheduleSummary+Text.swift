import Reporting

extension ScheduleSummary {
  /// The schedule for people: its numbers, the actors, and the channels.
  package func text() -> String {
    let facts = [
      "period of an iteration  \(alpha) ticks",
      "latency                 \(latency) ticks",
      "utilisation             \(utilization), so \(processors) processors",
      "bottleneck              \(bottleneck)",
      "buffers                 \(totalBuffer) tokens, self-edges left out",
    ]
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
}
