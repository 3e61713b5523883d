import GraphAlgorithms

/// Capacities that are surely enough for a live graph, without any search: those of its strictly
/// periodic schedule, or room for a whole iteration in every channel, with which one processor could
/// run it an iteration at a time.
///
/// Sources: as for ``StrictlyPeriodicSchedule``; the periodic admissible sequential schedule of Lee,
/// Messerschmitt 1987, "Static scheduling of synchronous data flow programs for digital signal processing",
/// IEEE Transactions on Computers C-36(1).
struct SufficientCapacities {
  private let graph: CSDFGraph
  private let candidates: [BufferTradeOff.Point]

  init(_ graph: CSDFGraph, autoConcurrency: Bool) throws(DataflowError) {
    self.graph = graph
    let repetition = try RepetitionVector(of: graph)
    candidates = [Self.periodic(graph), Self.iteration(graph, repetition)].compactMap(\.self)
  }

  /// The capacities of the shorter period that is proven in time; nil where all numbers are too
  /// large.
  func point(
    periods: BoundedPeriods, until deadline: Deadline
  ) throws(DataflowError) -> BufferTradeOff.Point? {
    var best: BufferTradeOff.Point?
    for (index, candidate) in candidates.enumerated() {
      let share = deadline.part(1, of: candidates.count - index)
      let capacities = periods.channels.map { candidate.capacities[$0] }
      let bound = try periods.upperBound(capacities, until: share) ?? candidate.period
      let point = BufferTradeOff.Point(
        capacities: candidate.capacities, total: candidate.total,
        period: min(bound, candidate.period))
      if best.map({ (point.period, point.total) < ($0.period, $0.total) }) ?? true { best = point }
    }
    return best
  }

  private static func point(
    _ graph: CSDFGraph, _ capacities: [Int64], _ period: Fraction
  ) -> BufferTradeOff.Point? {
    let bounded = zip(graph.channels, capacities).filter { !$0.0.isSelfEdge }.map(\.1)
    guard let total = try? bounded.checkedTotal() else { return nil }
    return BufferTradeOff.Point(capacities: capacities, total: total, period: period)
  }

  private static func periodic(_ graph: CSDFGraph) -> BufferTradeOff.Point? {
    guard let schedule = try? StrictlyPeriodicSchedule(of: graph) else { return nil }
    return point(graph, schedule.bufferSizes, Fraction(schedule.iterationPeriod))
  }

  private static func iteration(
    _ graph: CSDFGraph, _ repetition: RepetitionVector
  ) -> BufferTradeOff.Point? {
    var capacities: [Int64] = []
    for channel in graph.channels {
      let extra = channel.isSelfEdge ? 0 : channel.tokens(in: repetition, of: graph)
      guard let extra, let capacity = checkedSum(channel.initialTokens, extra) else { return nil }
      capacities.append(capacity)
    }
    var work = Int128(0)
    for (actor, firings) in zip(graph.actors, repetition.firings) {
      let turn = actor.executionTimes.reduce(Int128(0)) { $0 + Int128($1) }
      let (time, overflow) = turn.multipliedReportingOverflow(
        by: Int128(firings / Int64(actor.executionTimes.count)))
      guard !overflow, time < Int128(1) << 100 else { return nil }
      work += time
    }
    return Fraction(reducing: work, over: 1).flatMap { point(graph, capacities, $0) }
  }
}
