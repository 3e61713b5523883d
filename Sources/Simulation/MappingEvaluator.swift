import Dataflow
import Diagnostics
package import MappingModel
import PlatformModel
import Quantities

/// Executes placements and evaluates them; each thread needs its own.
package struct MappingEvaluator {
  /// The problem whose placements are evaluated.
  package let problem: MappingProblem
  private var simulator: Simulator
  private let account: PlacementAccount
  private let requirements: [Requirement]
  private let limitsLocalMemory: Bool

  /// Asked now and then by executions: whether to leave them; nil lets them go on to their end.
  package var shouldStop: (@Sendable () -> Bool)? {
    get { simulator.shouldStop }
    set { simulator.shouldStop = newValue }
  }

  /// The limits that a feasible placement keeps.
  package struct Limits: Hashable, Sendable {
    /// The requirements of the user.
    package var requirements: [Requirement]
    /// Whether the weights of an element that streams must fit its own memory.
    package var localMemory: Bool

    /// Limits from requirements; by default there are none.
    package init(requirements: [Requirement] = [], localMemory: Bool = false) {
      (self.requirements, self.localMemory) = (requirements, localMemory)
    }
  }

  /// An evaluator of the placements of a problem.
  ///
  /// - Throws: ``SimulationError`` for a platform with too many links.
  package init(_ problem: MappingProblem, limits: Limits = Limits()) throws(SimulationError) {
    self.problem = problem
    simulator = try Simulator(problem)
    account = PlacementAccount(simulator.tables, problem)
    requirements = limits.requirements.map(\.self)
    limitsLocalMemory = limits.localMemory
  }
}

/// The numbers of a placement that a search compares; those that were not requested are 0.
package struct Measures: Hashable, Sendable {
  /// The time between two inferences in seconds.
  package var period = 0.0
  /// The time of one inference alone on the idle platform in seconds.
  package var latency = 0.0
  /// The energy of one inference in joules.
  package var energy = 0.0
  /// The energy of one inference over the period, in watts.
  package var power = 0.0
  /// The bytes of weights and channels in all memories.
  package var memory = 0.0
  /// The price of the elements in use.
  package var cost = 0.0
  /// Whether the period is that of an exact repeat.
  package var isExact = true
  /// By how many seconds the period of a longer execution may differ.
  package var periodUncertainty = 0.0
  /// How far limits are exceeded; 0 where the placement is feasible.
  package var violation = 0.0
  /// Whether limits are exceeded at one end only of what the period may be.
  package var isUndecided = false

  /// The measures of a feasible placement, all of them 0.
  package init() {}

  /// The value of an objective, in the unit of its property.
  package subscript(objective: Objective) -> Double {
    switch objective {
    case .period: period
    case .latency: latency
    case .energy: energy
    case .power: power
    case .memory: memory
    case .cost: cost
    }
  }
}

/// Which numbers a search needs.
package struct MeasureOptions: Hashable, Sendable {
  /// Whether a row of inferences is executed for the period, energy and power.
  package var findsPeriod: Bool
  /// Whether one inference is executed alone for the latency.
  package var findsLatency: Bool
  /// How long an execution takes where the state does not repeat.
  package var extent: ExecutionExtent

  /// The numbers to find, by default with an execution until the period settles.
  package init(
    findsPeriod: Bool = true, findsLatency: Bool = true, extent: ExecutionExtent = .settled
  ) {
    self.findsPeriod = findsPeriod
    self.findsLatency = findsLatency
    self.extent = extent
  }

  /// The numbers to find, with an execution of a fixed number of inferences.
  package init(findsPeriod: Bool = true, findsLatency: Bool = true, inferences: Int) {
    self.init(
      findsPeriod: findsPeriod, findsLatency: findsLatency, extent: .inferences(inferences))
  }
}

// MARK: - Fast

extension MappingEvaluator {
  /// The numbers of a placement.
  ///
  /// What cannot be executed, or ends in a deadlock, has infinite numbers and a large violation. Where the mean of a
  /// short execution cannot tell whether limits are kept, that of a long one decides.
  package mutating func measure(
    _ placement: Placement, _ options: MeasureOptions
  ) -> Measures {
    let short = measureOnce(placement, options)
    guard short.isUndecided, options.extent.isShorter(than: .settled) else { return short }
    var longer = options
    longer.extent = .settled
    let long = measureOnce(placement, longer)
    let wasLeft = long.violation == .infinity
    return wasLeft ? short : long
  }

