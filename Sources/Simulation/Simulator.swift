import Dataflow
import MappingModel

/// Executes placements of one problem, one after the other; each thread needs its own.
package struct Simulator {
  package let problem: MappingProblem
  let tables: SimulationTables
  private var engine: SimulationEngine
  private(set) var plan: SimulationPlan

  /// Prepares a problem.
  ///
  /// - Throws: ``SimulationError`` for a platform with too many links.
  package init(_ problem: MappingProblem) throws(SimulationError) {
    guard problem.resources.count <= 64 else {
      throw .tooManyResources(platform: problem.platform.name, count: problem.resources.count)
    }
    self.problem = problem
    tables = SimulationTables(problem)
    plan = SimulationPlan(tables, problem)
    engine = SimulationEngine(tables, plan)
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
    try compile(placement)
    var result = Result(period: nil, isExact: true, repetition: nil, latency: nil)
    if findsLatency {
      guard case .limit = engine.run(inferences: 1, findsPeriod: false, onlyOne: true) else {
        result.blocked = blocked()
        return result
      }
      result.latency = Int64(engine.log.ends[0])
    }
    if findsPeriod { findPeriod(inferences, &result) }
    return result
  }

  private mutating func findPeriod(_ inferences: Int, _ result: inout Result) {
    let end = engine.run(inferences: inferences, findsPeriod: true)
    switch end {
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

  /// Executes a placement and writes down what happens until the state repeats, or the limits are
  /// reached.
  ///
  /// - Parameters:
  ///   - isAlone: Whether every block fires for one inference only.
  ///   - limit: The most firings and segments that are kept.
  package mutating func schedule(
    of placement: Placement, inferences: Int, isAlone: Bool = false, limit: Int = 2_000_000
  ) throws(SimulationError) -> MappingSchedule {
    try compile(placement)
    let recorder = SimulationRecorder(
      blocks: tables.blockCount, elements: tables.elementCount, limit: limit)
    engine.recorder = recorder
    defer { engine.recorder = nil }
    var repetition: Range<Int>?
    if case .repeated(let first, let again) = engine.run(
      inferences: isAlone ? 1 : inferences, findsPeriod: !isAlone, onlyOne: isAlone)
    {
      repetition = first..<again
    }
    engine.recordUnderWay()
    return recorder.finish(ends: engine.log.ends, repetition: repetition)
  }

  /// The ticks at which inferences ended, without looking for a repeat.
  package mutating func ends(
    of placement: Placement, inferences: Int
  ) throws(SimulationError) -> [Int64] {
    try compile(placement)
    _ = engine.run(inferences: inferences, findsPeriod: false)
    return engine.log.ends.prefix(inferences).map { Int64($0) }
  }

  /// The bytes of the weights of all blocks on an element, in the last placement.
  func weightBytes(on element: Int) -> Int {
    (0..<tables.blockCount).reduce(0) { sum, block in
      guard plan.elements[block] == element else { return sum }
      return sum + (problem.uses[block][element]?.weightBytes ?? 0)
    }
  }

  private mutating func compile(_ placement: Placement) throws(SimulationError) {
    try plan.compile(placement)
    engine.plan = plan
  }

  private func blocked() -> [Blocked] {
    engine.blockedBlocks().map { block, channels in
      Blocked(block: block, channels: channels.map { tables.channels[$0] })
    }
  }
}

extension SimulationEngine {
  /// The blocks that lack tokens or room, and on which channels.
  fileprivate func blockedBlocks() -> [(block: Int, channels: [Int])] {
    (0..<tables.blockCount).filter { tables.isKept[$0] && unmet[$0] > 0 }.map { block in
      let inputs = (tables.inputStarts[block]..<tables.inputStarts[block + 1])
        .map { tables.inputs[$0] }.filter { tokens[$0] < consumption($0, phase[block]) }
      let outputs = (tables.outputStarts[block]..<tables.outputStarts[block + 1])
        .map { tables.outputs[$0] }.filter { room[$0] < production($0, phase[block]) }
      return (block, inputs + outputs)
    }
  }
}
