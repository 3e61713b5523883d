import Dataflow
import PlatformModel
import Quantities

/// Holds what an evaluation says against what is found again.
struct FigureComparison {
  private let checker: MappingChecker
  private let evaluation: Evaluation
  private let seen: SeenExecution
  private let account: CheckedAccount
  private var found: MappingChecker.Figures
  private var differences: [String] = []

  private var problem: MappingProblem { checker.problem }

  /// Sums of many terms may be added up in another order.
  private static let width = 1e-9

  /// - Parameter exactPeriod: The ticks of an inference in a repetition that was checked.
  init(
    _ checker: MappingChecker, _ evaluation: Evaluation, _ seen: SeenExecution,
    exactPeriod: Fraction?
  ) {
    (self.checker, self.evaluation, self.seen) = (checker, evaluation, seen)
    account = CheckedAccount(checker)
    let second = MappingProblem.ticksPerSecond
    found = MappingChecker.Figures(
      isLive: evaluation.period != nil, period: evaluation.period?.value ?? 0,
      latency: seen.latency.map { Double($0) / second } ?? evaluation.latency?.value ?? 0,
      dynamicEnergy: 0, transferEnergy: 0, idlePower: account.idlePower, peakPower: 0,
      cost: account.cost, memories: account.memoryBytes())
    if let exactPeriod, evaluation.isExact {
      found.period = max(exactPeriod.doubleValue, streamTicks) / second
    }
    addEnergies()
    found.peakPower = max(seen.activePower + found.idlePower, found.power)
  }

  /// What differs, in words.
  func lines(_ limits: MappingChecker.Limits) -> [String] {
    var comparison = self
    comparison.compareStock()
    if evaluation.period != nil { comparison.compareFigures() }
    comparison.compareFeasibility(limits)
    return comparison.differences
  }
}

// MARK: - Finding

extension FigureComparison {
  private mutating func addEnergies() {
    guard seen.runs != nil || isConnected && evaluation.isExact else {
      // Nothing shows how often blocks run; in the window of a mean some may run ahead of others.
      found.dynamicEnergy = evaluation.dynamicEnergy.value
      found.transferEnergy = evaluation.transferEnergy.value
      return
    }
    for block in problem.graph.actors.indices where checker.placement.elements[block] >= 0 {
      let count = seen.runs?[block] ?? 1
      found.dynamicEnergy += count * account.computing(block)
      found.transferEnergy += count * account.moving(block)
    }
  }

  /// The ticks that the bytes of an inference take over the slowest link or memory over which any of them stream.
  private var streamTicks: Double {
    var (bytes, streams) = (problem.resources.map { _ in 0.0 }, Set<Int>())
    for block in problem.graph.actors.indices where checker.placement.elements[block] >= 0 {
      let passing = account.passing(block)
      for (resource, count) in passing.all {
        bytes[resource] += (seen.runs?[block] ?? 1) * Double(count)
      }
      streams.formUnion(passing.streams)
    }
    return streams.map { resource in
      let rate = problem.resources[resource].ticksPerByte
      return bytes[resource] * Double(rate.numerator) / Double(rate.denominator)
    }.max() ?? 0
  }

  /// Whether channels join all blocks that take an element, so that none runs more often than another for ever.
  private var isConnected: Bool {
    var groups = Array(problem.graph.actors.indices)
    func root(_ block: Int) -> Int {
      var block = block
      while groups[block] != block { block = groups[block] }
      return block
    }
    for channel in problem.graph.channels {
      groups[root(channel.source.index)] = root(channel.destination.index)
    }
    let placed = groups.indices.filter { checker.placement.elements[$0] >= 0 }
    return Set(placed.map(root)).count <= 1
  }
}

// MARK: - Comparing

extension FigureComparison {
  /// What is there whether anything happens or not.
  private mutating func compareStock() {
    compare("cost", evaluation.cost, found.cost)
    let shared = problem.platform.memories.count
    for (memory, bytes) in found.memories.enumerated() {
      let name =
        memory < shared
        ? problem.platform.memories[memory].name
        : "\(problem.platform.elements[memory - shared].name) (local)"
      let said = evaluation.memories.first { $0.name == name }?.bytes ?? 0
      compare("bytes in \(name)", Double(said), Double(bytes))
    }
  }

  private mutating func compareFigures() {
    compare("period_s", evaluation.period?.value ?? 0, found.period)
    compare("latency_s", evaluation.latency?.value ?? 0, found.latency)
    compare("computing energy", evaluation.dynamicEnergy.value, found.dynamicEnergy)
    compare("moving energy", evaluation.transferEnergy.value, found.transferEnergy)
    compare("idle energy", evaluation.staticEnergy.value, found.idleEnergy)
    compare("energy_j", evaluation.energy?.value ?? 0, found.energy)
    compare("power_w", evaluation.power?.value ?? 0, found.power)
    guard let said = evaluation.peakPower?.value else { return }
    if seen.runs != nil {
      compare("peak_power_w", said, found.peakPower)
    } else if said < found.peakPower * (1 - Self.width) {
      differences.append(
        "peak_power_w: evaluated as \(said), checked to be at least \(found.peakPower)")
    } else {
      found.peakPower = said
    }
  }

  private mutating func compareFeasibility(_ limits: MappingChecker.Limits) {
    let broken = CheckedLimits(limits, checker, account).broken(
      by: found, uncertainty: evaluation.periodUncertainty.value)
    guard evaluation.violations.isEmpty != broken.isEmpty else { return }
    differences.append(
      broken.isEmpty
        ? "feasible: evaluated not to be (\(evaluation.violations[0])), checked to be"
        : "feasible: evaluated to be, checked not to be (\(broken[0]))")
  }

  private mutating func compare(_ name: String, _ said: Double, _ found: Double) {
    guard abs(said - found) > Self.width * max(abs(said), abs(found)) else { return }
    differences.append("\(name): evaluated as \(said), checked to be \(found)")
  }
}
