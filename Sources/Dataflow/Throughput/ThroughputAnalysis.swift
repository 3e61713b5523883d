import GraphAlgorithms

/// Splits a graph into strongly connected components and joins what is known about each.
struct ThroughputAnalysis {
  private let graph: CSDFGraph
  private let options: Throughput.Options
  private let components: DataflowComponents
  private var bounds = PeriodBounds(lower: .zero, upper: .zero)
  private var budget: Int64
  private let deadline: ContinuousClock.Instant?
  private var deadlock: [Int]?
  private(set) var critical: [Int] = []
  private(set) var methods: Set<Throughput.Method> = []

  init(
    _ graph: CSDFGraph, _ repetition: RepetitionVector, _ options: Throughput.Options
  ) throws(DataflowError) {
    self.graph = graph
    self.options = options
    budget = options.firingLimit
    deadline = options.timeLimit.map { ContinuousClock.now.advanced(by: $0) }
    components = try DataflowComponents(
      graph, repetition, autoConcurrency: options.autoConcurrency)
  }

  var outcome: Throughput.Outcome {
    deadlock.map { .deadlock($0.map { CSDFGraph.ActorID($0) }) } ?? bounds.outcome
  }

  mutating func run() throws(DataflowError) {
    for members in components.members {
      if let starved = components.starvedActor(in: members) {
        deadlock = [starved]
        critical = [starved]
        return
      }
    }
    for index in components.members.indices {
      if let workload = try components.soloWorkload(of: index) {
        join(PeriodBounds(lower: workload, upper: workload), [components.members[index][0]])
        continue
      }
      let component = components.component(index)
      let found = try analyse(component)
      let names = found.critical.map { component.actors[$0].index }
      if found.isDeadlock {
        deadlock = names
        critical = names
        return
      }
      join(found.bounds, names)
    }
  }

  private mutating func join(_ other: PeriodBounds, _ cycle: [Int]) {
    if other.lower > bounds.lower || (critical.isEmpty && other.lower == bounds.lower) {
      critical = cycle
    }
    bounds.join(other)
  }

  fileprivate struct Finding {
    var bounds: PeriodBounds
    var critical: [Int] = []
    var isDeadlock = false
  }

  /// Short schedules first, which settle most components at once; then execution, and long schedules
  /// where that does not come to an end.
  private mutating func analyse(_ component: DataflowComponent) throws(DataflowError) -> Finding {
    var finding = Finding(bounds: try component.workloadBounds())
    let phases = component.actors.reduce(0) { $0 + $1.times.count }
    var periodic = KPeriodicAnalysis(component)
    let deadline = self.deadline
    func isPastDeadline() -> Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
    if options.method != .selfTimed {
      methods.insert(.kPeriodic)
      let shortest = Int64(clamping: max(Int128(2 * phases), component.firings / 16))
      let limit = options.method == .auto ? shortest : options.firingLimit
      let outcome = try periodic.run(firingLimit: limit, isPastDeadline: isPastDeadline)
      if finding.take(outcome) { return try finding.scaled(by: component.turns) }
      if options.method == .kPeriodic { return try finding.scaled(by: component.turns) }
    }
    methods.insert(.selfTimed)
    var execution = SelfTimedAnalysis(
      component, iterationLimit: options.iterationLimit, deadline: deadline)
    let blocked = try execution.narrow(&finding.bounds, &budget)
    if let blocked {
      finding.critical = blocked
      finding.isDeadlock = true
    } else if !finding.bounds.isExact, options.method == .auto {
      let limit = min(options.firingLimit, 50_000_000)
      let outcome = try periodic.run(firingLimit: limit, isPastDeadline: isPastDeadline)
      _ = finding.take(outcome)
    }
    return try finding.scaled(by: component.turns)
  }
}

extension ThroughputAnalysis.Finding {
  /// Takes in what schedules say; true where that settles the matter.
  fileprivate mutating func take(_ outcome: KPeriodicAnalysis.Outcome) -> Bool {
    switch outcome {
    case .period(let period, let cycle):
      bounds = PeriodBounds(lower: period, upper: period)
      critical = cycle
      return true
    case .deadlock(let cycle):
      critical = cycle
      isDeadlock = true
      return true
    case .bounded(let upper):
      bounds.isLive = upper != nil
      if let upper { bounds.upper = min(bounds.upper, upper) }
      return bounds.isExact
    }
  }

  fileprivate func scaled(by turns: Int64) throws(DataflowError) -> Self {
    var result = self
    try result.bounds.scale(by: Fraction(turns))
    return result
  }
}
