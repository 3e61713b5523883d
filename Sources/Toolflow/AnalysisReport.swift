import Reporting

/// The answers of `analyze`: one alone stands for itself, several have a heading each.
package struct AnalysisReport: Encodable, Sendable {
  package var throughput: ThroughputSummary?
  package var periodic: PeriodicSummary?
  package var bottleneck: BottleneckSummary?
  package var latency: LatencySummary?
  package var buffers: BufferSummary?
  package var sps: ScheduleSummary?
  package var schedule: FiringTable?

  package init() {}

  /// The answers for machines.
  package func json() throws -> String {
    let answers: [(any Encodable)?] = [
      throughput, periodic, bottleneck, latency, buffers, sps, schedule,
    ]
    let given = answers.compactMap(\.self)
    if given.count == 1 { return try JSONText.encode(given[0]) }
    return try JSONText.encode(self)
  }

  /// The answers for people.
  package func text() -> String {
    let parts = [
      ("Throughput", throughput?.text()), ("Periodic schedules", periodic?.text()),
      ("Bottleneck", bottleneck?.text()),
      ("Latency", latency?.text()),
      ("Buffers", buffers?.text()), ("Strictly periodic schedule", sps?.text()),
      ("Schedule", schedule?.text()),
    ].compactMap { title, text in text.map { (title, $0) } }
    if parts.count == 1 { return parts[0].1 }
    return parts.map { "\($0.0)\n\n\($0.1)" }.joined(separator: "\n")
  }
}

extension BufferSummary {
  /// The answer for people.
  package func text() -> String {
    let points = Table(
      columns: [.number("tokens"), .number("period", unit: "ticks")],
      rows: pareto.map { ["\($0.total)", $0.period] })
    let channels = Table(
      columns: [
        Table.Column("channel"), Table.Column("from"), Table.Column("to"), .number("tokens"),
      ], rows: channelRows)
    let note = exact ? "" : "A limit ended the search: there may be more trade-offs.\n\n"
    guard let total else {
      return points.text() + "\n" + note + "No capacities are known for the shortest period.\n"
    }
    return points.text() + "\n" + note + "\(total) tokens for the shortest period:\n\n"
      + channels.text()
  }
}
