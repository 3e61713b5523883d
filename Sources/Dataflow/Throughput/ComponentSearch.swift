import GraphAlgorithms

/// The search for the period of one component: by schedules, by execution, or by both in turn, the
/// one that has cost less so far.
struct ComponentSearch: ~Copyable {
  /// What is known, in iterations of the component.
  private(set) var bounds: PeriodBounds
  /// A critical cycle, or one that waits for itself.
  private(set) var cycle = CriticalCycle()
  private(set) var isDeadlock = false
  private(set) var methods: Set<Throughput.Method> = []
  /// What ended the way that went on longest, where the bounds have not met.
  private(set) var limit: AnalysisLimit?

  private let options: Throughput.Options
  private let deadline: Deadline
  private let component: DataflowComponent
  private var schedules: KPeriodicAnalysis?
  /// Created when it is first needed.
  private var execution: SelfTimedAnalysis?
  private var maySelfTime: Bool
  /// What each way has cost so far, in operations of the execution.
  private var scheduleCost: Int128 = 0
  private var executionCost: Int128 = 0

  /// Whether the next *K* is the first and has not many phases: it often is all that is needed, and has
  /// neither long chains nor the nearly critical cycles of those that follow.
  private var isSmallStart: Bool { scheduleCost == 0 && phases <= 64 * component.actors.count }
  /// Whether it has so few that it mostly costs less than an execution.
  private var hasFewPhases: Bool { phases <= 4 * component.actors.count }
  private let phases: Int
  /// Solving a *K* costs about so many operations for each firing and each end of a channel: what the
  /// last one cost, and twice its search, as chains get longer.
  private var scheduleFactor: Int128 {
    isSmallStart ? 12 : searchSteps.map { Self.buildFactor + 2 * Self.stepFactor * $0 } ?? 100
  }
  /// What the search of the last *K* cost, for each firing and each end of a channel.
  private var searchSteps: Int128?
  /// What it costs to build the graph of a *K*.
  private static let buildFactor: Int128 = 30
  /// What a step of the search costs.
  private static let stepFactor: Int128 = 4
  /// A small start goes before any execution where it costs no more than this and has few phases; with
  /// more, once an execution has cost as much.
  private static let firstSchedule: Int128 = 2_000_000
  /// More than this would not fit the memory.
  private static let largestSchedule: Int128 = 6_000_000

  init(
    _ component: DataflowComponent, _ options: Throughput.Options,
    deadline: Deadline
  ) throws(DataflowError) {
    bounds = try component.workloadBounds()
    self.component = component
    phases = component.actors.reduce(0) { $0 + $1.times.count }
    self.options = options
    self.deadline = deadline
    if options.method != .selfTimed { schedules = KPeriodicAnalysis(component) }
    maySelfTime = options.method != .kPeriodic
  }

  /// Searches until the period is known or the limits end the search.
  ///
  /// - Parameter budget: The firings that may still be executed.
  mutating func run(_ budget: inout Int64) throws(DataflowError) {
    while !bounds.isExact, !isDeadlock {
      if deadline.isPast {
        limit = .time
        return
      }
      let nextSchedule = schedules.map { $0.size * scheduleFactor }
      let nextExecution = maySelfTime ? execution?.cost ?? component.operations : nil
      switch (nextSchedule, nextExecution) {
      case (nil, nil): return
      case (let schedule?, let execution?):
        let isFirst =
          isSmallStart && schedule <= Self.firstSchedule
          && (hasFewPhases || executionCost >= schedule)
        // An execution mostly ends, and the cost of schedules can explode, so that they get less.
        let share: Int128 = executionCost == 0 ? 1 : 2
        if isFirst || share * (scheduleCost + schedule) <= executionCost + execution {
          try solve(schedule)
        } else {
          try execute(execution, &budget)
        }
      case (let schedule?, nil): try solve(schedule)
      case (nil, let execution?): try execute(execution, &budget)
      }
    }
    if bounds.isExact, cycle.actors.isEmpty, options.findsCycle { try findCycle() }
  }

  /// A cycle where the bounds have met without one: an actor that is never idle, or else what the
  /// execution waited for.
  private mutating func findCycle() throws(DataflowError) {
    let busy = component.actors.firstIndex { actor in
      let turn = actor.times.reduce(Int128(0)) { $0 + Int128($1) }
      return actor.isSequential
        && Fraction(reducing: turn * Int128(actor.cycles), over: 1) == bounds.lower
    }
    if let busy {
      cycle = CriticalCycle(actors: [busy], shares: [busy: bounds.lower])
      return
    }
    let deadline = deadline
    do {
      if let found = try execution?.criticalCycle(until: deadline) {
        cycle = found
        return
      }
    } catch .overflow {
      // The period is known without another repetition.
    }
    // Where parts of a component run at speeds of their own, no state comes again.
    var schedules = KPeriodicAnalysis(component)
    while schedules.size * scheduleFactor <= max(100_000, executionCost) {
      switch try schedules.step(until: deadline) {
      case .open: continue
      case .period(_, let critical): cycle = critical
      case .deadlock, .postponed, .ended: break
      }
      return
    }
  }

  private mutating func solve(_ cost: Int128) throws(DataflowError) {
    let size = cost / scheduleFactor
    guard size <= Self.largestSchedule else { return endSchedules(.memory) }
    guard size <= Int128(options.firingLimit) else { return endSchedules(.work) }
    methods.insert(.kPeriodic)
    let deadline = deadline
    let before = schedules?.steps ?? 0
    // Where there is an execution, a search that takes far longer than expected waits for it.
    let expected = searchSteps.map { 4 * ($0 + 1) * size } ?? 60 * size
    let isFree = !maySelfTime || (isSmallStart && hasFewPhases)
    let outcome = try schedules?.step(
      until: deadline, stepLimit: isFree ? .max : Int(clamping: expected))
    let steps = Int128((schedules?.steps ?? 0) - before)
    scheduleCost += size * Self.buildFactor + steps * Self.stepFactor
    searchSteps = steps / max(1, size)
    switch outcome {
    case .period(let period, let critical):
      bounds = PeriodBounds(lower: period, upper: period)
      cycle = critical
    case .deadlock(let blocking):
      cycle = blocking
      isDeadlock = true
    case .open(let upper):
      guard let upper else { return }
      bounds.isLive = true
      bounds.upper = min(bounds.upper, upper)
    case .postponed: break
    case .ended(let reason): endSchedules(reason)
    case nil: endSchedules(.work)
    }
  }

  private mutating func endSchedules(_ reason: AnalysisLimit) {
    schedules = nil
    limit = reason
  }

  private mutating func execute(_ cost: Int128, _ budget: inout Int64) throws(DataflowError) {
    guard cost <= Int128(budget), (execution?.iterations ?? 0) < options.iterationLimit else {
      return endExecution(.work)
    }
    if execution == nil { execution = SelfTimedAnalysis(component) }
    methods.insert(.selfTimed)
    executionCost += cost
    budget -= Int64(cost)
    let deadline = deadline
    let outcome: SelfTimedAnalysis.Outcome?
    do {
      outcome = try execution?.step(&bounds, until: deadline)
    } catch .overflow where schedules != nil {
      outcome = nil
    }
    switch outcome {
    case .open: break
    case .deadlock(let blocking):
      cycle = blocking
      isDeadlock = true
    case .ended(let reason): endExecution(reason)
    case nil: endExecution(.numbers)
    }
  }

  private mutating func endExecution(_ reason: AnalysisLimit) {
    execution = nil
    maySelfTime = false
    limit = reason
  }
}
