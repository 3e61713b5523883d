import Dataflow
import MappingModel
import PlatformModel
import Quantities
import Testing

@testable import Simulation

@Suite("The account of a placement")
struct PlacementAccountTests {
  @Test("has the bytes of full channels, and of weights once a memory", arguments: 0..<6)
  func memories(part: UInt64) throws {
    for seed in (part * 50)..<(part * 50 + 50) {
      let example = try RandomWorth(try RandomCase(seed: seed, isLoose: part >= 4), seed: seed)
      let account = try account(of: example.problem, example.placement).account
      let reference = ReferenceAccount(problem: example.problem, placement: example.placement)
      let expected = reference.memories { index in
        example.placement.capacities[index] ?? example.problem.capacities[index]
      }
      #expect((0..<account.memoryCount).map { account.memories[$0] } == expected, "seed \(seed)")
    }
  }

  @Test("has the prices and idle powers of the elements that run a block", arguments: 0..<4)
  func usedElements(part: UInt64) throws {
    for seed in (part * 50)..<(part * 50 + 50) {
      let example = try RandomWorth(try RandomCase(seed: seed), seed: seed)
      let account = try account(of: example.problem, example.placement).account
      let types = example.problem.platform.elements.enumerated()
        .filter { example.placement.elements.contains($0.offset) }.map(\.element.type)
      #expect(account.cost.isNear(types.reduce(0) { $0 + $1.cost }), "seed \(seed)")
      #expect(
        account.idlePower.isNear(types.reduce(0) { $0 + $1.idlePower.value }), "seed \(seed)")
    }
  }

  @Test("has the times and the energy of what a repetition shows", arguments: 0..<6)
  func repetition(part: UInt64) throws {
    var compared = 0
    for seed in (part * 50)..<(part * 50 + 50) {
      let example = try RandomWorth(try RandomCase(seed: seed, isLoose: part >= 4), seed: seed)
      let (account, result) = try account(of: example.problem, example.placement)
      guard result.isExact, result.period != nil, result.isEven else { continue }
      var simulator = try Simulator(example.problem)
      let schedule = try simulator.schedule(of: example.placement, inferences: 60)
      guard let repetition = schedule.repetition, schedule.omitted == 0 else { continue }
      let shown = Shown(schedule, repetition, example.problem)
      // Blocks that take no time may do more in an instant than belongs to its inference.
      let count = repetition.count
      for element in example.problem.platform.elements.indices {
        #expect(account.computing[element] * count == shown.computing[element], "seed \(seed)")
        #expect(account.moving[element] * count == shown.moving[element], "seed \(seed)")
      }
      #expect(
        (account.dynamicEnergy * Double(count)).isNear(
          shown.energy(example.problem, example.placement)),
        "seed \(seed)")
      compared += 1
    }
    #expect(compared > 10, "\(compared)")
  }

  private func account(
    of problem: MappingProblem, _ placement: Placement
  ) throws -> (account: PlacementAccount, result: Simulator.Result) {
    var simulator = try Simulator(problem)
    let result = try simulator.run(placement, .inferences(60))
    let account = PlacementAccount(simulator.tables, problem)
    account.count(simulator.plan, placement, result.pace)
    return (account, result)
  }
}

/// What elements do in a repetition, summed up firing by firing.
private struct Shown {
  var computing: [Int]
  var moving: [Int]
  /// For each block and element the ticks of computing.
  private var ticks: [[Int]]
  private var inferences: Int

  init(_ schedule: MappingSchedule, _ repetition: Range<Int>, _ problem: MappingProblem) {
    let elements = problem.platform.elements.count
    computing = Array(repeating: 0, count: elements)
    moving = computing
    ticks = problem.graph.actors.map { _ in Array(repeating: 0, count: elements) }
    inferences = repetition.count
    let ends = schedule.inferenceEnds
    let start = repetition.lowerBound == 0 ? 0 : ends[repetition.lowerBound - 1]
    let end = ends[repetition.upperBound - 1]
    for firing in schedule.firings where firing.element >= 0 {
      for segment in schedule.segments[firing.segments] {
        let time = Int(max(0, min(segment.end, end) - max(segment.start, start)))
        if segment.kind == .execute {
          computing[firing.element] += time
          ticks[firing.block][firing.element] += time
        } else {
          moving[firing.element] += time
        }
      }
    }
  }

  /// The joules of computing: power times time, or what the use of a block says for an inference.
  func energy(_ problem: MappingProblem, _ placement: Placement) -> Double {
    placement.elements.enumerated().reduce(0) { sum, place in
      let (block, element) = place
      guard element >= 0, let use = problem.uses[block][element] else { return sum }
      if let energy = use.energy { return sum + energy.value * Double(inferences) }
      let seconds = Double(ticks[block][element]) / MappingProblem.ticksPerSecond
      return sum + use.power.value * seconds
    }
  }
}

extension Double {
  /// Whether two sums of the same numbers in different orders can be these.
  fileprivate func isNear(_ other: Double) -> Bool {
    abs(self - other) <= 1e-9 * max(abs(self), abs(other))
  }
}
