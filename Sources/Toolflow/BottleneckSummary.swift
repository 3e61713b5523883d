import Dataflow
import Reporting

/// What `analyze --bottleneck` says about a dataflow graph.
package struct BottleneckSummary: Encodable, Sendable {
  /// An actor that is to blame.
  package struct Entry: Encodable, Sendable {
    package var actor: String
    /// The part of its time at which the bottleneck moves, as a fraction.
    package var turningPoint: String
    /// The period at that point, as a fraction.
    package var period: String
    /// The actors of the next bottleneck.
    package var next: [String]
  }

  /// Ticks per iteration as a fraction; null where it is not known, or nothing bounds it.
  package var period: String?
  /// In words, what bounds the throughput.
  package var boundBy: String
  package var actors: [String] = []
  package var channels: [String] = []
  package var entries: [Entry] = []

  /// Finds the bottleneck of a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(_ graph: CSDFGraph, options: Throughput.Options) throws {
    guard let report = try BottleneckReport(of: graph, options: options) else {
      let found = try Throughput(of: graph, options: options)
      boundBy =
        found.isLive
        ? (found.period == .zero ? "nothing" : "something that is not known within the limits")
        : "a deadlock of "
          + found.criticalCycle.prefix(12).map { graph[$0].name }.joined(separator: ", ")
          + (found.criticalCycle.count > 12 ? ", … (\(found.criticalCycle.count) actors)" : "")
      return
    }
    period = report.period.ratioText
    actors = report.cycle.map { graph[$0].name }
    channels = report.channels.map { graph[$0].name }
    let tokens = report.channels.reduce(0) { $0 + graph[$1].initialTokens }
    boundBy =
      actors.count == 1 && channels.isEmpty
      ? "the work of actor \(actors[0])"
      : "a cycle of \(actors.count) actors over \(channels.count) channels with \(tokens) tokens"
    entries = report.entries.map { entry in
      Entry(
        actor: graph[entry.actor].name, turningPoint: entry.turningPoint.ratioText,
        period: entry.period.ratioText, next: entry.nextCycle.map { graph[$0].name })
    }
  }

  /// The answer for people.
  package func text() -> String {
    let head = "bound by \(boundBy)\(period.map { ", \($0) ticks an iteration" } ?? "")\n"
    guard !entries.isEmpty else { return head }
    let table = Table(
      columns: [
        Table.Column("actor"), .number("moves at (of its time)"),
        .number("period there", unit: "ticks"), Table.Column("next bottleneck"),
      ],
      rows: entries.map {
        [$0.actor, $0.turningPoint, $0.period, $0.next.prefix(4).joined(separator: ", ")]
      })
    return head + "\n" + table.text()
  }
}
