import Dataflow
import MappingModel
import Quantities
import Synchronization
import Testing

@testable import Simulation

/// Executions that are asked to stop and have to say what they know.
@Suite struct HurriedExecutionTests {
  /// Says stop from one question on.
  private final class Questions: Sendable {
    private let asked = Atomic(0)
    private let last: Int

    init(stoppingAt last: Int) { self.last = last }

    var count: Int { asked.load(ordering: .relaxed) }

    func stop() -> Bool { asked.add(1, ordering: .relaxed).newValue >= last }
  }

  /// Random mappings that do not repeat within so many inferences.
  private func erratic(
    _ seeds: Range<UInt64>, within inferences: Int
  ) throws -> [(seed: UInt64, example: RandomCase)] {
    try seeds.compactMap { seed in
      let example = try RandomCase(seed: seed, blocks: 100...140, elements: 4...5)
      var evaluator = try MappingEvaluator(example.problem)
      let measures = evaluator.measure(
        example.placement, MeasureOptions(findsLatency: false, inferences: inferences))
      guard measures.period.isFinite, !measures.isExact else { return nil }
      return (seed, example)
    }
  }

  @Test func `an execution that is asked to stop gives the mean so far, with its width`() throws {
    var (cut, held) = (0, 0)
    for (seed, example) in try erratic(0..<80, within: 24) {
      var evaluator = try MappingEvaluator(example.problem)
      var simulator = try Simulator(example.problem)
      for last in [1, 2, 5] {
        let questions = Questions(stoppingAt: last)
        evaluator.shouldStop = { questions.stop() }
        let (evaluation, observed) = try evaluator.evaluate(
          example.placement, ExecutionExtent.settled.hurried())
        guard observed.result.isCut, let window = observed.result.window else { continue }
        cut += 1
        // The mean is that of these inferences, which are at least half of all.
        #expect(window.count * 2 >= window.upperBound && window.upperBound < 1000, "seed \(seed)")
        let ends = try simulator.ends(of: example.placement, inferences: window.upperBound)
        let begin = window.lowerBound == 0 ? 0 : ends[window.lowerBound - 1]
        #expect(
          observed.result.period
            == Fraction(ends[window.upperBound - 1] - begin, Int64(window.count)),
          "seed \(seed)")
        #expect(!evaluation.isExact && evaluation.periodUncertainty > .zero, "seed \(seed)")
        #expect(observed.activity.inferences == window, "seed \(seed)")
        #expect(!observed.schedule.firings.isEmpty, "seed \(seed)")
        evaluator.shouldStop = nil
        let long = try evaluator.evaluate(example.placement, .inferences(4000)).evaluation
        let (said, right) = (try #require(evaluation.period), try #require(long.period))
        held += abs(said.value - right.value) <= evaluation.periodUncertainty.value ? 1 : 0
      }
    }
    #expect(cut >= 5 && held * 10 >= cut * 9, "\(held) of \(cut)")
  }

  @Test func `nobody who is never asked to stop gives anything else`() throws {
    var compared = 0
    for seed in UInt64(0)..<30 {
      let example = try RandomCase(seed: seed, blocks: 5...120, elements: 3...5)
      var evaluator = try MappingEvaluator(example.problem)
      let usual = try evaluator.evaluate(example.placement, .inferences(24))
      evaluator.shouldStop = { false }
      let hurried = try evaluator.evaluate(
        example.placement, ExecutionExtent.inferences(24).hurried())
      #expect(hurried.evaluation == usual.evaluation, "seed \(seed)")
      #expect(hurried.observed.result == usual.observed.result, "seed \(seed)")
      #expect(
        hurried.observed.activity.elements == usual.observed.activity.elements, "seed \(seed)")
      #expect(hurried.observed.schedule == usual.observed.schedule, "seed \(seed)")
      compared += usual.evaluation.isExact ? 0 : 1
    }
    #expect(compared > 3, "\(compared)")
  }

  @Test func `what is asked to stop at once has passed the checker all the same`() throws {
    for seed in UInt64(0)..<60 {
      let example = try RandomCase(seed: seed, isLoose: true)
      var evaluator = try MappingEvaluator(example.problem)
      evaluator.shouldStop = { true }
      for earliest in [1, 16] {
        _ = try evaluator.checked(
          example.placement, ExecutionExtent.settled.hurried(from: earliest))
      }
    }
  }

  @Test(arguments: [(blocks: 10, least: 0), (6000, 9)])
  func `who executes large graphs asks after every inference`(blocks: Int, least: Int) throws {
    let problem = try MappingProblem.streamed(
      MappingProblem.chain(Array(repeating: 1, count: blocks)), slowness: [1],
      capacities: Array(repeating: 1, count: blocks - 1))
    let questions = Questions(stoppingAt: .max)
    var simulator = try Simulator(problem)
    simulator.shouldStop = { questions.stop() }
    _ = try simulator.ends(
      of: Placement(elements: Array(repeating: 0, count: blocks)), inferences: 10)
    #expect((least...100).contains(questions.count))
  }
}

