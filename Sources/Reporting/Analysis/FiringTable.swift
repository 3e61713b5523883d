package import Dataflow
package import Figures
import Preparation

/// What `analyze --schedule` says about the first iterations of a dataflow graph.
package struct FiringTable: Encodable, Sendable {
  /// A firing.
  package struct Row: Encodable, Sendable {
    /// The name of the actor that fires.
    package var actor: String
    /// The number of the firing among those of its actor, from 0.
    package var firing: Int64
    /// The start of the firing, in the unit of the graph's times.
    package var start: GraphTime
    /// The end of the firing, in the unit of the graph's times.
    package var end: GraphTime
  }

  /// The firings by their starts.
  package var firings: [Row]
  /// Whether all firings of the iterations were executed; false in a deadlock.
  package var complete: Bool
  /// The limit that ended the execution where it was neither complete nor in a deadlock.
  package var limit: AnalysisLimit?
  private let schedule: SelfTimedSchedule
  private let graph: CSDFGraph

  private enum CodingKeys: String, CodingKey { case firings, complete, limit }

  /// Executes the first iterations of a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(
    _ graph: CSDFGraph, iterations: Int, autoConcurrency: Bool, timeLimit: Duration? = nil
  ) throws {
    let schedule = try SelfTimedSchedule(
      of: graph, iterations: Int64(iterations), autoConcurrency: autoConcurrency,
      timeLimit: timeLimit)
    firings = schedule.firings.map {
      Row(
        actor: graph[$0.actor].name, firing: $0.number, start: graph.time($0.start),
        end: graph.time($0.end))
    }
    complete = schedule.isComplete
    limit = schedule.limit
    self.schedule = schedule
    self.graph = graph
  }

  /// The firings drawn, a colour for each iteration.
  package func figure() -> Figure {
    let unit = graph.timeUnit
    let bars = schedule.firings.map { firing in
      let iteration = Int(firing.number / max(1, schedule.repetition[firing.actor.index]))
      return GanttChart.Bar(
        row: firing.actor.index, start: graph.time(firing.start).doubleValue,
        end: graph.time(firing.end).doubleValue,
        label: "\(graph[firing.actor].name), firing \(firing.number)\n"
          + "\(graph.time(firing.start)) to \(graph.time(firing.end))", color: iteration)
    }
    return GanttChart(
      title: "\(graph.name): every actor as soon as it can", rows: graph.actors.map(\.name),
      bars: bars, horizontal: ChartAxis(unit == .tick ? "Ticks" : "Time units")
    ).figure()
  }

  /// The answer for people.
  package func text() -> String {
    let table = Table(
      columns: [Table.Column("actor"), .number("firing"), .number("start"), .number("end")],
      rows: firings.map { [$0.actor, "\($0.firing)", "\($0.start)", "\($0.end)"] })
    let reason = limit.map { "\($0.description) ended the execution" }
    return table.text() + (complete ? "" : "\n\(reason ?? "then nothing more can fire")\n")
  }
}