  private mutating func measureOnce(
    _ placement: Placement, _ options: MeasureOptions
  ) -> Measures {
    var measures = Measures()
    let result: Simulator.Result
    do {
      result = try simulator.run(
        placement, options.extent, findsPeriod: options.findsPeriod,
        findsLatency: options.findsLatency)
    } catch {
      // Nobody knows what an execution that was left would have come to.
      return Self.impossible(
        error == .interrupted ? .infinity : Violation.impossible(reason: "").amount)
    }
    let isDeadlock =
      options.findsPeriod && result.period == nil || options.findsLatency && result.latency == nil
    guard !isDeadlock else {
      return Self.impossible(Violation.deadlock(waiting: []).amount + Double(result.blocked.count))
    }
    account.count(simulator.plan, placement, result.pace)
    measures.isExact = result.isExact
    measures.latency = Double(result.latency ?? 0) / MappingProblem.ticksPerSecond
    if let period = result.period {
      measures.set(
        period: floored(period, result.isExact).doubleValue / MappingProblem.ticksPerSecond, account
      )
      measures.periodUncertainty = result.uncertainty / MappingProblem.ticksPerSecond
    }
    var bytes = 0
    for memory in 0..<account.memoryCount {
      bytes += account.memories[memory]
      guard let limit = account.capacity(memory), account.memories[memory] > limit else { continue }
      measures.violation += Double(account.memories[memory] - limit) / Double(max(1, limit))
    }
    if limitsLocalMemory { measures.violation += localExcess().reduce(0) { $0 + $1.amount } }
    measures.memory = Double(bytes)
    measures.cost = account.cost
    judge(&measures, placement)
    return measures
  }

  /// Adds how far requirements are exceeded.
  private mutating func judge(_ measures: inout Measures, _ placement: Placement) {
    let ends = ends(of: measures)
    var least = measures.violation
    for requirement in requirements {
      let excesses = ends.map { requirement.excess(of: value(requirement, $0, placement)) }
      measures.violation += excesses.max() ?? 0
      least += excesses.min() ?? 0
    }
    measures.isUndecided = least == 0 && measures.violation > 0
  }

  /// The numbers at both ends of what the period may be, so that limits are kept at the unsafe one.
  private func ends(of measures: Measures) -> [Measures] {
    guard measures.periodUncertainty > 0 else { return [measures] }
    let width = measures.periodUncertainty
    return [max(0, measures.period - width), measures.period + width].map { period in
      var end = measures
      end.set(period: period, account)
      return end
    }
  }

  /// The limits as the checker takes them.
  var checkedLimits: MappingChecker.Limits {
    .init(requirements: requirements, localMemory: limitsLocalMemory)
  }

  /// The schedule of one inference on the idle platform; nil where it has no end.
  mutating func alone(
    _ placement: Placement, _ evaluation: Evaluation
  ) throws(SimulationError) -> MappingSchedule? {
    guard evaluation.latency != nil else { return nil }
    return try simulator.schedule(of: placement, inferences: 1, isAlone: true)
  }

  private static func impossible(_ violation: Double) -> Measures {
    var measures = Measures()
    let endless = Double.infinity
    (measures.period, measures.latency, measures.energy) = (endless, endless, endless)
    (measures.power, measures.memory, measures.cost) = (endless, endless, endless)
    measures.violation = violation
    return measures
  }

  private mutating func value(
    _ requirement: Requirement, _ measures: Measures, _ placement: Placement
  ) -> Double {
    switch requirement.quantity {
    case .period: return measures.period
    case .throughput: return measures.period > 0 ? 1 / measures.period : .infinity
    case .latency: return measures.latency
    case .energy: return measures.energy
    case .power: return measures.power
    case .memory: return measures.memory
    case .cost: return measures.cost
    case .peakPower:
      let observed = try? simulator.observe(
        placement, .inferences(Self.peakInferences), limit: 0)
      return observed.map { max($0.activity.peakActivePower + account.idlePower, measures.power) }
        ?? .infinity
    }
  }

  /// A period is never shorter than the bytes of an inference take over any link or memory, and a mean
  /// over some inferences not shorter than any element or link is busy.
  private func floored(_ period: Fraction, _ isExact: Bool) -> Fraction {
    var period = period
    if !isExact, account.span == 1 {
      for element in 0..<simulator.tables.elementCount {
        period = max(
          period, Fraction(Int64(account.computing[element] + account.moving[element])))
      }
      for resource in 0..<account.resourceCount {
        period = max(period, Fraction(Int64(account.held[resource])))
      }
    }
    for resource in 0..<account.resourceCount where account.streamed[resource] > 0 {
      guard let floor = account.time(over: resource) else { continue }
      period = max(period, floor)
    }
    return period
  }

