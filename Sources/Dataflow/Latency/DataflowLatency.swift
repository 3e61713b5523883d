import GraphAlgorithms

/// The time from the start of a firing of one actor to the end of the firing of another that
/// depends on it.
///
/// Source: Ghamarian, Stuijk, Basten, Geilen, Theelen 2007, "Latency minimization for synchronous
/// data flow graphs", DSD, DOI 10.1109/DSD.2007.4341468. Firing *q_A · i* of the first actor goes
/// with firing *q_B · (i + ⌊D / q_B⌋ + 1) − 1* of the second, *D* being the firings of the second
/// that are possible before the first ever fires. Times are in ticks.
package struct DataflowLatency: Hashable, Sendable {
  /// The longest in the self-timed execution; nil where the first actor runs ahead without bounds, or
  /// where a limit came first.
  package let selfTimed: Int64?
  /// Whether the first actor runs ahead without bounds when it fires as soon as it can.
  package let runsAhead: Bool
  /// The least in any schedule, in which only what the second actor needs is executed; nil where a
  /// limit came first.
  package let minimal: Int64?
  /// The least with which the self-timed execution can go on at full speed; nil where a limit came
  /// first.
  package let minimalSelfTimed: Int64?
  /// The least on one processor; nil where a limit came first.
  package let singleProcessor: Int64?
  /// The end of the second actor's first firing when all actors start at 0 and fire as soon as they
  /// can; nil where a limit came first.
  package let firstOutput: Int64?
  /// That of the earliest 1-periodic schedule of the shortest period; nil where there is none, or where a
  /// limit came first.
  package let onePeriodic: Fraction?
  /// No schedule has a shorter latency: the least time of all actors on a way from the first to the
  /// second.
  package let lowerBound: Int64
  /// The limit that left an answer open; nil where none did.
  package let limit: AnalysisLimit?

  /// Measures the latency.
  ///
  /// - Parameter timeLimit: The most time.
  /// - Throws: ``DataflowError`` for an inconsistent or deadlocked graph, or where the second actor does
  ///   not depend on the first.
  package init(
    of graph: CSDFGraph, from source: CSDFGraph.ActorID, to target: CSDFGraph.ActorID,
    autoConcurrency: Bool = false, timeLimit: Duration? = nil
  ) throws(DataflowError) {
    let deadline = Deadline(after: timeLimit)
    let repetition = try RepetitionVector(of: graph)
    guard let path = graph.leastTime(from: source.index, to: target.index) else {
      throw .independent(actor: graph[target].name, of: graph[source].name)
    }
    lowerBound = try path.orOverflow("latency")
    var measurement = LatencyMeasurement(
      graph: graph, firings: repetition.firings, source: source.index, target: target.index,
      autoConcurrency: autoConcurrency, deadline: deadline)
    runsAhead = !measurement.isStronglyConnected
    firstOutput = try measurement.firstOutput()
    let isPrepared = try measurement.prepare()
    minimal = isPrepared ? try measurement.minimal() : nil
    minimalSelfTimed = minimal
    singleProcessor = isPrepared ? try measurement.work() : nil
    onePeriodic = isPrepared ? try measurement.onePeriodic() : nil
    selfTimed = isPrepared && !runsAhead ? try measurement.selfTimed() : nil
    limit = measurement.limit
  }
}

extension CSDFGraph {
  /// The least time that the actors on a way take when each fires once in its shortest phase; nil
  /// where there is no way, and within that nil where the time does not fit.
  fileprivate func leastTime(from source: Int, to target: Int) -> Int64?? {
    let least = actors.map { $0.executionTimes.min() ?? 0 }
    let topology = actorGraph().graph
    var times: [Int64?] = actors.map { _ in nil }
    var heap = MinHeap<Way>()
    heap.insert(Way(time: least[source], actor: source))
    while let way = heap.popMin() {
      guard times[way.actor] == nil else { continue }
      times[way.actor] = way.time
      if way.actor == target { return way.time }
      for next in topology.successors(of: way.actor) where times[next] == nil {
        guard let time = checkedSum(way.time, least[next]) else { return .some(nil) }
        heap.insert(Way(time: time, actor: next))
      }
    }
    return nil
  }
}

/// The time to an actor.
private struct Way: Comparable {
  var time: Int64
  var actor: Int

  static func < (a: Way, b: Way) -> Bool { (a.time, a.actor) < (b.time, b.actor) }
}
