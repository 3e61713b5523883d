import Dataflow
import MappingModel
import Simulation
import Testing

/// Blocks that run far ahead of parts that are stuck: the verdict needs no execution of what lies between.
@Suite struct RunningAheadTests {
  private static let thousandMillions: Int64 = 1_000_000_000

  /// Three blocks in a chain, the last of which takes four results at once.
  private static func chain(capacities: [Int64]) throws -> MappingProblem {
    let graph = try CSDFGraph(
      name: "g", actors: ["a", "b", "c"].map { .init(name: $0, executionTimes: [1]) },
      channels: [
        .init(
          name: "ab", source: .init(0), destination: .init(1), production: [1], consumption: [1],
          initialTokens: 0),
        .init(
          name: "bc", source: .init(1), destination: .init(2), production: [1], consumption: [4],
          initialTokens: 0),
      ])
    return try MappingProblem.streamed(graph, slowness: [1, 1], capacities: capacities)
  }

  @Test(.timeLimit(.minutes(1)), arguments: [true, false])
  func `a deadlock is found at once, however far a block could run ahead`(findsLatency: Bool) throws
  {
    let problem = try Self.chain(capacities: [Self.thousandMillions, 3])
    let placement = Placement(elements: [0, 1, 1])
    var simulator = try Simulator(problem)
    let result = try simulator.run(placement, .settled, findsLatency: findsLatency)
    #expect(result.period == nil && result.latency == nil)
    #expect(result.blocked.map(\.block) == [1, 2])
    var evaluator = try MappingEvaluator(problem)
    let (evaluation, observed) = try evaluator.evaluate(placement)
    #expect(evaluation.waiting?.map(\.block) == ["b", "c"] && !observed.schedule.firings.isEmpty)
  }

  @Test(.timeLimit(.minutes(1)))
  func `so is one that only the shifts of a sequence make`() throws {
    let graph = try MappingProblem.chain([1, 1, 1])
    var simulator = try Simulator(
      try MappingProblem.streamed(
        graph, slowness: [1, 1], capacities: [Self.thousandMillions, 1]))
    // The second block waits in the second round for the third, whose turn is behind its own.
    let sequence: [Placement.Slot] = [.init(block: 1, shift: 0), .init(block: 2, shift: 1)]
    let result = try simulator.run(
      Placement(elements: [0, 1, 1], sequence: [1: sequence]), inferences: 100)
    #expect(result.period == nil && result.latency == 3)
    #expect(result.blocked.map(\.block) == [1, 2])
  }

  @Test func `with room enough a block may run ahead, in a sequence too`() throws {
    let graph = try MappingProblem.chain([1, 1, 1])
    var simulator = try Simulator(
      try MappingProblem.streamed(
        graph, slowness: [1, 1], capacities: [Self.thousandMillions, 2]))
    let sequence: [Placement.Slot] = [.init(block: 1, shift: 0), .init(block: 2, shift: 1)]
    let result = try simulator.run(
      Placement(elements: [0, 1, 1], sequence: [1: sequence]), inferences: 100)
    #expect(result.period == Fraction(2) && result.latency == 3)
  }

  @Test func `an execution is left when it is asked to be`() throws {
    let graph = try MappingProblem.chain([1, 1])
    let problem = try MappingProblem.streamed(
      graph, slowness: [1], capacities: [Self.thousandMillions])
    // The first block goes before the second as long as there is room.
    let placement = Placement(elements: [0, 0], order: [0: [0]])
    var simulator = try Simulator(problem)
    simulator.shouldStop = { true }
    #expect(throws: SimulationError.interrupted) {
      try simulator.run(placement, inferences: 10)
    }
    var evaluator = try MappingEvaluator(problem)
    evaluator.shouldStop = { true }
    #expect(evaluator.measure(placement, MeasureOptions()).violation == .infinity)
  }
}
