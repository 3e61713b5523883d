package import Dataflow
package import MappingModel
import PlatformModel

/// Executes placements of one problem, one after the other; each thread needs its own.
package struct Simulator {
  /// The problem whose placements are executed.
  package let problem: MappingProblem
  /// For placements whose channels hold what the problem says.
  private var standard: Machine
  /// For those with other capacities, or with every block executed; made when it is needed.
  private var adapted: Machine?
  private var usesAdapted = false
  private let mostKept: Int
  /// Asked now and then by executions: whether to leave them; nil lets them go on to their end.
  package var shouldStop: (@Sendable () -> Bool)? {
    didSet { standard.engine.shouldStop = shouldStop }
  }

  /// Executes placements. A class, because its tables lie in memory that copies would share.
  final class Machine {
    let tables: SimulationTables
    let capacities: [Int: Int64]
    let dropsInputs: Bool
    var plan: SimulationPlan
    var engine: SimulationEngine

    init(
      _ problem: MappingProblem, capacities: [Int: Int64] = [:], dropsInputs: Bool, mostKept: Int
    ) throws(SimulationError) {
      (self.capacities, self.dropsInputs) = (capacities, dropsInputs)
      tables = try SimulationTables(problem, capacities: capacities, dropsInputs: dropsInputs)
      plan = SimulationPlan(tables)
      engine = SimulationEngine(tables, plan, mostKept: mostKept)
    }
  }

  /// A simulator of the placements of a problem.
  ///
  /// - Parameter mostKept: The most numbers of states that are kept to find a repeat; with fewer it may be
  ///   found later, and is the same.
  /// - Throws: ``SimulationError`` for a platform with too many links, or rates that repeat too late.
  package init(_ problem: MappingProblem, mostKept: Int = 1 << 21) throws(SimulationError) {
    guard problem.resources.count <= 64 else {
      throw .tooManyResources(platform: problem.platform.name, count: problem.resources.count)
    }
    self.problem = problem
    self.mostKept = mostKept
    standard = try Machine(problem, dropsInputs: true, mostKept: mostKept)
  }

  var tables: SimulationTables { standard.tables }

  /// The placement that was executed last.
  var plan: SimulationPlan { usesAdapted ? adapted?.plan ?? standard.plan : standard.plan }

  /// Prepares what a placement needs that has other capacities, or all of whose blocks are executed.
  private mutating func takeAdapted(
    _ placement: Placement, dropsInputs: Bool
  ) throws(SimulationError) -> Machine {
    usesAdapted = true
    defer { adapted = nil }
    if let adapted, adapted.dropsInputs == dropsInputs,
      adapted.capacities == placement.capacities
    {
      adapted.engine.shouldStop = shouldStop
      return adapted
    }
    let machine = try Machine(
      problem, capacities: placement.capacities, dropsInputs: dropsInputs, mostKept: mostKept)
    machine.engine.shouldStop = shouldStop
    return machine
  }

  /// The result of an execution. Times are in ticks.
  package struct Result: Hashable, Sendable {
    /// The ticks between two inferences; nil in a deadlock.
    package var period: Fraction?
    /// Whether the state repeated exactly; otherwise the period is the mean of the later inferences.
    package var isExact = true
    /// By how many ticks the period of a longer execution may differ; 0 where it is exact.
    package var uncertainty = 0.0
    /// The inferences that the period is the mean of, by the numbers that had ended: those between which the
    /// state repeats, or the later half. Nil in a deadlock.
    package var window: Range<Int>?
    /// Whether it was asked to stop before the mean had settled.
    package var isCut = false
    /// How often blocks run in that window.
    package var pace = Pace.even
    /// The ticks of one inference alone; nil in a deadlock, or where it was not requested.
    package var latency: Int64?
    /// The blocks that wait for ever, and for which channels.
    package var blocked: [Blocked] = []
    /// The blocks that could start, and never do, because others always go before them.
    package var starving: [Int] = []
    /// The blocks that fire for ever within an instant, so that time does not go on for others.
    package var endless: [Int] = []

    /// Whether every block runs once for each inference that ends in the window.
    package var isEven: Bool { pace.isEven }

    /// The numbers of ended inferences between which the state repeats; nil where no repetition was
    /// found.
    package var repetition: Range<Int>? { isExact ? window : nil }
  }

  /// A block that waits for ever.
  package struct Blocked: Hashable, Sendable {
    /// The index of the block in the graph.
    package var block: Int
    /// The channels that it lacks tokens of or room in; none where it waits for its turn in a sequence.
    package var channels: [Int]
  }
}

