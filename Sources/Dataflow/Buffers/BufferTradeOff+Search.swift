import GraphAlgorithms

extension BufferTradeOff {
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
    let deadline = Deadline(after: timeLimit)
    var options = Throughput.Options()
    options.autoConcurrency = autoConcurrency
    options.timeLimit = deadline.part(1, of: 4).remaining
    let unbounded = try Throughput(of: graph, options: options)
    options.timeLimit = nil
    options.method = .kPeriodic
    var search = try BufferSearch(graph, options)
    switch unbounded.outcome {
    case .deadlock:
      throw .noPeriod(
        graph: graph.name, cycle: unbounded.criticalCycle.map { graph[$0].name })
    case .bounded(let lower, _):
      (shortestPeriod, periodBound, isExact, limit) = (nil, lower, false, unbounded.limit)
      fastest = nil
    case .periodic(let shortest):
      (shortestPeriod, periodBound) = (shortest, shortest)
      limit = try search.run(
        upTo: shortest, evaluationLimit: evaluationLimit, until: deadline.part(1, of: 2))
      isExact = limit == nil
      // The period 0 may be out of reach.
      fastest =
        isExact
        ? search.points.last
        : shortest > .zero ? try search.fastest(shortest, until: deadline.part(3, of: 4)) : nil
    }
    points = search.points
    leastTotal = search.total
    // The last of an endless list is more than enough.
    let isEnough = fastest != nil || (shortestPeriod == .zero && !points.isEmpty)
    sufficient =
      isEnough
      ? nil
      : try SufficientCapacities(graph, autoConcurrency: autoConcurrency).point(
        periods: search.periods, until: deadline)
  }
}
