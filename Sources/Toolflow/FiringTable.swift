import Dataflow
import Reporting

/// What `analyze --schedule` says about the first iterations of a dataflow graph, in ticks.
package struct FiringTable: Encodable, Sendable {
  /// A firing.
  package struct Row: Encodable, Sendable {
    package var actor: String
    package var firing: Int64
    package var start: Int64
    package var end: Int64
  }

  /// The firings by their starts.
  package var firings: [Row]
  /// Whether all firings of the iterations could be made; false in a deadlock.
  package var complete: Bool
  private(set) var chart: GanttChart

  private enum CodingKeys: String, CodingKey { case firings, complete }

  /// Executes the first iterations of a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(_ graph: CSDFGraph, iterations: Int, autoConcurrency: Bool) throws {
    let schedule = try SelfTimedSchedule(
      of: graph, iterations: Int64(iterations), autoConcurrency: autoConcurrency)
    firings = schedule.firings.map {
      Row(actor: graph[$0.actor].name, firing: $0.number, start: $0.start, end: $0.end)
    }
    complete = schedule.isComplete
    let bars = schedule.firings.map { firing in
      let iteration = Int(firing.number / max(1, schedule.repetition[firing.actor.index]))
      return GanttChart.Bar(
        row: firing.actor.index, start: Double(firing.start), end: Double(firing.end),
        label: "\(graph[firing.actor].name), firing \(firing.number)\n"
          + "\(firing.start) to \(firing.end)", color: iteration)
    }
    chart = GanttChart(
      title: "\(graph.name): every actor as soon as it can", rows: graph.actors.map(\.name),
      bars: bars, horizontal: ChartAxis("Ticks"))
  }

  /// The firings drawn, a colour for each iteration.
  package func figure() -> Figure { chart.figure() }

  /// The answer for people.
  package func text() -> String {
    let table = Table(
      columns: [Table.Column("actor"), .number("firing"), .number("start"), .number("end")],
      rows: firings.map { [$0.actor, "\($0.firing)", "\($0.start)", "\($0.end)"] })
    return table.text() + (complete ? "" : "\nthen nothing more can fire\n")
  }
}
