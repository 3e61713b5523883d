import Dataflow
package import MappingModel

/// An execution with its result, the activity of its elements and its schedule.
package struct ObservedExecution: Sendable {
  /// The period, latency and state of the execution.
  package var result: Simulator.Result
  /// How elements spend the inferences of one window: a repetition, or the later half.
  package var activity: ActivityProfile
  /// What happened: from the start to the end of the first repetition where that is not much, else in some
  /// inferences from the beginning of the window on.
  package var schedule: MappingSchedule

  /// The observation of a mapping that cannot be executed.
  package static let nothing = ObservedExecution(
    result: Simulator.Result(), activity: .nothing, schedule: MappingSchedule())
}

/// Lets a meter and a recorder look at a run of the engine, from where a window begins.
///
/// Where the state repeats, the run goes on for one more repetition, which is the same again.
struct Observation {
  private let problem: MappingProblem
  private let extent: ExecutionExtent
  private let limit: Int
  private var readings: [Int: ActivityMeter.Reading] = [:]
  private var excerpts: [Int: MappingSchedule] = [:]
  /// Where the record under way began.
  private var recorded: Int?
  private(set) var activity = ActivityProfile.nothing
  private(set) var schedule = MappingSchedule()

  init(_ problem: MappingProblem, _ extent: ExecutionExtent, limit: Int) {
    (self.problem, self.extent, self.limit) = (problem, extent, limit)
    beginnings = Set(extent.beginnings)
    middles = Set(extent.checkpoints.map { Self.middle(of: ExecutionExtent.window(at: $0)) })
  }

  private static func middle(of window: Range<Int>) -> Int {
    window.lowerBound + window.count / 2
  }

  /// The most inferences of an excerpt.
  private static let excerptInferences = 8
  /// The most firings of a schedule that is written down from the start.
  private static let mostFirings = 50_000

  /// Where windows begin.
  private let beginnings: Set<Int>
  /// The middles of windows, so that it is seen how even they are.
  private let middles: Set<Int>

  /// Where the run has to halt.
  var halts: [Int] {
    let ends = beginnings.map { $0 + Self.excerptInferences }
    let last = extent.checkpoints.last ?? 0
    return beginnings.union(middles).union(extent.checkpoints + ends)
      .filter { (1...last).contains($0) }.sorted()
  }

  mutating func begin(_ machine: Simulator.Machine) { halt(0, machine) }

  /// So many inferences have ended.
  mutating func halt(_ inferences: Int, _ machine: Simulator.Machine) {
    if let first = recorded, inferences >= first + Self.excerptInferences {
      endRecord(machine)
    }
    guard beginnings.contains(inferences) || middles.contains(inferences) else { return }
    readings[inferences] = reading(machine, inferences)
    guard beginnings.contains(inferences) else { return }
    beginRecord(at: inferences, machine)
    // No window that ends from here on begins so early.
    excerpts = excerpts.filter { $0.key * 4 >= inferences }
  }

  /// The run ends with this window.
  mutating func settles(_ window: Range<Int>, _ machine: Simulator.Machine) {
    endRecord(machine)
    let last = reading(machine, window.upperBound)
    if let first = readings[window.lowerBound], let meter = machine.engine.meter {
      activity = meter.profile(from: first, to: last)
      activity.drifts = readings[Self.middle(of: window)].map { meter.drifts(first, $0, last) }
    }
    schedule = excerpts[window.lowerBound] ?? schedule
  }

  /// The state has repeated.
  mutating func repeats(_ repetition: Range<Int>, _ machine: Simulator.Machine) {
    endRecord(machine)
    let again = repetition.upperBound
    let first = reading(machine, again)
    beginRecord(at: again, machine)
    let end = again + repetition.count
    _ = machine.engine.resume(
      until: min(end, again + Self.excerptInferences), findsPeriod: false)
    endRecord(machine)
    guard case .limit = machine.engine.resume(until: end, findsPeriod: false) else { return }
    let last = reading(machine, end)
    if let meter = machine.engine.meter { activity = meter.profile(from: first, to: last) }
    schedule = excerpts[again] ?? schedule
    let firings = problem.firings.reduce(0.0) { $0 + Double($1) } * Double(repetition.upperBound)
    guard limit > 0, firings <= Double(Self.mostFirings) else { return }
    writeFromStart(inferences: repetition.upperBound, machine)
    schedule.repetition = repetition
  }

  /// Ends the observation.
  mutating func end(_ machine: Simulator.Machine) {
    endRecord(machine)
    machine.engine.meter = nil
    machine.engine.recorder = nil
  }

  /// Executes everything once more and writes it down from the start.
  ///
  /// - Parameter isDeadlock: Whether that many inferences never end, so that what is written down says how long.
  mutating func writeFromStart(
    inferences: Int = Self.excerptInferences, _ machine: Simulator.Machine,
    isDeadlock: Bool = false
  ) {
    end(machine)
    machine.engine.begin(machine.plan)
    beginRecord(at: 0, machine, isOnlyReason: isDeadlock)
    _ = machine.engine.resume(until: inferences, findsPeriod: false)
    endRecord(machine)
    schedule = excerpts[0] ?? schedule
  }

  private mutating func reading(
    _ machine: Simulator.Machine, _ inferences: Int
  ) -> ActivityMeter.Reading {
    let meter =
      machine.engine.meter ?? ActivityMeter(machine.engine, machine.plan, problem)
    machine.engine.meter = meter
    return meter.read(
      inferences, at: machine.engine.now, awaited: machine.engine.awaitedBlocks,
      firings: machine.engine.endedFirings)
  }

  /// - Parameter isOnlyReason: Whether the execution is for the record alone; what ends in a deadlock may go on for
  ///   very long before.
  private mutating func beginRecord(
    at inferences: Int, _ machine: Simulator.Machine, isOnlyReason: Bool = false
  ) {
    endRecord(machine)
    guard limit > 0 else { return }
    let recorder = SimulationRecorder(
      phases: problem.graph.phaseCounts, elements: machine.tables.elementCount,
      limit: isOnlyReason ? min(limit, 2 * Self.mostFirings) : limit, isOnlyReason: isOnlyReason)
    if machine.engine.now > 0 || inferences > 0 {
      machine.engine.tellBeginning(to: recorder, inferences: inferences)
    }
    machine.engine.recorder = recorder
    recorded = inferences
  }

  private mutating func endRecord(_ machine: Simulator.Machine) {
    guard let first = recorded, let recorder = machine.engine.recorder else { return }
    machine.engine.recordUnderWay()
    excerpts[first] = recorder.finish(ends: machine.engine.log.ends, repetition: nil)
    machine.engine.recorder = nil
    recorded = nil
  }
}