extension Simulator {
  /// Executes a placement.
  ///
  /// - Parameters:
  ///   - extent: How long, until the state repeats.
  ///   - findsPeriod: Whether a row of inferences is executed.
  ///   - findsLatency: Whether one inference alone is executed too.
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func run(
    _ placement: Placement, _ extent: ExecutionExtent, findsPeriod: Bool = true,
    findsLatency: Bool = true
  ) throws(SimulationError) -> Result {
    guard !placement.capacities.isEmpty else {
      usesAdapted = false
      return try Self.run(
        standard, placement, extent, findsPeriod: findsPeriod, findsLatency: findsLatency)
    }
    let machine = try takeAdapted(placement, dropsInputs: true)
    defer { adapted = machine }
    return try Self.run(
      machine, placement, extent, findsPeriod: findsPeriod, findsLatency: findsLatency)
  }

  /// Executes a placement for a number of inferences at most.
  ///
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func run(
    _ placement: Placement, inferences: Int, findsPeriod: Bool = true, findsLatency: Bool = true
  ) throws(SimulationError) -> Result {
    try run(
      placement, .inferences(inferences), findsPeriod: findsPeriod, findsLatency: findsLatency)
  }

  private static func run(
    _ machine: Machine, _ placement: Placement, _ extent: ExecutionExtent, findsPeriod: Bool,
    findsLatency: Bool
  ) throws(SimulationError) -> Result {
    try machine.plan.compile(placement)
    machine.engine.asks(for: extent)
    var result = Result()
    guard !machine.tables.sinks.isEmpty else {
      // Nothing takes an element: whatever passes takes no time.
      if findsLatency { result.latency = 0 }
      if findsPeriod { result.period = .zero }
      return result
    }
    // Where blocks may run far ahead, what ends in a deadlock does so late; one inference alone tells at once.
    if findsLatency || machine.tables.letsRunAhead {
      guard try machine.findLatency(&result) else { return result }
      if !findsLatency { result.latency = nil }
    }
    if findsPeriod {
      guard try machine.staysLive(&result) else { return result }
      machine.engine.begin(machine.plan)
      try machine.findPeriod(extent, &result)
    }
    return result
  }

  /// Executes a placement and measures what its elements do.
  ///
  /// - Parameters:
  ///   - extent: How long, until the state repeats.
  ///   - limit: The most firings and segments that are kept.
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func observe(
    _ placement: Placement, _ extent: ExecutionExtent, limit: Int
  ) throws(SimulationError) -> ObservedExecution {
    let machine = try takeAdapted(placement, dropsInputs: false)
    defer { adapted = machine }
    try machine.plan.compile(placement)
    machine.engine.asks(for: extent)
    var result = Result()
    guard !machine.tables.sinks.isEmpty else {
      (result.latency, result.period) = (0, .zero)
      return ObservedExecution(result: result, activity: .nothing, schedule: MappingSchedule())
    }
    var observation = Observation(problem, extent, limit: limit)
    if try machine.findLatency(&result), try machine.staysLive(&result) {
      machine.engine.begin(machine.plan)
      observation.begin(machine)
      try machine.findPeriod(extent, &result, observation: &observation)
    }
    if result.period == nil { observation.writeFromStart(machine, isDeadlock: true) }
    observation.end(machine)
    return ObservedExecution(
      result: result, activity: observation.activity, schedule: observation.schedule)
  }

  /// Executes a placement and writes down what happens until the state repeats, or the limits are
  /// reached.
  ///
  /// - Parameters:
  ///   - isAlone: Whether every block fires for one inference only.
  ///   - limit: The most firings and segments that are kept.
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func schedule(
    of placement: Placement, inferences: Int, isAlone: Bool = false, limit: Int = 2_000_000
  ) throws(SimulationError) -> MappingSchedule {
    let machine = try takeAdapted(placement, dropsInputs: false)
    defer { adapted = machine }
    try machine.plan.compile(placement)
    let recorder = SimulationRecorder(
      phases: problem.graph.phaseCounts, elements: tables.elementCount, limit: limit)
    machine.engine.recorder = recorder
    defer { machine.engine.recorder = nil }
    var repetition: Range<Int>?
    let end = machine.engine.run(
      machine.plan, inferences: isAlone ? 1 : inferences, findsPeriod: !isAlone,
      most: isAlone ? 1 : 0)
    if let error = machine.error(of: end) { throw error }
    if case .repeated(let first, let again) = end { repetition = first..<again }
    machine.engine.recordUnderWay()
    return recorder.finish(ends: machine.engine.log.ends, repetition: repetition)
  }

