import Dataflow
import MappingModel

/// Executes placements of one problem, one after the other; each thread needs its own.
package struct Simulator {
  package let problem: MappingProblem
  private let tables: SimulationTables
  private var engine: SimulationEngine
  private var plan: SimulationPlan

  /// Prepares a problem.
  ///
  /// - Throws: ``SimulationError`` for a platform with too many links.
  package init(_ problem: MappingProblem) throws(SimulationError) {
    guard problem.resources.count <= 64 else {
      throw .tooManyResources(platform: problem.platform.name, count: problem.resources.count)
    }
    self.problem = problem
    tables = SimulationTables(problem)
    plan = SimulationPlan(tables)
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
  ///   - findsLatency: Whether one inference alone is executed too.
  ///   - recorder: What is told everything that happens until the state repeats.
  /// - Throws: ``SimulationError`` where the placement cannot be executed.
  package mutating func run(
    _ placement: Placement, inferences: Int, findsPeriod: Bool = true, findsLatency: Bool = true,
    recorder: SimulationRecorder? = nil
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
    guard findsPeriod else { return result }
    engine.recorder = recorder
    defer { engine.recorder = nil }
    let end = engine.run(inferences: inferences, findsPeriod: true)
    let ends = engine.log.ends
    func mean(_ first: Int, _ last: Int) -> Fraction? {
      Fraction(Int64(ends[last - 1] - (first == 0 ? 0 : ends[first - 1])), Int64(last - first))
    }
    switch end {
    case .repeated(let first, let again):
      result.period = mean(first, again)
      result.repetition = first..<again
    case .limit:
      result.period = mean(inferences / 2, inferences)
      result.isExact = false
    case .endless: result.period = .zero
    case .deadlock: result.blocked = blocked()
    }
    return result
  }

  /// The ticks at which inferences ended, without looking for a repeat.
  package mutating func ends(
    of placement: Placement, inferences: Int, recorder: SimulationRecorder? = nil
  ) throws(SimulationError) -> [Int64] {
    try compile(placement)
    engine.recorder = recorder
    defer { engine.recorder = nil }
    _ = engine.run(inferences: inferences, findsPeriod: false)
    return engine.log.ends.prefix(inferences).map { Int64($0) }
  }

  private mutating func compile(_ placement: Placement) throws(SimulationError) {
    try plan.compile(placement, of: problem)
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
