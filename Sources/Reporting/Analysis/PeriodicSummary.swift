package import Dataflow
import Preparation

/// What `analyze --periodic` says about a dataflow graph. Times are in time units per iteration.
package struct PeriodicSummary: Encodable, Sendable {
  /// The period of the best schedule in which each phase starts once in a fixed time; null where there
  /// is none.
  package var onePeriodic: String?
  /// The period of the best schedule in which each firing of an actor starts a fixed time after the
  /// last; null where there is none.
  package var strictlyPeriodic: String?
  /// What left a period open, which then is null.
  package var limit: AnalysisLimit?
  /// The time of the analysis alone.
  package var seconds: Double
  private let unit: TimeUnit

  /// Analyses a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(
    _ graph: CSDFGraph, autoConcurrency: Bool, timeLimit: Duration? = nil
  ) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try PeriodicBounds(
      of: graph, autoConcurrency: autoConcurrency, timeLimit: timeLimit)
    seconds = start.duration(to: clock.now).inSeconds
    limit = found.limit
    unit = graph.timeUnit
    onePeriodic = found.onePeriodic.map { graph.time($0).ratio }
    strictlyPeriodic = found.strictlyPeriodic.map { graph.time($0).ratio }
  }

  private enum CodingKeys: String, CodingKey {
    case onePeriodic, strictlyPeriodic, limit, seconds
  }

  /// Writes nil values as null, so that scripts always find the keys.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(onePeriodic, forKey: .onePeriodic)
    try container.encode(strictlyPeriodic, forKey: .strictlyPeriodic)
    try container.encodeIfPresent(limit, forKey: .limit)
    try container.encode(seconds, forKey: .seconds)
  }

  /// The answer for people.
  package func text() -> String {
    func row(_ name: String, _ period: String?) -> String {
      let none = limit.map { "not known, as \($0.description) ended the search" }
      return name + (period.map { "a period of \($0) \(unit.name)" } ?? none ?? "no such schedule")
        + "\n"
    }
    return row("1-periodic         ", onePeriodic) + row("strictly periodic  ", strictlyPeriodic)
  }
}
