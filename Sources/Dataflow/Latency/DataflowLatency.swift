/// The time from the start of a firing of one actor to the end of the firing of another that
/// depends on it.
///
/// Source: Ghamarian, Stuijk, Basten, Geilen, Theelen 2007, "Latency minimization for synchronous
/// data flow graphs", DSD, DOI 10.1109/DSD.2007.4341468. Firing *q_A · i* of the first actor goes
/// with firing *q_B · (i + ⌊D / q_B⌋ + 1) − 1* of the second, *D* being the firings of the second
/// that are possible before the first ever fires.
package struct DataflowLatency: Hashable, Sendable {
  /// The longest in the self-timed execution; nil where the first actor runs ahead without bounds.
  package let selfTimed: Int64?
  /// The least in any schedule: only what the second actor needs is executed.
  package let minimal: Int64
  /// The least with which the self-timed execution can go on at full speed.
  package let minimalSelfTimed: Int64
  /// The least on one processor.
  package let singleProcessor: Int64

  /// The most firings that are executed.
  static let firingLimit: Int128 = 100_000_000

  /// Measures the latency.
  ///
  /// - Throws: ``DataflowError`` for an inconsistent or deadlocked graph, where the second actor does not
  ///   depend on the first, or where it would take too many firings.
  package init(
    of graph: CSDFGraph, from source: CSDFGraph.ActorID, to target: CSDFGraph.ActorID,
    autoConcurrency: Bool = false
  ) throws(DataflowError) {
    let repetition = try RepetitionVector(of: graph)
    var measurement = LatencyMeasurement(
      graph: graph, firings: repetition.firings, source: source.index, target: target.index,
      autoConcurrency: autoConcurrency)
    try measurement.prepare()
    minimal = try measurement.minimal()
    minimalSelfTimed = minimal
    singleProcessor = try measurement.work()
    selfTimed = try measurement.selfTimed()
  }
}

private struct LatencyMeasurement {
  let graph: CSDFGraph
  let firings: [Int64]
  let source: Int
  let target: Int
  let autoConcurrency: Bool
  /// The number of the target's firing that goes with the source's first.
  private var distance: Int64 = 0
  /// The firings of each actor that this firing needs.
  private var needed: [Int64] = []

  init(
    graph: CSDFGraph, firings: [Int64], source: Int, target: Int, autoConcurrency: Bool
  ) {
    self.graph = graph
    self.firings = firings
    self.source = source
    self.target = target
    self.autoConcurrency = autoConcurrency
  }

  mutating func prepare() throws(DataflowError) {
    let throughput = try Throughput(of: graph, options: options)
    guard throughput.isLive else {
      throw .noPeriod(
        graph: graph.name, cycle: throughput.criticalCycle.map { graph[$0].name })
    }
    // One round more than everything that the initial tokens allow shows that there is no end.
    let tokens = graph.channels.reduce(Int128(0)) { $0 + Int128($1.initialTokens) }
    let rounds = min(tokens + 2, 1_000_000)
    var limits = firings.map { Int64(clamping: Int128($0) * rounds) }
    limits[source] = 0
    guard firings.reduce(Int128(0), { $0 + Int128($1) }) <= DataflowLatency.firingLimit else {
      throw .tooManyFirings(
        channel: graph.name, limit: Int64(clamping: DataflowLatency.firingLimit))
    }
    var before = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    let dependants = dependantsOfSource()
    guard dependants[target] else {
      throw .independent(actor: graph.actors[target].name, of: graph.actors[source].name)
    }
    // What does not depend on the source would go on for ever.
    for actor in limits.indices where !dependants[actor] { limits[actor] = 4 * firings[actor] }
    try before.run(limits: limits)
    distance = firings[target] * (before.fired[target] / firings[target]) + firings[target] - 1
    needed = try demand()
  }

  private var options: Throughput.Options {
    var options = Throughput.Options()
    options.autoConcurrency = autoConcurrency
    return options
  }

