import GraphAlgorithms

/// The executions that ``DataflowLatency`` is read from. Each answer is nil where a limit came
/// first.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *q_A*, *q_B* | `firings` of `source` and of `target` |
/// | *D* | the firings of `target` in `runWithoutSource(_:)` |
/// | *q_B · (⌊D / q_B⌋ + 1) − 1* | `distance` |
struct LatencyMeasurement {
  let graph: CSDFGraph
  let firings: [Int64]
  let source: Int
  let target: Int
  let autoConcurrency: Bool
  let deadline: Deadline
  /// The most firings that are executed for one of the answers.
  private static let firingLimit: Int128 = 100_000_000
  /// What ended an execution.
  private(set) var limit: AnalysisLimit?
  /// The number of the target's firing that goes with the source's first.
  private var distance: Int64 = 0
  /// The firings of each actor that this firing needs.
  private var needed: [Int64] = []

  init(
    graph: CSDFGraph, firings: [Int64], source: Int, target: Int, autoConcurrency: Bool,
    deadline: Deadline
  ) {
    self.graph = graph
    self.firings = firings
    self.source = source
    self.target = target
    self.autoConcurrency = autoConcurrency
    self.deadline = deadline
  }

  /// Whether every actor depends on every other, so that none runs ahead.
  var isStronglyConnected: Bool {
    graph.actors.count > 1 && graph.actorGraph().graph.stronglyConnectedComponents().count == 1
  }

  /// Finds the firing that the latency ends with.
  ///
  /// - Returns: Whether it is known.
  mutating func prepare() throws(DataflowError) -> Bool {
    var options = Throughput.Options()
    options.autoConcurrency = autoConcurrency
    options.timeLimit = deadline.part(1, of: 4).remaining
    let throughput = try Throughput(of: graph, options: options)
    guard throughput.isLive else {
      throw .noPeriod(
        graph: graph.name, cycle: throughput.criticalCycle.map { graph[$0].name })
    }
    let before = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    guard try runWithoutSource(before) else { return false }
    let rounded = firings[target] * (before.fired[target] / firings[target])
    distance = try checkedSum(rounded, firings[target] - 1).orOverflow("firings")
    guard let demand = try demand(of: distance) else { return false }
    needed = demand
    return true
  }

  /// Executes all that can be before the source fires, as far as the target may need it; false
  /// where a limit came first.
  ///
  /// What depends on the source ends with the initial tokens. What does not would go on for ever,
  /// so that it gets rounds until no dependant has come near them: then it is not what they wait
  /// for.
  private mutating func runWithoutSource(
    _ executor: FiringExecutor
  ) throws(DataflowError) -> Bool {
    let dependants = dependantsOfSource()
    // One round more than everything that the initial tokens allow is never reached.
    let tokens = graph.channels.reduce(Int128(0)) { $0 + Int128($1.initialTokens) }
    var limits = firings.map { Int64(clamping: Int128($0) * (tokens + 2)) }
    limits[source] = 0
    var rounds: Int128 = 4
    while true {
      for actor in limits.indices where !dependants[actor] {
        limits[actor] = Int64(clamping: rounds * Int128(firings[actor]))
      }
      guard try run(executor, limits: limits) else { return false }
      let isNear = limits.indices.contains { actor in
        dependants[actor] && Int128(executor.fired[actor]) >= (rounds - 1) * Int128(firings[actor])
      }
      if !isNear || rounds >= tokens + 2 { return true }
      rounds *= 2
    }
  }