@Suite struct BusyShareTests {
  private func shares(
    _ elements: [Double], isExact: Bool = false, width: Double = 0.02, drifts: [Double]?,
    works: [Double]? = nil, isCut: Bool = false
  ) -> BusyShares.Full {
    var result = Simulator.Result()
    result.isCut = isCut
    (result.period, result.isExact) = (Fraction(1000), isExact)
    result.uncertainty = isExact ? 0 : width * 1000
    return BusyShares(elements: elements, resources: [], result, drifts: drifts, works: works)
      .full
  }

  @Test func `what a mean cannot tell is open, and what repeats is certain`() {
    #expect(shares([0.5, 0.9981], isExact: true, drifts: nil) == .certain(1))
    #expect(shares([0.5, 0.9979], isExact: true, drifts: nil) == .none)
    #expect(shares([0.5, 1], drifts: [0, 0]) == .certain(1))
    #expect(shares([0.5, 0.9981], drifts: [0, 0.004]) == .open(1))
    #expect(shares([0.5, 0.996], drifts: [0, 0.004]) == .open(1))
    #expect(shares([0.5, 0.99], drifts: [0.1, 0.004]) == .none)
    // Where halves were not looked at, the width of the mean counts.
    #expect(shares([0.5, 0.99], drifts: nil) == .open(1))
    #expect(shares([0.5, 0.97], drifts: nil) == .none)
    // What is certain goes before what is open, and of open ones the busiest.
    #expect(shares([0.998, 1], drifts: [0.01, 0]) == .certain(1))
    #expect(shares([0.996, 0.9975], drifts: [0.01, 0.01]) == .open(1))
  }

  @Test func `what runs ahead in a window does not bound the period with less work than others`() {
    #expect(shares([1, 1, 0.9], drifts: [0, 0, 0], works: [0.963, 1, 0.9]) == .certain(1))
    // The work of nobody takes all of a period, whatever its mean may be.
    #expect(shares([1, 0.9], drifts: [0, 0], works: [0.96, 0.9]) == .none)
    #expect(shares([0.9, 0.5], drifts: [0, 0], works: [1, 0.5]) == .none)
    #expect(shares([0.997, 0.5], drifts: [0.01, 0], works: [0.99, 0.5]) == .open(0))
  }

  @Test func `an execution that was cut short is sure of nothing within its width`() {
    #expect(
      shares([1, 0.5], width: 0.3, drifts: [0, 0], works: [1, 0.5], isCut: true) == .open(0))
    #expect(
      shares([1, 0.5], width: 0.3, drifts: [0, 0], works: [0.6, 0.5], isCut: true) == .none)
  }

  @Test(.timeLimit(.minutes(3)))
  func `what bounds a mean bounds it after 100,000 inferences`() throws {
    var (means, agreed) = (0, 0)
    for seed in UInt64(0)..<40 {
      let example = try RandomCase(seed: seed, blocks: 100...140, elements: 4...5)
      var evaluator = try MappingEvaluator(example.problem)
      let said = try evaluator.evaluate(example.placement, .inferences(24)).evaluation
      guard said.period != nil, !said.isExact else { continue }
      let long = try evaluator.evaluate(example.placement, .inferences(100_000)).evaluation
      means += 1
      let bounds: [PeriodBound] =
        if case .loadOrDependency(let kind, let name) = said.bound {
          [said.bound, .load(kind, name: name), .dependency]
        } else { [said.bound] }
      agreed += bounds.contains(long.bound) ? 1 : 0
    }
    #expect(means >= 5 && agreed * 10 >= means * 9, "\(agreed) of \(means)")
  }
}
