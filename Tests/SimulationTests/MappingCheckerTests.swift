import Dataflow
import MappingModel
import PlatformModel
import Quantities
import RandomNumbers
import Simulation
import Testing

@Suite struct MappingCheckerTests {
  @Test(arguments: 0..<4)
  func `the checker agrees with the simulator on what happens and what comes of it`(
    part: UInt64
  ) throws {
    var repeated = 0
    for seed in (part * 150)..<(part * 150 + 150) {
      let example = try RandomCase(seed: seed)
      var simulator = try Simulator(example.problem)
      let result = try simulator.run(example.placement, inferences: 40)
      let schedule = try simulator.schedule(of: example.placement, inferences: 40)
      let checker = MappingChecker(example.problem, example.placement)
      let report = checker.check(schedule)
      #expect(report.faults.isEmpty, "seed \(seed)")
      #expect(report.inferenceEnds == schedule.inferenceEnds, "seed \(seed)")
      if result.repetition != nil {
        repeated += 1
        #expect(report.period == result.period, "seed \(seed)")
        // No element and no resource is busy for longer than the repetition lasts.
        let length = result.period.map { $0.doubleValue * Double(result.repetition?.count ?? 0) }
        for ticks in report.elementTicks + report.resourceTicks {
          #expect(Double(ticks) <= (length ?? 0) * (1 + 1e-12), "seed \(seed)")
        }
      }
      guard let latency = result.latency else { continue }
      let alone = checker.check(
        try simulator.schedule(of: example.placement, inferences: 1, isAlone: true))
      #expect(alone.faults.isEmpty && alone.inferenceEnds == [latency], "seed \(seed)")
    }
    #expect(repeated > 60)
  }

  @Test func `what breaks a rule is found`() throws {
    var found: [String: Int] = [:]
    var tried = 0
    for seed in UInt64(0)..<60 {
      let example = try RandomCase(seed: seed)
      var simulator = try Simulator(example.problem)
      let schedule = try simulator.schedule(of: example.placement, inferences: 20)
      let checker = MappingChecker(example.problem, example.placement)
      for (name, broken) in Corruption.all(of: schedule, seed: seed) {
        tried += 1
        if checker.check(broken).faults.isEmpty { found[name, default: 0] += 1 }
      }
    }
    #expect(found == [:], "corruptions that were not noticed, of \(tried)")
    #expect(tried > 150)
  }

  /// The bounds come from the problem alone: the sum of what the blocks of an element compute in one inference.
  @Test(arguments: 0..<4)
  func `no period is shorter than what one inference keeps an element computing`(part: UInt64)
    throws
  {
    var (bounds, reached) = (0, 0)
    for seed in (part * 150)..<(part * 150 + 150) {
      let example = try RandomCase(seed: seed)
      let problem = example.problem
      var evaluator = try MappingEvaluator(problem)
      let evaluation = try evaluator.evaluate(example.placement, .inferences(100)).evaluation
      guard let period = evaluation.period else { continue }
      for element in problem.platform.elements.indices {
        let computing = example.placement.elements.indices.filter {
          example.placement.elements[$0] == element
        }.compactMap { problem.uses[$0][element]?.roofline.computing }
          .reduce(0) { $0 + Double($1.numerator) / Double($1.denominator) }
        #expect(computing <= period.value * (1 + 1e-9), "seed \(seed): element \(element)")
        bounds += computing > 0 ? 1 : 0
        reached += computing >= period.value * (1 - 1e-9) ? 1 : 0
      }
    }
    #expect(bounds > 100 && reached > 10, "\(bounds) \(reached)")
  }

  @Test func `a full run of many inferences has the period of the repetition`() throws {
    var compared = 0
    for seed in UInt64(0)..<40 {
      let example = try RandomCase(seed: seed)
      var simulator = try Simulator(example.problem)
      let result = try simulator.run(example.placement, inferences: 200)
      guard let repetition = result.repetition, let period = result.period else { continue }
      let ends = try simulator.ends(of: example.placement, inferences: 2000)
      // As many whole repetitions as fit behind the transient.
      let rounds = (2000 - repetition.upperBound) / repetition.count
      let last = repetition.upperBound + rounds * repetition.count
      let whole = ends[last - 1] - ends[repetition.upperBound - 1]
      #expect(Fraction(whole, Int64(rounds * repetition.count)) == period, "seed \(seed)")
      compared += 1
    }
    #expect(compared > 25)
  }

  @Test(arguments: 0..<4)
  func `exchanging identical elements changes nothing`(part: UInt64) throws {
    var compared = 0
    for seed in (part * 100)..<(part * 100 + 100) {
      let example = try RandomCase(seed: seed)
      guard let twin = try example.withTwins() else { continue }
      var simulator = try Simulator(twin.problem)
      let one = try simulator.run(twin.placement, inferences: 40)
      let other = try simulator.run(twin.exchanged, inferences: 40)
      #expect(one.period == other.period && one.latency == other.latency, "seed \(seed)")
      #expect(one.repetition == other.repetition, "seed \(seed)")
      compared += 1
    }
    #expect(compared > 20)
  }
}

/// Ways to break a schedule.
private enum Corruption {
  static func all(
    of schedule: MappingSchedule, seed: UInt64
  ) -> [(String, MappingSchedule)] {
    var random = SplitMix64(case: seed)
    let running = schedule.firings.indices.filter {
      schedule.firings[$0].element >= 0 && schedule.firings[$0].end != nil
    }
    guard let index = running.randomElement(using: &random) else { return [] }
    var list: [(String, MappingSchedule)] = []
    var broken = schedule
    broken.firings[index].start -= 1
    list.append(("a firing starts too early", broken))
    broken = schedule
    broken.firings.remove(at: index)
    list.append(("a firing is missing", broken))
    if let place = schedule.firings[index].segments.first {
      broken = schedule
      broken.segments[place].end += 1
      list.append(("a part takes longer", broken))
    }
    if let repetition = schedule.repetition, repetition.count > 1 || repetition.lowerBound > 1 {
      broken = schedule
      broken.firings[index].element += 1
      list.append(("a firing is elsewhere", broken))
    }
    return list
  }
}