  /// Executes up to the limits; false where another limit came first.
  private mutating func run(
    _ executor: FiringExecutor, limits: [Int64],
    onFiring: (Int, Int64, Int64, Int64) -> Void = { _, _, _, _ in }
  ) throws(DataflowError) -> Bool {
    let ended = try executor.run(limits: limits, until: deadline, onFiring: onFiring)
    if let ended { limit = ended }
    return ended == nil
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

  /// For each actor the firings without which a firing of the target cannot be.
  private mutating func demand(of firing: Int64) throws(DataflowError) -> [Int64]? {
    var needed = graph.actors.map { _ in Int64(0) }
    needed[target] = firing + 1
    let rates = try graph.channels.map { channel throws(DataflowError) in
      (
        production: try CumulativeRates(channel.production).orOverflow("tokens"),
        consumption: try CumulativeRates(channel.consumption).orOverflow("tokens")
      )
    }
    var incoming: [[Int]] = graph.actors.map { _ in [] }
    for (index, channel) in graph.channels.enumerated() where !channel.isSelfEdge {
      incoming[channel.destination.index].append(index)
    }
    var (queue, steps) = ([target], 0)
    while let actor = queue.popLast() {
      for index in incoming[actor] {
        steps += 1
        if steps % 1024 == 0, deadline.isPast {
          limit = .time
          return nil
        }
        let read = try rates[index].consumption.checkedTokens(after: needed[actor])
          .orOverflow("tokens of channel \"\(graph.channels[index].name)\"")
        let missing = read - graph.channels[index].initialTokens
        let count = rates[index].production.firings(for: missing)
        let writer = graph.channels[index].source.index
        if count > needed[writer] {
          needed[writer] = count
          queue.append(writer)
        }
      }
    }
    guard needed.reduce(Int128(0), { $0 + Int128($1) }) <= Self.firingLimit else {
      limit = .work
      return nil
    }
    return needed
  }

  /// The end of the target's first firing when all start at 0.
  mutating func firstOutput() throws(DataflowError) -> Int64? {
    guard let needed = try demand(of: 0) else { return nil }
    let executor = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    let target = target
    var first: Int64?
    let isDone = try run(executor, limits: needed) { actor, _, _, end in
      if actor == target, first == nil { first = end }
    }
    return isDone ? first : nil
  }

  /// What can be done before the source fires, with all of it over at time 0.
  private mutating func start() throws(DataflowError) -> FiringExecutor? {
    let executor = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    var limits = needed
    limits[source] = 0
    guard try run(executor, limits: limits) else { return nil }
    executor.forgetTimes()
    return executor
  }

  mutating func minimal() throws(DataflowError) -> Int64? {
    guard let executor = try start() else { return nil }
    var last = Int64(0)
    let (target, distance) = (target, distance)
    let isDone = try run(executor, limits: needed) { actor, firing, _, end in
      if actor == target, firing == distance { last = end }
    }
    return isDone ? last : nil
  }

  /// The time of all that is left to do once the source fires.
  mutating func work() throws(DataflowError) -> Int64? {
    guard let executor = try start() else { return nil }
    var sum = Int128(0)
    for actor in graph.actors.indices {
      for firing in executor.fired[actor]..<max(needed[actor], executor.fired[actor]) {
        sum += Int128(graph.actors[actor].executionTimes.cyclic(firing))
      }
    }
    return try Int64(exactly: sum).orOverflow("latency on one processor")
  }

  /// In the 1-periodic schedule, where it is the same in each iteration.
  mutating func onePeriodic() throws(DataflowError) -> Fraction? {
    let schedule: OnePeriodicSchedule
    switch try OnePeriodicSchedule.find(
      in: graph, autoConcurrency: autoConcurrency, timeLimit: deadline.part(1, of: 4).remaining)
    {
    case .schedule(let found): schedule = found
    case .none: return nil
    case .ended(let reason):
      limit = limit ?? reason
      return nil
    }
    let time = graph.actors[target].executionTimes.cyclic(distance)
    let end = schedule.start(of: CSDFGraph.ActorID(target), firing: distance)
      .flatMap { $0.adding(Fraction(time)) }
    let start = schedule.startTimes[source][0].multiplied(by: Fraction(-1))
    if let end, let start, let latency = end.adding(start) { return latency }
    limit = limit ?? .numbers
    return nil
  }

  /// The longest over the iterations until the execution repeats.
  mutating func selfTimed() throws(DataflowError) -> Int64? {
    guard let iterations = try iterationsUntilRepetition() else { return nil }
    let rounds = iterations + distance / firings[target] + 1
    let executor = FiringExecutor(graph, autoConcurrency: autoConcurrency)
    var starts: [Int64] = []
    var ends: [Int64] = []
    let limits = try firings.map { firing throws(DataflowError) in
      try checkedProduct(firing, rounds).orOverflow("firings")
    }
    guard limits.reduce(Int128(0), { $0 + Int128($1) }) <= Self.firingLimit else {
      limit = .work
      return nil
    }
    let (firings, source, target, distance) = (firings, source, target, distance)
    let isDone = try run(executor, limits: limits) { actor, firing, start, end in
      if actor == source, firing % firings[source] == 0 { starts.append(start) }
      if actor == target, firing >= distance, (firing - distance) % firings[target] == 0 {
        ends.append(end)
      }
    }
    return isDone ? zip(starts, ends).map { $1 - $0 }.max() : nil
  }

  /// The iterations after which nothing new happens.
  private mutating func iterationsUntilRepetition() throws(DataflowError) -> Int64? {
    let parts = try DataflowComponents(
      graph, try RepetitionVector(of: graph), autoConcurrency: autoConcurrency)
    let component = parts.component(0)
    guard var analysis = SelfTimedAnalysis(component) else {
      limit = .numbers
      return nil
    }
    var bounds = try component.workloadBounds()
    bounds.upper = try bounds.upper.multiplied(by: Fraction(2)).orOverflow("period")
    var cost = Int128(0)
    while !analysis.isRepeating {
      cost += analysis.cost
      guard cost <= Self.firingLimit else {
        limit = .work
        return nil
      }
      switch try analysis.step(&bounds, until: deadline) {
      case .open: break
      case .deadlock: return nil
      case .ended(let reason):
        limit = reason
        return nil
      }
    }
    return Int64(analysis.iterations)
  }
}
