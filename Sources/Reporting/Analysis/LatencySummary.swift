package import Dataflow
import Preparation

/// What `analyze --latency` says about two actors of a dataflow graph.
package struct LatencySummary: Encodable, Sendable {
  /// The name of the actor with whose firing the latency begins.
  package var from: String
  /// The name of the actor with whose firing the latency ends.
  package var to: String
  /// The longest in the self-timed execution; null where the first actor runs ahead without bounds, or
  /// a limit came first, as for all others.
  package var selfTimed: GraphTime?
  /// The least in any schedule.
  package var minimal: GraphTime?
  /// The least with which the self-timed execution can go on at full speed.
  package var minimalSelfTimed: GraphTime?
  /// The least on one processor.
  package var singleProcessor: GraphTime?
  /// No latency is below this.
  package var lowerBound: GraphTime
  /// What left an answer open.
  package var limit: AnalysisLimit?
  /// The end of the second actor's first firing when everything starts at 0.
  package var firstOutput: GraphTime?
  /// In the earliest 1-periodic schedule of the shortest period; null where there is none.
  package var onePeriodic: GraphTime?
  /// In the strictly periodic schedule, from the first useful firing of a source to the end of that of a
  /// sink; where the graph has cycles ``onePeriodic``.
  package var periodic: GraphTime?
  /// The time of the analysis alone.
  package var seconds: Double
  private var runsAhead = false
  private let chosen: LatencyEnds.Chosen
  private let unit: TimeUnit
  private let noStrictSchedule: String?

  /// Measures the latency between two actors, which ``LatencyEnds`` chooses where they are not named.
  ///
  /// - Parameter bounded: The graph with what bounds its channels, where it has no bounds of its own.
  /// - Throws: ``DataflowError``, ``RequestError`` for an actor that there is not.
  package init(
    _ graph: CSDFGraph, bounded: CSDFGraph? = nil, from: String?, to: String?,
    autoConcurrency: Bool, timeLimit: Duration? = nil
  ) throws {
    let ends = try LatencyEnds(in: graph, from: from, to: to)
    let (source, target) = (ends.source, ends.target)
    chosen = ends.chosen
    let clock = ContinuousClock()
    let start = clock.now
    let found = try DataflowLatency(
      of: bounded ?? graph, from: source, to: target, autoConcurrency: autoConcurrency,
      timeLimit: timeLimit)
    seconds = start.duration(to: clock.now).inSeconds
    self.from = graph[source].name
    self.to = graph[target].name
    unit = graph.timeUnit
    selfTimed = found.selfTimed.map { graph.time($0) }
    minimal = found.minimal.map { graph.time($0) }
    minimalSelfTimed = found.minimalSelfTimed.map { graph.time($0) }
    singleProcessor = found.singleProcessor.map { graph.time($0) }
    firstOutput = found.firstOutput.map { graph.time($0) }
    lowerBound = graph.time(found.lowerBound)
    limit = found.limit
    runsAhead = found.runsAhead
    onePeriodic = found.onePeriodic.map { graph.time($0) }
    do {
      periodic = graph.time(try StrictlyPeriodicSchedule(of: graph).latency)
      noStrictSchedule = nil
    } catch {
      periodic = onePeriodic
      if case .cyclic = error {
        noStrictSchedule = "the graph has cycles"
      } else {
        noStrictSchedule = error.message
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case from, to, chosen, selfTimed, minimal, minimalSelfTimed, singleProcessor, firstOutput
    case onePeriodic, periodic, lowerBound, limit, seconds
  }

  /// Writes nil values as null, so that scripts always find the keys.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(from, forKey: .from)
    try container.encode(to, forKey: .to)
    if chosen != .none { try container.encode(chosen.rawValue, forKey: .chosen) }
    try container.encode(selfTimed, forKey: .selfTimed)
    try container.encode(minimal, forKey: .minimal)
    try container.encode(minimalSelfTimed, forKey: .minimalSelfTimed)
    try container.encode(singleProcessor, forKey: .singleProcessor)
    try container.encode(firstOutput, forKey: .firstOutput)
    try container.encode(onePeriodic, forKey: .onePeriodic)
    try container.encode(periodic, forKey: .periodic)
    try container.encode(lowerBound, forKey: .lowerBound)
    try container.encodeIfPresent(limit, forKey: .limit)
    try container.encode(seconds, forKey: .seconds)
  }

  /// The answer for people.
  package func text() -> String {
    func value(_ number: GraphTime?) -> String { number.map { "\($0)" } ?? unknown }
    return """
      from \(from) to \(to)\(choice), in \(unit.name)
      self-timed                 \(runsAhead ? "– (\(from) runs ahead without bounds)" : value(selfTimed))
      least                      \(value(minimal))
      least at full speed        \(value(minimalSelfTimed))
      least on one processor     \(value(singleProcessor))
      first output               \(value(firstOutput))
      1-periodic                 \(onePeriodic.map { "\($0)" } ?? noOnePeriodic)
      strictly periodic          \(strictlyPeriodic)

      """
  }

  private var choice: String {
    switch chosen {
    case .none: ""
    case .from: " (the start is chosen; `from` names another)"
    case .to: " (the end is chosen; `to` names another)"
    case .both: " (chosen; `from` and `to` name others)"
    }
  }

  private var noOnePeriodic: String { limit == nil ? "– (no such schedule)" : "– (not known)" }

  private var strictlyPeriodic: String {
    if let noStrictSchedule { return "– (\(noStrictSchedule))" }
    return periodic.map { "\($0) (from source to sink)" } ?? "–"
  }

  private var unknown: String {
    let reason = limit.map { ", as \($0.description) came first" } ?? ""
    return "at least \(lowerBound)\(reason)"
  }
}
