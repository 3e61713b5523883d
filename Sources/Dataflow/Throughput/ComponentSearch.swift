/// The search for the period of one component: by schedules, by execution, or by both in turn, the
/// one that has cost less so far.
struct ComponentSearch {
  /// What is known, in iterations of the component.
  private(set) var bounds: PeriodBounds
  /// A critical cycle, or one that waits for itself.
  private(set) var cycle = CriticalCycle()
  private(set) var isDeadlock = false
  private(set) var methods: Set<Throughput.Method> = []

  private let options: Throughput.Options
  private let deadline: ContinuousClock.Instant?
  private let component: DataflowComponent
  private var schedules: KPeriodicAnalysis?
  /// Made when it is first needed.
  private var execution: SelfTimedAnalysis?
  private var maySelfTime: Bool
  /// What each way has cost so far, in operations of the execution.
  private var scheduleCost: Int128 = 0
  private var executionCost: Int128 = 0

  /// Whether the next *K* is the first and has few phases: it often is all that is needed, and has
  /// neither long chains nor the nearly critical cycles of those that follow.
  private var isSmallStart: Bool {
    let phases = component.actors.reduce(0) { $0 + $1.times.count }
    return scheduleCost == 0 && phases <= 4 * component.actors.count
  }
  /// Solving a *K* costs about so many operations for each firing and each end of a channel.
  private var scheduleFactor: Int128 { isSmallStart ? 12 : 60 }
  /// A small start goes before any execution where it costs no more than this.
  private static let firstSchedule: Int128 = 2_000_000
  /// More than this would not fit the memory.
  private static let largestSchedule: Int128 = 6_000_000

  init(
    _ component: DataflowComponent, _ options: Throughput.Options,
    deadline: ContinuousClock.Instant?
  ) throws(DataflowError) {
    bounds = try component.workloadBounds()
    self.component = component
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
      let nextSchedule = schedules.map { $0.size * scheduleFactor }
      let nextExecution = maySelfTime ? execution?.cost ?? component.operations : nil
      switch (nextSchedule, nextExecution) {
      case (nil, nil): return
      case (let schedule?, let execution?):
        let isFirst = isSmallStart && schedule <= Self.firstSchedule
        if isFirst || scheduleCost + schedule <= executionCost + execution {
          try solve(schedule)
        } else {
          try execute(execution, &budget)
        }
      case (let schedule?, nil): try solve(schedule)
      case (nil, let execution?): try execute(execution, &budget)
      }
    }
  }

  private mutating func solve(_ cost: Int128) throws(DataflowError) {
    let size = cost / scheduleFactor
    guard size <= Self.largestSchedule, size <= Int128(options.firingLimit),
      !isTooLate(nanoseconds: size * 100)
    else {
      schedules = nil
      return
    }
    methods.insert(.kPeriodic)
    scheduleCost += cost
    switch try schedules?.step() {
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
    case .overflow, nil: schedules = nil
    }
  }

  private mutating func execute(_ cost: Int128, _ budget: inout Int64) throws(DataflowError) {
    guard cost <= Int128(budget), !isTooLate(nanoseconds: cost * 4),
      (execution?.iterations ?? 0) < options.iterationLimit
    else {
      execution = nil
      maySelfTime = false
      return
    }
    if execution == nil { execution = SelfTimedAnalysis(component) }
    methods.insert(.selfTimed)
    executionCost += cost
    budget -= Int64(cost)
    if let blocking = try execution?.step(&bounds) {
      cycle = blocking
      isDeadlock = true
    }
  }

  /// Whether something that takes this long would surely end behind the deadline.
  private func isTooLate(nanoseconds: Int128) -> Bool {
    guard let deadline else { return false }
    return ContinuousClock.now.advanced(by: .nanoseconds(Int64(clamping: nanoseconds))) >= deadline
  }
}