  /// The ticks at which inferences ended, without looking for a repeat.
  ///
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func ends(
    of placement: Placement, inferences: Int
  ) throws(SimulationError) -> [Int64] {
    guard !placement.capacities.isEmpty else {
      usesAdapted = false
      return try standard.ends(of: placement, inferences)
    }
    let machine = try takeAdapted(placement, dropsInputs: true)
    defer { adapted = machine }
    return try machine.ends(of: placement, inferences)
  }

  /// The bytes of the weights of all blocks on an element, in the last placement; those that several blocks
  /// share count once.
  func weightBytes(on element: Int) -> Int {
    (0..<tables.blockCount).reduce(0) { sum, block in
      guard plan.elements[block] == element else { return sum }
      return sum
        + problem.addedWeightBytes(of: block, on: element) { plan.elements[$0] == element }
    }
  }
}

extension Simulator.Machine {
  /// Executes one inference alone; false where it does not end.
  func findLatency(_ result: inout Simulator.Result) throws(SimulationError) -> Bool {
    let end = engine.run(plan, inferences: 1, findsPeriod: false, most: 1)
    if let error = error(of: end) { throw error }
    guard case .limit = end else {
      result.blocked = blocked()
      return false
    }
    result.latency = Int64(engine.log.ends[0])
    return true
  }

  /// Whether an execution with sequences does not end in a deadlock; where blocks may run far ahead, that would show
  /// late.
  ///
  /// No block of a later inference can help an earlier one but through a sequence, in which blocks of inferences
  /// at most the largest shift apart follow each other: along a chain of blocks, no more than that for each.
  func staysLive(_ result: inout Simulator.Result) throws(SimulationError) -> Bool {
    guard tables.letsRunAhead, !plan.sequences.isEmpty else { return true }
    let shifts = plan.sequences.map { ($0 ?? []).map(\.shift) }
    let most = shifts.map { ($0.max() ?? 0) - ($0.min() ?? 0) }.max() ?? 0
    let limit = most + 2
    let end = engine.run(
      plan, inferences: limit, findsPeriod: false, most: limit + tables.blockCount * most)
    if let error = error(of: end) { throw error }
    guard case .deadlock = end else { return true }
    result.blocked = blocked()
    return false
  }

  /// Executes many inferences from where the engine is, until the state repeats or the mean has settled.
  func findPeriod(
    _ extent: ExecutionExtent, _ result: inout Simulator.Result
  ) throws(SimulationError) {
    var nobody: Observation?
    try findPeriod(extent, &result, halts: extent.halts, &nobody)
  }

  /// The same while an execution is observed.
  func findPeriod(
    _ extent: ExecutionExtent, _ result: inout Simulator.Result, observation: inout Observation
  ) throws(SimulationError) {
    var somebody = Optional(observation)
    try findPeriod(extent, &result, halts: observation.halts, &somebody)
    somebody.map { observation = $0 }
  }

  private func findPeriod(
    _ extent: ExecutionExtent, _ result: inout Simulator.Result, halts: [Int],
    _ observation: inout Observation?
  ) throws(SimulationError) {
    var beginnings = WindowBeginnings(extent)
    engine.asksFrom = extent.earliest ?? 0
    for halt in halts {
      let end = engine.resume(until: halt, findsPeriod: true)
      if case .interrupted = end, extent.earliest != nil {
        try endEarly(extent, beginnings, &result)
        observation?.settles(result.window ?? 0..<0, self)
        return
      }
      if let error = error(of: end) { throw error }
      switch end {
      case .repeated(let first, let again):
        result.period = engine.log.mean(first, again)
        result.isExact = true
        result.uncertainty = 0
        result.window = first..<again
        result.pace = pace(in: first..<again)
        // What repeats is known: it takes as long as it took.
        engine.asksFrom = .max
        observation?.repeats(first..<again, self)
        return
      case .limit:
        observation?.halt(halt, self)
        beginnings.note(halt, engine)
        guard extent.checkpoints.contains(halt) else { continue }
        settle(ExecutionExtent.window(at: halt), beginnings, &result)
        let isLast = halt == extent.checkpoints.last
        let width = extent.width * (result.period?.doubleValue ?? 0)
        if isLast || result.uncertainty <= width {
          observation?.settles(ExecutionExtent.window(at: halt), self)
          return
        }
      default:
        noteStandstill(end, &result)
        return
      }
    }
  }

