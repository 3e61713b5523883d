import Dataflow
import Diagnostics
package import MappingModel
import PlatformModel
import Quantities

/// Executes placements and evaluates them; each thread needs its own.
package struct MappingEvaluator {
  /// The problem whose placements are evaluated.
  package let problem: MappingProblem
  var simulator: Simulator
  let account: PlacementAccount
  let requirements: [Requirement]
  let limitsLocalMemory: Bool

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

// MARK: - In full

extension MappingEvaluator {
  /// The most firings and segments that are written down.
  private static let recordLimit = 2_000_000

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

extension Evaluation {
  /// The evaluation of a mapping that cannot be executed.
  package static func impossible(reason: String) -> Evaluation {
    Evaluation(
      period: nil, isExact: false, latency: nil, dynamicEnergy: .zero, staticEnergy: .zero,
      transferEnergy: .zero, peakPower: nil, cost: 0, memories: [], loads: [], bound: .nothing,
      violations: [.impossible(reason: reason)])
  }
}
