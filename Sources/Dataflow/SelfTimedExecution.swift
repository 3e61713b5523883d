import GraphAlgorithms

/// How fast a graph runs when every actor fires as soon as it can.
///
/// Method: the throughput analysis of Ghamarian et al. 2006, "Throughput analysis of synchronous
/// data flow graphs", ACSD, DOI 10.1109/ACSD.2006.33, one strongly connected component at a time,
/// with the max-plus view of an iteration of Geilen and Stuijk 2010, "Worst-case performance
/// analysis of synchronous dataflow scenarios", CODES+ISSS. We differ in executing without a clock:
/// tokens carry the time at which they were written. One iteration maps these times *x* to new ones
/// *f(x)*, and *f* is monotone and commutes with adding a constant, so the differences between *x*
/// and *f^m(x)*, divided by *m*, enclose the period; when they are all equal it is exact.
package struct SelfTimedExecution: Hashable, Sendable {
  /// What is known about the time per iteration of the graph.
  package let outcome: Outcome

  /// The result of an execution.
  package enum Outcome: Hashable, Sendable {
    /// The exact number of ticks per iteration; 0 when nothing limits the speed.
    case periodic(Fraction)
    /// The ticks per iteration lie between these; the limits ended the run before they met. When
    /// not even one iteration was affordable, the bounds hold if the graph does not deadlock.
    case bounded(lower: Fraction, upper: Fraction)
    /// These actors of one strongly connected component never finish an iteration.
    case deadlock([CSDFGraph.ActorID])
  }

  /// What to assume about actors and when to stop.
  package struct Options: Hashable, Sendable {
    /// Whether firings of an actor may overlap where no self-edge forbids it.
    package var autoConcurrency = false
    /// The most iterations of each strongly connected component.
    package var iterationLimit = 100_000
    /// The most firings, compared token times included, over all components.
    package var firingLimit: Int64 = 50_000_000

    /// Sequential actors and limits that keep a run below minutes.
    package init() {}
  }

  /// Executes a graph until its behaviour repeats.
  ///
  /// - Parameters:
  ///   - graph: A consistent graph.
  ///   - capacities: For each channel the tokens it can hold, initial tokens included; without it the
  ///     channels are unbounded. A place is taken when the writing firing starts and is free again when the
  ///     reading firing ends. Self-edges are never bounded.
  ///   - options: The treatment of actors and the limits.
  /// - Throws: ``DataflowError`` for an inconsistent graph, capacities that do not fit the graph, or times
  ///   and token counts beyond 64 bits.
  package init(
    of graph: CSDFGraph, capacities: [Int64]? = nil, options: Options = Options()
  ) throws(DataflowError) {
    let repetition = try RepetitionVector(of: graph)
    let bounded = try capacities.map { capacities throws(DataflowError) in
      try graph.bounded(by: capacities)
    }
    outcome = try SelfTimedAnalysis(bounded ?? graph, repetition, options).run()
  }

  /// The exact ticks per iteration, `nil` when there is a deadlock or the limits ended the run.
  package var period: Fraction? {
    if case .periodic(let period) = outcome { return period }
    return nil
  }
}
