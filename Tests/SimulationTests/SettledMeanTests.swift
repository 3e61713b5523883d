import MappingModel
import Quantities
import Simulation
import Testing

@Suite struct SettledMeanTests {
  @Test func `an execution that repeats has no uncertainty, and one that does not has one`() throws
  {
    var (exact, means) = (0, 0)
    for seed in UInt64(0)..<60 {
      let example = try RandomCase(seed: seed, blocks: 2...50, elements: 3...5)
      var evaluator = try MappingEvaluator(example.problem)
      let evaluation = try evaluator.evaluate(example.placement, .inferences(4)).evaluation
      guard evaluation.period != nil else { continue }
      if evaluation.isExact {
        exact += 1
        #expect(evaluation.periodUncertainty == .zero, "seed \(seed)")
      } else {
        means += 1
        #expect(evaluation.periodUncertainty > .zero, "seed \(seed)")
      }
    }
    #expect(exact > 10 && means > 10, "\(exact) \(means)")
  }

  @Test func `what a longer execution gives lies within what a shorter one says`() throws {
    var (held, means) = (0, 0)
    for seed in UInt64(0)..<150 {
      let example = try RandomCase(seed: seed, blocks: 30...60, elements: 3...5)
      var evaluator = try MappingEvaluator(example.problem)
      let short = try evaluator.evaluate(example.placement, .inferences(5)).evaluation
      guard let period = short.period, !short.isExact else { continue }
      let long = try evaluator.evaluate(example.placement, .inferences(400)).evaluation
      guard let right = long.period else { continue }
      means += 1
      if abs(right.value - period.value) <= short.periodUncertainty.value { held += 1 }
    }
    #expect(means > 20 && held * 100 >= means * 95, "\(held) of \(means)")
  }

  @Test(arguments: 0..<4)
  func `what an element does adds up to all of the time, in every window`(part: UInt64) throws {
    var (windows, waits) = (0, 0)
    for seed in (part * 100)..<(part * 100 + 100) {
      let example = try RandomCase(seed: seed)
      var evaluator = try MappingEvaluator(example.problem)
      for extent in [ExecutionExtent.inferences(5), .inferences(60)] {
        let (evaluation, observed) = try evaluator.evaluate(example.placement, extent)
        guard let period = evaluation.period else { continue }
        let activity = observed.activity
        // Where bytes or a load need a longer period, elements wait as much longer.
        let length = max(
          activity.window.upperBound - activity.window.lowerBound,
          Int64((period.value * 1e12 * Double(activity.inferences.count)).rounded()))
        for element in activity.elements {
          #expect(element.total == length, "seed \(seed)")
          #expect(
            [
              element.executing, element.moving, element.waitingForLinks, element.waitingForTokens,
              element.waitingForRoom, element.waitingForTurn, element.idle,
            ].allSatisfy { $0 >= 0 }, "seed \(seed)")
          waits += element.waitingForLinks > 0 || element.waitingForRoom > 0 ? 1 : 0
        }
        windows += 1
      }
    }
    #expect(windows > 100 && waits > 50, "\(windows) \(waits)")
  }

  @Test(arguments: 0..<4)
  func `executing and moving are what the blocks of an element take`(part: UInt64) throws {
    var compared = 0
    for seed in (part * 100)..<(part * 100 + 100) {
      let example = try RandomCase(seed: seed)
      var simulator = try Simulator(example.problem)
      let observed = try simulator.observe(example.placement, .inferences(60), limit: 2_000_000)
      guard let repetition = observed.result.repetition, observed.activity.inferences.count > 0
      else { continue }
      // The slow way: the recorded firings of the same repetition, one by one.
      let schedule = try simulator.schedule(of: example.placement, inferences: 60)
      let ends = schedule.inferenceEnds
      let start = repetition.lowerBound == 0 ? 0 : ends[repetition.lowerBound - 1]
      let end = ends[repetition.upperBound - 1]
      var (executing, moving) = (
        [Int64](repeating: 0, count: observed.activity.elements.count),
        [Int64](repeating: 0, count: observed.activity.elements.count)
      )
      for firing in schedule.firings where firing.element >= 0 {
        for segment in schedule.segments[firing.segments] {
          let time = max(0, min(segment.end, end) - max(segment.start, start))
          if segment.kind == .execute {
            executing[firing.element] += time
          } else {
            moving[firing.element] += time
          }
        }
      }
      #expect(observed.activity.elements.map(\.executing) == executing, "seed \(seed)")
      #expect(observed.activity.elements.map(\.moving) == moving, "seed \(seed)")
      compared += 1
    }
    #expect(compared > 20, "\(compared)")
  }

  @Test func `an excerpt of a schedule is what the whole schedule has there`() throws {
    var compared = 0
    for seed in UInt64(0)..<60 {
      let example = try RandomCase(seed: seed, blocks: 20...50, elements: 3...5)
      var simulator = try Simulator(example.problem)
      let observed = try simulator.observe(example.placement, .inferences(6), limit: 2_000_000)
      guard !observed.result.isExact, let beginning = observed.schedule.beginning else { continue }
      let whole = try simulator.schedule(of: example.placement, inferences: 6)
      let part = MemoryProfile(observed.schedule, of: example.placement, in: example.problem)
      let all = MemoryProfile(whole, of: example.placement, in: example.problem)
      let last = observed.schedule.inferenceEnds.last ?? 0
      for (some, every) in zip(part.memories, all.memories) {
        let before = every.last { $0.time <= beginning.time }?.bytes
        #expect(some.first?.bytes == before, "seed \(seed)")
        let later = every.filter { $0.time > beginning.time && $0.time < last }
        #expect(
          some.filter { $0.time > beginning.time && $0.time < last } == later, "seed \(seed)")
      }
      compared += 1
    }
    #expect(compared > 10, "\(compared)")
  }
}
