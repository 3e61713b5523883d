import Dataflow
import MappingModel

/// Executes placements of one problem, one after the other; each thread needs its own.
package struct Simulator {
  package let problem: MappingProblem
  /// For placements whose channels hold what the problem says.
  private var usual: Machine
  /// For those with other capacities, or with every block executed; made when it is needed.
  private var special: Machine?
  private var usesSpecial = false
  private let mostKept: Int

  /// What executes placements. Never copied to be used twice: what it has learnt lies in memory that
  /// copies would share.
  struct Machine {
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

  /// Prepares a problem.
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
    usual = try Machine(problem, dropsInputs: true, mostKept: mostKept)
  }

  var tables: SimulationTables { usual.tables }

  /// The placement that was executed last.
  var plan: SimulationPlan { usesSpecial ? special?.plan ?? usual.plan : usual.plan }

  /// Prepares what a placement needs that has other capacities, or all of whose blocks are executed.
  private mutating func takeSpecial(
    _ placement: Placement, dropsInputs: Bool
  ) throws(SimulationError) -> Machine {
    usesSpecial = true
    defer { special = nil }
    if let special, special.dropsInputs == dropsInputs, special.capacities == placement.capacities {
      return special
    }
    return try Machine(
      problem, capacities: placement.capacities, dropsInputs: dropsInputs, mostKept: mostKept)
  }

  /// What came out of an execution. Times are in ticks.
  package struct Result: Hashable, Sendable {
    /// The time between two inferences; nil in a deadlock.
    package var period: Fraction?
    /// Whether the state repeated exactly; otherwise the period is the mean of the later inferences.
    package var isExact: Bool
    /// The inferences behind which the state repeats, and after how many; nil where it was not seen to.
    package var repetition: (Range<Int>)?
    /// The time of one inference alone; nil in a deadlock, or where it was not asked for.
    package var latency: Int64?
    /// The blocks that wait for ever, and for which channels.
    package var blocked: [Blocked] = []
  }

  /// A block that waits for ever.
  package struct Blocked: Hashable, Sendable {
    package var block: Int
    package var channels: [Int]
  }
}

extension Simulator {
  /// Executes a placement.
  ///
  /// - Parameters:
  ///   - inferences: How many inferences may pass until the state repeats.
  ///   - findsPeriod: Whether a row of inferences is executed.
  ///   - findsLatency: Whether one inference alone is executed too.
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func run(
    _ placement: Placement, inferences: Int, findsPeriod: Bool = true, findsLatency: Bool = true
  ) throws(SimulationError) -> Result {
    guard !placement.capacities.isEmpty else {
      usesSpecial = false
      return try Self.run(
        &usual, placement, inferences, findsPeriod: findsPeriod, findsLatency: findsLatency)
    }
    var machine = try takeSpecial(placement, dropsInputs: true)
    defer { special = machine }
    return try Self.run(
      &machine, placement, inferences, findsPeriod: findsPeriod, findsLatency: findsLatency)
  }

  private static func run(
    _ machine: inout Machine, _ placement: Placement, _ inferences: Int, findsPeriod: Bool,
    findsLatency: Bool
  ) throws(SimulationError) -> Result {
    try machine.plan.compile(placement)
    var result = Result(period: nil, isExact: true, repetition: nil, latency: nil)
    if findsLatency {
      guard
        case .limit = machine.engine.run(
          machine.plan, inferences: 1, findsPeriod: false, onlyOne: true)
      else {
        result.blocked = machine.blocked()
        return result
      }
      result.latency = Int64(machine.engine.log.ends[0])
    }
    if findsPeriod { machine.findPeriod(inferences, &result) }
    return result
  }

  /// Executes a placement and writes down what happens until the state repeats, or the limits are
  /// reached.
  ///
  /// - Parameters:
  ///   - isAlone: Whether every block fires for one inference only.
  ///   - limit: The most firings and segments that are kept.
  package mutating func schedule(
    of placement: Placement, inferences: Int, isAlone: Bool = false, limit: Int = 2_000_000
  ) throws(SimulationError) -> MappingSchedule {
    var machine = try takeSpecial(placement, dropsInputs: false)
    defer { special = machine }
    try machine.plan.compile(placement)
    let recorder = SimulationRecorder(
      blocks: tables.blockCount, elements: tables.elementCount, limit: limit)
    machine.engine.recorder = recorder
    defer { machine.engine.recorder = nil }
    var repetition: Range<Int>?
    if case .repeated(let first, let again) = machine.engine.run(
      machine.plan, inferences: isAlone ? 1 : inferences, findsPeriod: !isAlone, onlyOne: isAlone)
    {
      repetition = first..<again
    }
    machine.engine.recordUnderWay()
    return recorder.finish(ends: machine.engine.log.ends, repetition: repetition)
  }

  /// The ticks at which inferences ended, without looking for a repeat.
  package mutating func ends(
    of placement: Placement, inferences: Int
  ) throws(SimulationError) -> [Int64] {
    guard !placement.capacities.isEmpty else {
      usesSpecial = false
      return try usual.ends(of: placement, inferences)
    }
    var machine = try takeSpecial(placement, dropsInputs: true)
    defer { special = machine }
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
  mutating func findPeriod(_ inferences: Int, _ result: inout Simulator.Result) {
    switch engine.run(plan, inferences: inferences, findsPeriod: true) {
    case .repeated(let first, let again):
      result.period = engine.log.mean(first, again)
      result.repetition = first..<again
    case .limit:
      result.period = engine.log.mean(inferences / 2, inferences)
      result.isExact = false
    case .endless: result.period = .zero
    case .deadlock:
      result.period = nil
      result.blocked = blocked()
    }
  }

  mutating func ends(
    of placement: Placement, _ inferences: Int
  ) throws(SimulationError) -> [Int64] {
    try plan.compile(placement)
    _ = engine.run(plan, inferences: inferences, findsPeriod: false)
    return engine.log.ends.prefix(inferences).map { Int64($0) }
  }

  func blocked() -> [Simulator.Blocked] {
    engine.blockedBlocks().map { block, channels in
      Simulator.Blocked(block: block, channels: channels.map { tables.channels[$0] })
    }
  }
}

extension SimulationEngine {
  /// The blocks that lack tokens or room, and on which channels.
  fileprivate func blockedBlocks() -> [(block: Int, channels: [Int])] {
    (0..<tables.blockCount).filter { block in
      tables.isKept[block] && !isReady(block)
        && !(onlyOne && blocks[block].started >= tables.firings[block])
    }.map { block in
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

  private func isReady(_ block: Int) -> Bool {
    words[Int(blocks[block].word)] & blocks[block].bit != 0
  }
}
