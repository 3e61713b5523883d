import Dataflow
package import MappingModel
import PlatformModel
import Quantities

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
  func floored(_ period: Fraction, _ isExact: Bool) -> Fraction {
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

  func localExcess() -> [Violation] {
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

  /// Inferences that are executed for the highest power.
  private static let peakInferences = 100
}

extension Measures {
  /// Sets the period, and what follows from it.
  fileprivate mutating func set(period: Double, _ account: PlacementAccount) {
    self.period = period
    energy = account.dynamicEnergy + account.transferEnergy + account.idlePower * period
    power = period > 0 ? energy / period : 0
  }
}