  private func localExcess() -> [Violation] {
    problem.platform.elements.indices.compactMap { element in
      guard let limit = problem.platform.elements[element].type.localMemory,
        problem.weightMemory(ofElement: element) < problem.platform.memories.count
      else { return nil }
      let bytes = simulator.weightBytes(on: element)
      guard bytes > limit else { return nil }
      return .memory(
        name: "\(problem.platform.elements[element].name) (local)", bytes: bytes, capacity: limit)
    }
  }

  /// Inferences that are executed for the highest power, and the most that is written down.
  private static let peakInferences = 100
  private static let recordLimit = 2_000_000
}

// MARK: - In full

extension MappingEvaluator {
  /// The evaluation of a placement, with what its execution shows.
  ///
  /// - Throws: ``SimulationError`` for what cannot be executed though the mapping may be right; what is wrong with the
  ///   mapping is a violation.
  package mutating func evaluate(
    _ placement: Placement, _ extent: ExecutionExtent = .settled
  ) throws(SimulationError) -> (evaluation: Evaluation, observed: ObservedExecution) {
    var observed: ObservedExecution
    do {
      observed = try simulator.observe(placement, extent, limit: Self.recordLimit)
    } catch {
      guard error.fault == .infeasible else { throw error }
      return (.impossible(reason: error.message), .nothing)
    }
    observed.result.pace = observed.pace(of: problem)
    let result = observed.result
    account.count(simulator.plan, placement, result.pace)
    let period = result.period.map { floored($0, result.isExact) }
    if let period, let executed = result.period, period > executed {
      lengthen(&observed.activity, to: period)
    }
    let seconds = period.map { Seconds($0.doubleValue / MappingProblem.ticksPerSecond) }
    var evaluation = Evaluation(
      period: seconds, isExact: result.isExact,
      latency: result.latency.map { Seconds(Double($0) / MappingProblem.ticksPerSecond) },
      dynamicEnergy: Joules(account.dynamicEnergy),
      staticEnergy: Joules(account.idlePower * (seconds?.value ?? 0)),
      transferEnergy: Joules(account.transferEnergy), peakPower: nil,
      cost: account.cost, memories: memoryUses(), loads: loads(observed.activity),
      bound: period.map { bound(of: $0, observed, placement) } ?? .nothing, violations: [])
    evaluation.periodUncertainty = Seconds(result.uncertainty / MappingProblem.ticksPerSecond)
    evaluation.peakPower = peakPower(observed, evaluation)
    evaluation.violations = violations(of: evaluation, result)
    return (evaluation, observed)
  }

  /// The highest power in the window, or where there is none, in what was written down; the energy of blocks may be
  /// given with their times, and the average be more.
  private func peakPower(_ observed: ObservedExecution, _ evaluation: Evaluation) -> Watts {
    let highest =
      observed.activity.inferences.isEmpty
      ? observed.schedule.peakPower(in: problem)
      : Watts(observed.activity.peakActivePower + account.idlePower)
    return max(highest, Watts(account.idlePower), evaluation.power ?? .zero)
  }

  /// Makes what elements do that of a period that is longer than what was executed took, which is for streams that no
  /// execution waits for, or because a mean would be shorter than a load.
  private func lengthen(_ activity: inout ActivityProfile, to period: Fraction) {
    let all = period.doubleValue * Double(activity.inferences.count)
    guard !activity.inferences.isEmpty, all < 0x1p62 else { return }
    let streams = account.streams(for: period)
    activity.lengthen(
      to: Int64(all.rounded()), waiting: streams ? \.waitingForLinks : \.waitingForTokens)
  }

  private func memoryUses() -> [Evaluation.MemoryUse] {
    (0..<account.memoryCount).compactMap { memory in
      let isLocal = memory >= problem.platform.memories.count
      guard !isLocal || account.memories[memory] > 0 else { return nil }
      return .init(
        name: problem.memoryName(memory), bytes: account.memories[memory],
        capacity: problem.memoryCapacity(memory))
    }
  }

  /// How long everything is busy in an inference: elements as they were seen to be, so that parts of a graph that
  /// are not connected count as often as they run.
  private func loads(_ activity: ActivityProfile) -> [Evaluation.Load] {
    func seconds(_ ticks: Double) -> Seconds { Seconds(ticks / MappingProblem.ticksPerSecond) }
    let elements = problem.platform.elements.enumerated().map { index, element in
      let ticks =
        activity.inferences.isEmpty
        ? Double(account.computing[index] + account.moving[index]) / Double(account.span)
        : Double(activity.elements[index].busy) / Double(activity.inferences.count)
      return Evaluation.Load(name: element.name, kind: .element, seconds: seconds(ticks))
    }
    return elements
      + problem.resources.enumerated().map { index, resource in
        Evaluation.Load(
          name: resource.name, kind: resource.kind == .link ? .link : .memory,
          seconds: seconds(busyTicks(ofResource: index, activity)))
      }
  }

