/// How fast a graph runs when every actor fires as soon as it can.
///
/// Without a cycle between them, strongly connected components only wait for those before them, so
/// the slowest sets the period. For each there are two exact methods, ``KPeriodicAnalysis`` and
/// ``SelfTimedAnalysis``, which agree.
///
/// ```swift
/// let throughput = try Throughput(of: graph)
/// throughput.period  // the ticks per iteration
/// throughput.criticalCycle  // the actors that set it
/// ```
package struct Throughput: Hashable, Sendable {
  /// What is known about the time per iteration of the graph.
  package let outcome: Outcome
  /// The actors on a cycle that sets the period, each once, or that waits for each other in a deadlock;
  /// empty where no cycle is known, as without a period or with more firings than can be recorded.
  package let criticalCycle: [CSDFGraph.ActorID]
  /// The channels of that cycle, self-edges of sequential actors left out, where they are known. With
  /// capacities, the free places of channel *c* are channel *c* + the number of channels, self-edges
  /// not counted.
  package let criticalChannels: [CSDFGraph.ChannelID]
  /// The methods that led to the outcome.
  package let methods: Set<Method>
  /// What ended the analysis where the outcome is bounded.
  package let limit: AnalysisLimit?

  /// The result of an analysis.
  package enum Outcome: Hashable, Sendable {
    /// The exact number of ticks per iteration; 0 when nothing limits the speed.
    case periodic(Fraction)
    /// The ticks per iteration lie between these; the limits ended the analysis before they met. When
    /// not even one iteration was affordable, the bounds hold if the graph does not deadlock.
    case bounded(lower: Fraction, upper: Fraction)
    /// These actors of one strongly connected component wait for each other for ever.
    case deadlock([CSDFGraph.ActorID])
  }

  /// A way to find the period.
  package enum Method: String, Hashable, Sendable, CaseIterable {
    /// The one that is likely to be fastest, and another if it does not end.
    case auto
    /// Periodic schedules of more and more firings.
    case kPeriodic = "k-periodic"
    /// Execution until it repeats.
    case selfTimed = "self-timed"
  }

  /// What to assume about actors and when to stop.
  package struct Options: Hashable, Sendable {
    /// The way to find the period.
    package var method = Method.auto
    /// Whether firings of an actor may overlap where no self-edge forbids it.
    package var autoConcurrency = false
    /// Whether to look for a cycle that sets the period where the method does not come with one.
    package var findsCycle = true
    /// The most iterations of each strongly connected component.
    package var iterationLimit = 100_000
    /// The most firings, with what they do at channels and the token times compared, over all components.
    package var firingLimit: Int64 = 4_000_000_000
    /// The most time; nil where there is no limit.
    package var timeLimit: Duration?

    /// Sequential actors and limits that keep a run below minutes.
    package init() {}
  }
}

extension Throughput {
  /// Whether no actors wait for each other for ever.
  package var isLive: Bool {
    if case .deadlock = outcome { false } else { true }
  }

  /// The exact ticks per iteration, `nil` when there is a deadlock or the limits ended the run.
  package var period: Fraction? {
    if case .periodic(let period) = outcome { return period }
    return nil
  }
}