  /// What an execution is that ends no more inferences.
  private func noteStandstill(_ end: SimulationEngine.RunEnd, _ result: inout Simulator.Result) {
    (result.period, result.window, result.isExact, result.uncertainty) = (nil, nil, true, 0)
    switch end {
    case .endless(let parts) where parts.count == tables.partSinks.count:
      // Nothing takes time.
      result.period = .zero
    case .endless(let parts): result.endless = blocks(of: parts)
    case .stuck(let parts):
      result.starving = blocks(of: parts).filter { engine.isReady($0) }
      if result.starving.isEmpty { result.blocked = blocked(in: Set(parts)) }
    default: result.blocked = blocked()
    }
  }

  /// Why a run could not be executed to its end.
  func error(of end: SimulationEngine.RunEnd) -> SimulationError? {
    switch end {
    case .timeOverflow: .timeOverflow(inferences: engine.inferences)
    case .tooLong: .tooLong(inferences: engine.inferences, events: tables.eventLimit)
    case .interrupted: .interrupted
    default: nil
    }
  }

  /// The blocks of parts that take an element.
  private func blocks(of parts: [Int]) -> [Int] {
    (0..<tables.blockCount).filter {
      tables.isKept[$0] && plan.elements[$0] >= 0 && parts.contains(tables.partNumbers[$0])
    }
  }

  /// Takes the mean of what was executed, from the end of the inference under way on.
  private func endEarly(
    _ extent: ExecutionExtent, _ beginnings: WindowBeginnings, _ result: inout Simulator.Result
  ) throws(SimulationError) {
    engine.asksFrom = .max
    if engine.log.end(of: engine.inferences) < engine.now {
      let end = engine.resume(until: engine.inferences + 1, findsPeriod: false)
      if let error = error(of: end) { throw error }
      guard case .limit = end else { return noteStandstill(end, &result) }
    }
    settle(extent.window(endingEarly: engine.inferences), beginnings, &result)
    result.isCut = true
  }

  /// Takes the mean of a window.
  private func settle(
    _ window: Range<Int>, _ beginnings: WindowBeginnings, _ result: inout Simulator.Result
  ) {
    guard let mean = SettledMean(engine.log, window: window) else { return }
    (result.period, result.uncertainty) = (mean.period, mean.uncertainty)
    (result.isExact, result.window) = (false, window)
    result.pace = pace(in: window, since: beginnings.firings(at: window.lowerBound))
  }

  func ends(
    of placement: Placement, _ inferences: Int
  ) throws(SimulationError) -> [Int64] {
    try plan.compile(placement)
    let end = engine.run(plan, inferences: inferences, findsPeriod: false)
    if let error = error(of: end) { throw error }
    return engine.log.ends.prefix(inferences).map { Int64($0) }
  }

  /// The blocks that wait for ever, of all parts or of some.
  func blocked(in parts: Set<Int>? = nil) -> [Simulator.Blocked] {
    engine.blockedBlocks().filter { block, _ in
      parts.map { $0.contains(tables.partNumbers[block]) } ?? true
    }.map { block, channels in
      Simulator.Blocked(block: block, channels: channels.map { tables.channels[$0] })
    }
  }
}

extension SimulationEngine {
  /// The blocks that lack tokens or room, and on which channels; for those that lack nothing but their turn in a
  /// sequence, none.
  fileprivate func blockedBlocks() -> [(block: Int, channels: [Int])] {
    (0..<tables.blockCount).filter { block in
      tables.isKept[block]
        && (mostInferences == 0 || blocks[block].started < mostInferences * tables.firings[block])
    }.map { block in
      guard !isReady(block) else { return (block, []) }
      // What lies before the dependence that it waits for is met.
      let waits = (Int(blocks[block].dependence)..<Int(blocks[block].lastDependence)).filter {
        counters[dependences[$0].counter] < needed(by: $0, of: block)
      }
      return (block, waits.map { tables.dependences.channels[$0] })
    }
  }

  private func needed(by dependence: Int, of block: Int) -> Int {
    isSingleRate
      ? blocks[block].started + dependences[dependence].first : needs[dependence].count
  }
}
