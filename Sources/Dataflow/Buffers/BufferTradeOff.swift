/// The capacities of channels that no others beat: fewer tokens in all, or a shorter period.
///
/// Source: Stuijk, Geilen, Basten 2008, "Throughput-buffering trade-off exploration for cyclo-static
/// and synchronous dataflow graphs", IEEE Transactions on Computers 57(10), DOI
/// 10.1109/TC.2008.58: from the least capacities on, in the order of their sum, one of the channels
/// whose places lie on a critical cycle gets a step more. Who wants a shorter period must give one
/// channel of that cycle more, so that nothing is missed.
package struct BufferTradeOff: Hashable, Sendable {
  /// Capacities with what they lead to.
  package struct Point: Hashable, Sendable {
    /// For each channel the tokens it can hold, initial tokens included; those alone for a self-edge.
    package let capacities: [Int64]
    /// The sum over all channels that are not self-edges.
    package let total: Int64
    /// The ticks per iteration.
    package let period: Fraction
  }

  /// The trade-offs, the fewest tokens first; at most 100 where no capacities reach the period
  /// without bounds, as it is 0 and there is no end to them.
  package let points: [Point]
  /// Capacities of the shortest period; the fewest tokens that lead to it where the trade-offs are
  /// exact, otherwise few from which no channel alone can give one up.
  package let fastest: Point?
  /// Whether these are all, up to the period without bounds; otherwise a limit ended the search.
  package let isExact: Bool
  /// The period without bounds.
  package let shortestPeriod: Fraction

  /// Explores the capacities of a graph.
  ///
  /// - Parameters:
  ///   - graph: A consistent graph.
  ///   - autoConcurrency: Whether firings of an actor may overlap where no self-edge forbids it.
  ///   - evaluationLimit: The most capacities that are tried.
  ///   - timeLimit: The most time.
  /// - Throws: ``DataflowError``, also where the graph deadlocks whatever the capacities.
  package init(
    of graph: CSDFGraph, autoConcurrency: Bool = false, evaluationLimit: Int = 200_000,
    timeLimit: Duration? = nil
  ) throws(DataflowError) {
    var options = Throughput.Options()
    options.autoConcurrency = autoConcurrency
    options.timeLimit = timeLimit
    let unbounded = try Throughput(of: graph, options: options)
    guard let shortest = unbounded.period else {
      throw .noPeriod(
        graph: graph.name, cycle: unbounded.criticalCycle.map { graph[$0].name })
    }
    shortestPeriod = shortest
    options.method = .kPeriodic
    var search = try BufferSearch(graph, options)
    isExact = try search.run(until: shortest, evaluationLimit: evaluationLimit, timeLimit)
    points = search.points
    let isReachable = shortest > .zero || isExact
    fastest = isExact ? points.last : isReachable ? try search.fastest(shortest, timeLimit) : nil
  }
}

/// The search in the order of the sum of the capacities.
private struct BufferSearch {
  private let graph: CSDFGraph
  private let periods: BoundedPeriods
  private let least: [Int64]
  private let steps: [Int64]
  /// The capacities to try, by their sum.
  private var waiting: [Int64: Set<[Int64]>] = [:]
  private(set) var points: [BufferTradeOff.Point] = []
  /// The numbers that wait, of which only so many fit the memory.
  private var stored = 0
  private static let largestStore = 40_000_000
  /// The points after which a search for the period 0 ends, which may be out of reach.
  private static let pointLimit = 100

  init(_ graph: CSDFGraph, _ options: Throughput.Options) throws(DataflowError) {
    self.graph = graph
    var (least, steps): ([Int64], [Int64]) = ([], [])
    for channel in graph.channels {
      if channel.isSelfEdge {
        least.append(channel.initialTokens)
        steps.append(1)
      } else {
        let capacity = try ChannelCapacity(of: channel)
        least.append(capacity.least)
        steps.append(capacity.step)
      }
    }
    periods = try BoundedPeriods(graph, least: least, options: options)
    self.steps = periods.channels.map { steps[$0] }
    self.least = periods.channels.map { least[$0] }
    try add(self.least)
  }

