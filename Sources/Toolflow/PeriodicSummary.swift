import Dataflow

/// What `analyze --periodic` says about a dataflow graph. Times are in ticks per iteration.
package struct PeriodicSummary: Encodable, Sendable {
  /// The period of the best schedule in which each phase starts once in a fixed time; null where there
  /// is none.
  package var onePeriodic: String?
  /// The period of the best schedule in which each firing of an actor starts a fixed time after the
  /// last; null where there is none.
  package var strictlyPeriodic: String?
  /// The time of the analysis alone.
  package var seconds: Double

  /// Analyses a graph.
  ///
  /// - Throws: ``DataflowError``.
  package init(_ graph: CSDFGraph, autoConcurrency: Bool) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let found = try PeriodicBounds(of: graph, autoConcurrency: autoConcurrency)
    seconds = start.duration(to: clock.now).inSeconds
    onePeriodic = found.onePeriodic?.ratioText
    strictlyPeriodic = found.strictlyPeriodic?.ratioText
  }

  private enum CodingKeys: String, CodingKey {
    case onePeriodic, strictlyPeriodic, seconds
  }

  /// Writes what there is not as null, since scripts ask for it.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(onePeriodic, forKey: .onePeriodic)
    try container.encode(strictlyPeriodic, forKey: .strictlyPeriodic)
    try container.encode(seconds, forKey: .seconds)
  }

  /// The answer for people.
  package func text() -> String {
    func row(_ name: String, _ period: String?) -> String {
      name + (period.map { "a period of \($0) ticks\n" } ?? "no such schedule\n")
    }
    return row("1-periodic         ", onePeriodic) + row("strictly periodic  ", strictlyPeriodic)
  }
}
