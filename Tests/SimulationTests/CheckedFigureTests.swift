import Dataflow
import MappingModel
import PlatformModel
import Quantities
import Simulation
import Testing

@Suite("The checker finds every figure of a mapping again")
struct CheckedFigureTests {
  private static let parts = 6
  private static let casesPerPart: UInt64 = 500

  @Test("energies, powers, cost, memories, period, latency and feasibility", arguments: 0..<parts)
  func figures(part: Int) throws {
    var (exact, infeasible) = (0, 0)
    let first = UInt64(part) * Self.casesPerPart
    for seed in first..<first + Self.casesPerPart {
      let example = try RandomWorth(
        try RandomCase(seed: seed, isLoose: seed % 5 == 4), seed: seed)
      var evaluator = try MappingEvaluator(example.problem, limits: example.limits)
      let (evaluation, observed) = try evaluator.evaluate(example.placement, .inferences(40))
      var simulator = try Simulator(example.problem)
      let alone =
        evaluation.latency == nil
        ? nil : try simulator.schedule(of: example.placement, inferences: 1, isAlone: true)
      let found = example.disagreements(evaluation, observed.schedule, alone: alone)
      #expect(found == [], "seed \(seed)")
      if evaluation.isExact { exact += 1 }
      if !evaluation.isFeasible { infeasible += 1 }
    }
    #expect(exact > 200)
    #expect(infeasible > 50)
  }

  @Test func `a block that runs ahead in the window of a mean is no disagreement`() throws {
    func checked(room: Int64) throws -> Evaluation {
      let problem = try MappingProblem.streamed(
        MappingProblem.chain([1, 3]), slowness: [1, 2], capacities: [room])
      var evaluator = try MappingEvaluator(problem)
      return try evaluator.checked(Placement(elements: [0, 1]), .inferences(100)).evaluation
    }
    let (tight, roomy) = (try checked(room: 2), try checked(room: 10_000))
    #expect(tight.isExact && !roomy.isExact && tight.dynamicEnergy > .zero)
    #expect(roomy.dynamicEnergy > tight.dynamicEnergy)
  }

  @Test("a wrong figure is found, and named with both values", arguments: Fault.allCases)
  func faults(fault: Fault) throws {
    var (tried, found) = (0, 0)
    for seed in UInt64(0)..<80 {
      var example = try RandomWorth(try RandomCase(seed: seed), seed: seed)
      var evaluator = try MappingEvaluator(example.problem, limits: example.limits)
      var (evaluation, observed) = try evaluator.evaluate(example.placement, .inferences(40))
      guard observed.schedule.repetition != nil,
        fault.put(into: &evaluation, &observed.schedule, &example)
      else { continue }
      tried += 1
      let lines = example.disagreements(evaluation, observed.schedule)
      if lines.contains(where: { $0.contains(fault.rawValue) }) { found += 1 }
    }
    #expect(tried > 10)
    #expect(found == tried)
  }

  /// What can be wrong, called as the line about it calls it.
  enum Fault: String, CaseIterable, Sendable {
    case computing = "computing energy"
    case moving = "moving energy"
    case idle = "idle energy"
    case power = "power_w"
    case peak = "peak_power_w"
    case cost
    case memory = "bytes in"
    case period = "period_s"
    case feasible
    case overlap = "two things at"
    case capacity = "without"
    case late = "takes"

    /// - Returns: Whether the case has what the fault is about.
    func put(
      into evaluation: inout Evaluation, _ schedule: inout MappingSchedule,
      _ example: inout RandomWorth
    ) -> Bool {
      switch self {
      case .computing:
        guard evaluation.dynamicEnergy > .zero else { return false }
        evaluation.dynamicEnergy = Joules(evaluation.dynamicEnergy.value * 1.001)
      case .moving:
        guard evaluation.transferEnergy > .zero else { return false }
        evaluation.transferEnergy = .zero
      case .idle, .power:
        guard evaluation.staticEnergy > .zero else { return false }
        evaluation.staticEnergy = Joules(evaluation.staticEnergy.value * 0.99)
      case .peak:
        guard let peak = evaluation.peakPower, peak > .zero else { return false }
        evaluation.peakPower = Watts(peak.value * 0.9)
      case .cost: evaluation.cost += 1
      case .memory: evaluation.memories[0].bytes -= 1
      case .period:
        guard let period = evaluation.period, period > .zero else { return false }
        evaluation.period = Seconds(period.value * 0.999)
      case .feasible:
        guard !evaluation.violations.isEmpty else { return false }
        evaluation.violations = []
      case .overlap: return overlap(&schedule)
      case .capacity:
        let used = example.problem.graph.channels.indices.filter {
          !example.problem.graph.channels[$0].isSelfEdge
        }
        guard let channel = used.last else { return false }
        example.placement.capacities[channel] =
          (example.problem.graph.channels[channel].production.max() ?? 1) - 1
        // The rest is as it was.
        return example.problem.graph.channels[channel].production.max() ?? 0 > 0
      case .late:
        guard
          let place = schedule.firings.last(where: { !$0.segments.isEmpty && $0.end != nil })?
            .segments.first
        else { return false }
        schedule.segments[place].end += 1
      }
      return true
    }

    /// Moves a firing to where its element is busy.
    private func overlap(_ schedule: inout MappingSchedule) -> Bool {
      let firings = schedule.firings
      for (index, firing) in firings.enumerated()
      where firing.element >= 0 && firing.segments.count == 1 {
        guard let end = firing.end, end > firing.start else { continue }
        let other = firings.first {
          $0.element == firing.element && $0.block != firing.block && $0.start > end
            && $0.end ?? 0 > $0.start
        }
        guard let other else { continue }
        let shift = other.start - firing.start
        schedule.firings[index].start += shift
        schedule.firings[index].end = end + shift
        for place in firing.segments {
          schedule.segments[place].requested += shift
          schedule.segments[place].start += shift
          schedule.segments[place].end += shift
        }
        return true
      }
      return false
    }
  }
}
