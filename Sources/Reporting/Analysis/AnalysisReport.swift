import Dataflow
import Diagnostics
import Documents
import Figures

/// The answers of `analyze`: one alone stands for itself, several have a heading each.
package struct AnalysisReport: Encodable, Sendable {
  /// The period and the throughput; nil where they were not asked for or have no answer.
  package var throughput: ThroughputSummary?
  /// The comparison of periodic schedules; nil where it was not asked for or has no answer.
  package var periodic: PeriodicSummary?
  /// What bounds the throughput; nil where it was not asked for or has no answer.
  package var bottleneck: BottleneckSummary?
  /// The latency between two actors; nil where it was not asked for or has no answer.
  package var latency: LatencySummary?
  /// The trade-offs of buffer sizes and period; nil where they were not asked for or have none.
  package var buffers: BufferSummary?
  /// The strictly periodic schedule; nil where it was not asked for or does not exist.
  package var sps: ScheduleSummary?
  /// The firings of the first iterations; nil where they were not asked for.
  package var schedule: FiringTable?
  /// Why parts have no answer, by their names, where all were asked for.
  package var unanswered: [String: String]?

  /// A report without any answer yet.
  package init() {}

  private enum CodingKeys: String, CodingKey {
    case throughput, periodic, bottleneck, latency, buffers, sps, schedule, unanswered
  }

  /// Adds a part.
  ///
  /// - Parameters:
  ///   - isOneOfAll: Whether a part without an answer leaves the others as they are.
  ///   - answer: Makes the part.
  /// - Throws: What the part throws, unless it is one of all.
  package mutating func add<Answer>(
    _ part: WritableKeyPath<AnalysisReport, Answer?>, named name: String, isOneOfAll: Bool,
    _ answer: () throws -> Answer
  ) throws {
    do {
      self[keyPath: part] = try answer()
    } catch let error as any UserFacingError where isOneOfAll {
      unanswered = (unanswered ?? [:]).merging([name: error.message]) { $1 }
    }
  }

  /// Whether the period was asked for and came from the work of single actors, without any method.
  package var isWorkAlone: Bool {
    let periods = [throughput?.isWorkAlone, bottleneck?.isWorkAlone].compactMap(\.self)
    return !periods.isEmpty && periods.allSatisfy(\.self)
  }

  /// Whether no part has an answer.
  package var isEmpty: Bool {
    let answers: [(any Encodable)?] = [
      throughput, periodic, bottleneck, latency, buffers, sps, schedule,
    ]
    return answers.allSatisfy { $0 == nil }
  }

  /// The answers for machines.
  package func json() throws -> String {
    let answers: [(any Encodable)?] = [
      throughput, periodic, bottleneck, latency, buffers, sps, schedule,
    ]
    let given = answers.compactMap(\.self)
    if given.count == 1, unanswered == nil { return try JSONText.encode(given[0]) }
    return try JSONText.encode(self)
  }

  /// The answers for people.
  package func text() -> String {
    let parts = [
      ("Throughput", "throughput", throughput?.text()),
      ("Periodic schedules", "periodic", periodic?.text()),
      ("Bottleneck", "bottleneck", bottleneck?.text()), ("Latency", "latency", latency?.text()),
      ("Buffers", "buffers", buffers?.text()), ("Strictly periodic schedule", "sps", sps?.text()),
      ("Schedule", "schedule", schedule?.text()),
    ].compactMap { title, name, text in
      (text ?? unanswered?[name].map { "no answer: \($0)\n" }).map { (title, $0) }
    }
    if parts.count == 1 { return parts[0].1 }
    return parts.map { "\($0.0)\n\n\($0.1)" }.joined(separator: "\n")
  }
}

extension BufferSummary {
  /// The answer for people.
  package func text() -> String {
    let points = Table(
      columns: [.number("tokens"), .number("period", unit: unit.name)],
      rows: pareto.map { ["\($0.total)", $0.period] })
    let channels = Table(
      columns: [
        Table.Column("channel"), Table.Column("from"), Table.Column("to"), .number("tokens"),
      ], rows: channelRows)
    return points.text() + "\n" + note + (total == nil ? "" : head + ":\n\n" + channels.text())
  }

  /// What the tokens of the channels are enough for.
  private var head: String {
    let tokens = "\(total ?? 0) tokens"
    if reachesShortest { return "\(tokens) for the shortest period" }
    return "\(tokens) for a period of at most \(period ?? "–") \(unit.name)"
  }

  private var note: String {
    if exact { return "" }
    let reason = limit.map { "\($0.description) ended the search" } ?? "the search ended early"
    return "Bounds, as \(reason): no period is shorter than \(lowerBound) \(unit.name), and fewer "
      + "than \(leastTotal) tokens allow \(pareto.isEmpty ? "none" : "none shorter than those above").\n"
      + (total == nil ? "No capacities are known that are surely enough.\n" : "") + "\n"
  }
}
