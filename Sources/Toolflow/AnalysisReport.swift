/// The answers of `analyze`: one alone stands for itself, several have a heading each.
package struct AnalysisReport: Encodable, Sendable {
  package var throughput: ThroughputSummary?
  package var sps: ScheduleSummary?

  package init() {}

  /// The answers for machines.
  package func json() throws -> String {
    switch (throughput, sps) {
    case (let throughput?, nil): try JSONText.encode(throughput)
    case (nil, let sps?): try JSONText.encode(sps)
    default: try JSONText.encode(self)
    }
  }

  /// The answers for people.
  package func text() -> String {
    let parts = [
      ("Throughput", throughput?.text()), ("Strictly periodic schedule", sps?.text()),
    ].compactMap { title, text in text.map { (title, $0) } }
    if parts.count == 1 { return parts[0].1 }
    return parts.map { "\($0.0)\n\n\($0.1)" }.joined(separator: "\n")
  }
}