  private mutating func add(_ capacities: [Int64]) throws(DataflowError) {
    let isNew = waiting[try total(of: capacities), default: []].insert(capacities).inserted
    if isNew { stored += capacities.count }
  }

  private func total(of capacities: [Int64]) throws(DataflowError) -> Int64 {
    var total: Int64 = 0
    for capacity in capacities { total = try more(total, capacity) }
    return total
  }

  private func more(_ capacity: Int64, _ step: Int64) throws(DataflowError) -> Int64 {
    let (sum, overflow) = capacity.addingReportingOverflow(step)
    if overflow { throw .overflow(quantity: "the total of the buffer capacities") }
    return sum
  }

  private func isPast(_ deadline: ContinuousClock.Instant?) -> Bool {
    deadline.map { ContinuousClock.now >= $0 } ?? false
  }

  /// Tries capacities until one reaches a period; false where a limit ends it.
  mutating func run(
    until shortest: Fraction, evaluationLimit: Int, _ timeLimit: Duration?
  ) throws(DataflowError) -> Bool {
    let deadline = timeLimit.map { ContinuousClock.now.advanced(by: $0) }
    var evaluations = 0
    while let total = waiting.keys.min(), let list = waiting.removeValue(forKey: total) {
      stored -= list.count * least.count
      var best: (capacities: [Int64], period: Fraction)?
      for capacities in list.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        evaluations += 1
        guard evaluations <= evaluationLimit, stored <= Self.largestStore, !isPast(deadline),
          let found = try periods.evaluate(capacities, deadline: deadline)
        else { return false }
        if let period = found.period, best.map({ period < $0.period }) ?? true {
          best = (capacities, period)
        }
        for place in Set(found.critical) {
          var next = capacities
          next[place] = try more(capacities[place], steps[place])
          try add(next)
        }
      }
      guard let best, points.last.map({ best.period < $0.period }) ?? true else { continue }
      points.append(point(best.capacities, total, best.period))
      if best.period <= shortest { return true }
      if shortest == .zero, points.count == Self.pointLimit { return false }
    }
    return false
  }

  /// Gives all places of critical cycles more until the period is reached, then takes from each
  /// channel what it does not need.
  ///
  /// - Returns: nil where that takes longer than the limit of time once more.
  mutating func fastest(
    _ shortest: Fraction, _ timeLimit: Duration?
  ) throws(DataflowError) -> BufferTradeOff.Point? {
    let deadline = timeLimit.map { ContinuousClock.now.advanced(by: $0) }
    var capacities = least
    for _ in 0..<10_000 {
      guard !isPast(deadline),
        let found = try periods.evaluate(capacities, deadline: deadline)
      else { return nil }
      if let period = found.period, period <= shortest { break }
      guard !found.critical.isEmpty else { return nil }
      for place in Set(found.critical) {
        let extra = max(1, capacities[place] / 4 / steps[place]) * steps[place]
        capacities[place] = try more(capacities[place], extra)
      }
    }
    for place in capacities.indices {
      var (lower, upper) = (Int64(0), (capacities[place] - least[place]) / steps[place])
      while lower < upper {
        let middle = (lower + upper) / 2
        capacities[place] = least[place] + middle * steps[place]
        guard !isPast(deadline) else { return nil }
        let period = try periods.evaluate(capacities, deadline: deadline)?.period
        if let period, period <= shortest { upper = middle } else { lower = middle + 1 }
      }
      capacities[place] = least[place] + upper * steps[place]
    }
    guard let period = try periods.evaluate(capacities, deadline: deadline)?.period else {
      return nil
    }
    return point(capacities, try total(of: capacities), period)
  }

  private func point(
    _ capacities: [Int64], _ total: Int64, _ period: Fraction
  ) -> BufferTradeOff.Point {
    var all = graph.channels.map(\.initialTokens)
    for (channel, capacity) in zip(periods.channels, capacities) { all[channel] = capacity }
    return BufferTradeOff.Point(capacities: all, total: total, period: period)
  }
}