  private func dependantsOfSource() -> [Bool] {
    var isReached = graph.actors.map { _ in false }
    isReached[source] = true
    var queue = [source]
    let topology = graph.actorGraph().graph
    while let actor = queue.popLast() {
      for next in topology.successors(of: actor) where !isReached[next] {
        isReached[next] = true
        queue.append(next)
      }
    }
    return isReached
  }

  /// For each actor the firings without which the target's firing cannot be.
  private func demand() throws(DataflowError) -> [Int64] {
    var needed = graph.actors.map { _ in Int64(0) }
    needed[target] = distance + 1
    let writers = try graph.channels.map { channel throws(DataflowError) in
      (
        production: try CumulativeRates(channel.production).orOverflow("tokens"),
        consumption: try CumulativeRates(channel.consumption).orOverflow("tokens")
      )
    }
    var incoming: [[Int]] = graph.actors.map { _ in [] }
    for (index, channel) in graph.channels.enumerated() where !channel.isSelfEdge {
      incoming[channel.destination.index].append(index)
    }
    var queue = [target]
    while let actor = queue.popLast() {
      for index in incoming[actor] {
        let missing =
          writers[index].consumption.tokens(after: needed[actor])
          - graph.channels[index].initialTokens
        let count = writers[index].production.firings(for: missing)
        let writer = graph.channels[index].source.index
        if count > needed[writer] {
          needed[writer] = count
          queue.append(writer)
        }
      }
    }
    return needed
  }

  /// What can be done before the source fires, with all of it over at time 0.
  private func start() throws(DataflowError) -> FiringExecutor {
    var executor = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    var limits = needed
    limits[source] = 0
    try executor.run(limits: limits)
    executor.forgetTimes()
    return executor
  }

  func minimal() throws(DataflowError) -> Int64 {
    var executor = try start()
    var last = Int64(0)
    try executor.run(limits: needed) { actor, firing, _, end in
      if actor == target, firing == distance { last = end }
    }
    return last
  }

  /// The time of all that is left to do once the source fires.
  func work() throws(DataflowError) -> Int64 {
    let executor = try start()
    var sum = Int128(0)
    for actor in graph.actors.indices {
      for firing in executor.fired[actor]..<max(needed[actor], executor.fired[actor]) {
        sum += Int128(graph.actors[actor].executionTimes.cyclic(firing))
      }
    }
    return try Int64(exactly: sum).orOverflow("latency on one processor")
  }

  /// The longest over the iterations until the execution repeats.
  func selfTimed() throws(DataflowError) -> Int64? {
    guard let iterations = try iterationsUntilRepetition() else { return nil }
    let rounds = iterations + distance / firings[target] + 1
    var executor = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    var starts: [Int64] = []
    var ends: [Int64] = []
    let limits = try firings.map { firing throws(DataflowError) in
      try checkedProduct(firing, rounds).orOverflow("firings")
    }
    guard limits.reduce(Int128(0), { $0 + Int128($1) }) <= DataflowLatency.firingLimit else {
      return nil
    }
    try executor.run(limits: limits) { actor, firing, start, end in
      if actor == source, firing % firings[source] == 0 { starts.append(start) }
      if actor == target, firing >= distance, (firing - distance) % firings[target] == 0 {
        ends.append(end)
      }
    }
    return zip(starts, ends).map { $1 - $0 }.max()
  }

  /// The iterations after which nothing new happens; nil where the graph is not strongly connected.
  private func iterationsUntilRepetition() throws(DataflowError) -> Int64? {
    let parts = try DataflowComponents(
      graph, try RepetitionVector(of: graph), autoConcurrency: autoConcurrency)
    guard parts.members.count == 1, parts.members[0].count > 1 else { return nil }
    let component = parts.component(0)
    guard var analysis = SelfTimedAnalysis(component) else { return nil }
    var bounds = try component.workloadBounds()
    bounds.upper = try bounds.upper.multiplied(by: Fraction(2)).orOverflow("period")
    var cost = Int128(0)
    while !analysis.isRepeating {
      cost += analysis.cost
      guard cost <= DataflowLatency.firingLimit else { return nil }
      if try analysis.step(&bounds) != nil { return nil }
    }
    return Int64(analysis.iterations)
  }
}
