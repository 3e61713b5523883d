import Dataflow
import MappingModel
import Simulation
import Testing

/// Parts that no channel connects, blocks that take no time, sequences with shifts.
@Suite struct UnconnectedPartsTests {
  @Test(arguments: 0..<7)
  func
    `graphs of several parts, without times and with shifts take what they take in the reference`(
      part: UInt64
    ) throws
  {
    var (compared, repeated, verdicts) = (0, 0, 0)
    for seed in (part * 150)..<(part * 150 + 45) {
      let example = try RandomCase(seed: 7000 + seed, blocks: 2...6, elements: 1...3, isLoose: true)
      var simulator = try Simulator(example.problem)
      var alone = ReferenceSimulator(example.problem, example.placement)
      alone.isAlone = true
      _ = alone.run(inferences: 1, stopsAtRepeat: false)
      let result = try simulator.run(example.placement, inferences: 60)
      #expect(result.latency == alone.ends.first, "seed \(seed)")
      guard result.latency != nil else { continue }

      var reference = ReferenceSimulator(example.problem, example.placement)
      _ = reference.run(inferences: 80, stopsAtRepeat: false)
      if reference.isEndless || reference.isStuck || reference.ends.count < 80 { verdicts += 1 }
      if reference.isEndless {
        #expect(result.period == .zero || !result.endless.isEmpty, "seed \(seed): endless")
        continue
      }
      #expect(result.endless.isEmpty, "seed \(seed)")
      let ends = try simulator.ends(of: example.placement, inferences: 80)
      #expect(ends == Array(reference.ends.prefix(80)), "seed \(seed)")
      compared += 1
      let stops = reference.isStuck || reference.ends.count < 80
      // Inferences may go on without a part that is a cycle, and so has no end of its own.
      let isLeftBehind = (result.blocked.map(\.block) + result.starving).contains {
        reference.inferences(of: reference.parts[$0]) < 60
      }
      #expect(stops || result.period != nil || isLeftBehind, "seed \(seed)")
      #expect(
        (result.period == nil) == !(result.starving.isEmpty && result.blocked.isEmpty),
        "seed \(seed)")
      guard !stops, let repetition = result.repetition else { continue }
      // What repeats does so for as long as one looks.
      repeated += 1
      let length = repetition.count
      let times = reference.ends
      for inference in repetition.upperBound..<max(repetition.upperBound, 80 - length) {
        let time = times[inference + length - 1] - times[inference - 1]
        #expect(Fraction(time, Int64(length)) == result.period, "seed \(seed), \(inference)")
      }
    }
    #expect(compared > 15 && repeated > 10 && verdicts > 0, "\(compared) \(repeated) \(verdicts)")
  }

  /// Two parts of one block each, 3 and 5 ticks.
  private func twoParts(_ times: [Int64] = [3, 5], elements: Int = 1) throws -> MappingProblem {
    try MappingProblem.streamed(
      try CSDFGraph(
        name: "two", actors: times.enumerated().map { .init(name: "b\($0)", executionTimes: [$1]) },
        channels: []), slowness: Array(repeating: 1, count: elements), capacities: [])
  }

  @Test func `parts on one element take turns`() throws {
    var simulator = try Simulator(try twoParts())
    let result = try simulator.run(Placement(elements: [0, 0]), inferences: 100)
    #expect(result.period == Fraction(8) && result.latency == 8 && result.isExact)
    #expect(try simulator.ends(of: Placement(elements: [0, 0]), inferences: 3) == [8, 16, 24])
  }

  @Test func `parts on elements of their own take as long as the slowest`() throws {
    var simulator = try Simulator(try twoParts([3, 12], elements: 2))
    let result = try simulator.run(Placement(elements: [0, 1]), inferences: 100)
    #expect(result.period == Fraction(12) && result.latency == 12 && result.isExact)
  }

  @Test func `a part that an order always puts behind others starves, and is named`() throws {
    var simulator = try Simulator(try twoParts())
    let result = try simulator.run(
      Placement(elements: [0, 0], order: [0: [1]]), inferences: 100)
    #expect(result.period == nil && result.starving == [0] && result.latency == 8)
  }

  @Test func `a part that can do nothing is named, though another goes on`() throws {
    let graph = try CSDFGraph(
      name: "g",
      actors: ["a", "b", "c"].map { .init(name: $0, executionTimes: [2]) },
      channels: [
        .init(
          name: "ab", source: .init(0), destination: .init(1), production: [1], consumption: [1],
          initialTokens: 0)
      ])
    var simulator = try Simulator(
      try MappingProblem.streamed(graph, slowness: [1, 1], capacities: [2]))
    // The sequence has no turn for b.
    let result = try simulator.run(
      Placement(elements: [0, 0, 1], sequence: [0: [.init(block: 0, shift: 0)]]), inferences: 10)
    #expect(result.period == nil && result.latency == nil)
    #expect(result.blocked.map(\.block) == [1] && result.blocked.map(\.channels) == [[]])
  }

  /// A part that is fast at first, because its pipeline is deep, is not what all wait for in the end.
  @Test func `a part that was ahead and is slower bounds the period`() throws {
    let chain = [1, 1, 1, 1].map { _ in Int64(3) } + [12]
    let graph = try CSDFGraph(
      name: "g", actors: chain.enumerated().map { .init(name: "b\($0)", executionTimes: [$1]) },
      channels: (1..<4).map {
        .init(
          name: "c\($0)", source: .init($0 - 1), destination: .init($0), production: [1],
          consumption: [1], initialTokens: 0)
      })
    var simulator = try Simulator(
      try MappingProblem.streamed(
        graph, slowness: [1, 1, 1, 1, 1], capacities: [2, 2, 2],
        times: [[40], [3], [3], [3], [12]].map { Array(repeating: $0[0], count: 5) }))
    var result = try simulator.run(Placement(elements: [0, 1, 2, 3, 4]), inferences: 100)
    #expect(result.period == Fraction(40))
    simulator = try Simulator(
      try MappingProblem.streamed(
        graph, slowness: [1, 1, 1, 1, 1], capacities: [2, 2, 2],
        times: [[3], [3], [3], [3], [5]].map { Array(repeating: $0[0], count: 5) }))
    result = try simulator.run(Placement(elements: [0, 1, 2, 3, 4]), inferences: 100)
    #expect(result.period == Fraction(5) && result.isExact)
  }

  @Test func `where nothing takes time the period is 0, exact`() throws {
    var simulator = try Simulator(try twoParts([0, 0]))
    let result = try simulator.run(Placement(elements: [0, 0]), inferences: 100)
    #expect(result.period == .zero && result.isExact && result.latency == 0)
  }

  @Test func `a part without times on an element of its own never lets an instant end`() throws {
    var simulator = try Simulator(try twoParts([0, 5], elements: 2))
    let result = try simulator.run(Placement(elements: [0, 1]), inferences: 100)
    #expect(result.period == nil && result.endless == [0])
    // On one element it has to wait for its turn.
    let shared = try simulator.run(Placement(elements: [1, 1]), inferences: 100)
    #expect(shared.period == Fraction(5) && shared.isExact)
  }

  @Test func `more than a million firings in an instant are not endless`() throws {
    let graph = try CSDFGraph(
      name: "many",
      actors: [.init(name: "a", executionTimes: [0]), .init(name: "b", executionTimes: [5])],
      channels: [
        .init(
          name: "c", source: .init(0), destination: .init(1), production: [1],
          consumption: [1_100_000], initialTokens: 0)
      ])
    var simulator = try Simulator(
      try MappingProblem.streamed(graph, slowness: [1], capacities: [1_100_000]))
    let result = try simulator.run(Placement(elements: [0, 0]), inferences: 3)
    #expect(result.period == Fraction(5) && result.latency == 5 && result.isExact)
  }

  @Test(arguments: [[0, 1], [1, 0]])
  func `one inference alone passes over the slots of others`(order: [Int]) throws {
    var simulator = try Simulator(
      try MappingProblem.streamed(
        try MappingProblem.chain([3, 5]), slowness: [1], capacities: [2]))
    let result = try simulator.run(
      Placement(
        elements: [0, 0], sequence: [0: order.map { .init(block: $0, shift: $0) }]),
      inferences: 100)
    #expect(result.period == Fraction(8) && result.latency == 8 && result.isExact)
  }

  @Test func `a sequence that waits for itself is a deadlock that names who waits for what`() throws
  {
    var simulator = try Simulator(
      try MappingProblem.streamed(
        try MappingProblem.chain([3, 5]), slowness: [1], capacities: [2]))
    let result = try simulator.run(
      Placement(
        elements: [0, 0], sequence: [0: [.init(block: 1, shift: 0), .init(block: 0, shift: 0)]]),
      inferences: 100)
    #expect(result.period == nil)
    #expect(result.blocked.map(\.block) == [0, 1])
    #expect(result.blocked.map(\.channels) == [[], [0]])
  }
}