  /// How long a link or memory is busy in an inference. Streams pass beside transfers, but all bytes together take
  /// at least their time.
  private func busyTicks(ofResource index: Int, _ activity: ActivityProfile) -> Double {
    let held =
      activity.inferences.isEmpty
      ? Double(account.held[index]) / Double(account.span)
      : Double(activity.held[index]) / Double(activity.inferences.count)
    return max(held, account.time(over: index)?.doubleValue ?? 0)
  }

  /// What is busy for all but two thousandths of the time, as far as the execution tells.
  private func bound(
    of period: Fraction, _ observed: ObservedExecution, _ placement: Placement
  ) -> PeriodBound {
    guard period > .zero else { return .nothing }
    let activity = observed.activity
    let shares = BusyShares(
      elements: activity.elements.indices.map { activity.busyShare(ofElement: $0) },
      resources: problem.resources.indices.map {
        busyTicks(ofResource: $0, activity) / period.doubleValue
      }, observed.result, drifts: activity.drifts,
      works: works(placement, observed.result).map { $0.map { $0 / period.doubleValue } })
    func load(_ index: Int) -> (Evaluation.Load.Kind, name: String) {
      let elements = problem.platform.elements
      guard index >= activity.elements.count else { return (.element, elements[index].name) }
      let resource = problem.resources[index - activity.elements.count]
      return (resource.kind == .link ? .link : .memory, resource.name)
    }
    switch shares.full {
    case .certain(let index): return .load(load(index).0, name: load(index).name)
    case .open(let index): return .loadOrDependency(load(index).0, name: load(index).name)
    case .none: return .dependency
    }
  }

  /// For how many ticks one inference keeps elements, and behind them links and memories, busy in the long run; nil
  /// where parts of the graph that are not connected run at different rates, or the execution repeats.
  private func works(_ placement: Placement, _ result: Simulator.Result) -> [Double]? {
    guard !result.isExact, simulator.tables.partSinks.count == 1 else { return nil }
    account.count(simulator.plan, placement, .even)
    defer { account.count(simulator.plan, placement, result.pace) }
    return problem.platform.elements.indices.map {
      Double(account.computing[$0] + account.moving[$0])
    }
      + problem.resources.indices.map {
        max(Double(account.held[$0]), account.time(over: $0)?.doubleValue ?? 0)
      }
  }

  private func violations(
    of evaluation: Evaluation, _ result: Simulator.Result
  ) -> [Violation] {
    var violations: [Violation] = []
    let graph = problem.graph
    if !result.starving.isEmpty {
      violations.append(.starving(blocks: result.starving.map { graph.actors[$0].name }))
    } else if !result.endless.isEmpty {
      violations.append(.endless(blocks: result.endless.map { graph.actors[$0].name }))
    } else if !result.blocked.isEmpty || evaluation.period == nil {
      violations.append(
        .deadlock(
          waiting: result.blocked.map { blocked in
            .init(
              block: problem.graph.actors[blocked.block].name,
              channels: blocked.channels.map { problem.graph.channels[$0].name })
          }))
    }
    for use in evaluation.memories {
      guard let capacity = use.capacity, use.bytes > capacity else { continue }
      violations.append(.memory(name: use.name, bytes: use.bytes, capacity: capacity))
    }
    if limitsLocalMemory { violations += localExcess() }
    for requirement in requirements {
      guard let value = requirement.safeValue(in: evaluation), requirement.excess(of: value) > 0
      else {
        continue
      }
      violations.append(.requirement(requirement, found: value))
    }
    return violations
  }
}

extension Measures {
  /// Sets the period, and what follows from it.
  fileprivate mutating func set(period: Double, _ account: PlacementAccount) {
    self.period = period
    energy = account.dynamicEnergy + account.transferEnergy + account.idlePower * period
    power = period > 0 ? energy / period : 0
  }
}

extension Evaluation {
  /// The evaluation of a mapping that cannot be executed.
  package static func impossible(reason: String) -> Evaluation {
    Evaluation(
      period: nil, isExact: false, latency: nil, dynamicEnergy: .zero, staticEnergy: .zero,
      transferEnergy: .zero, peakPower: nil, cost: 0, memories: [], loads: [], bound: .nothing,
      violations: [.impossible(reason: reason)])
  }
}
