import Dataflow
import MappingModel
import RandomNumbers
import Simulation
import Testing

/// With an element for each actor, a mapping is the self-timed execution of the graph, whose throughput
/// the analysis of dataflow graphs finds in other ways.
@Suite struct SelfTimedEquivalenceTests {
  /// A consistent graph; *closed* ones have a channel back from the last actor to the first, so that
  /// nothing runs away where channels are large.
  private func graph(_ random: inout SplitMix64, isClosed: Bool) throws -> CSDFGraph {
    let count = Int.random(in: 2...6, using: &random)
    let rounds = (0..<count).map { _ in Int64.random(in: 1...3, using: &random) }
    let phases = (0..<count).map { _ in Int.random(in: 1...3, using: &random) }
    let actors = phases.enumerated().map { index, phases in
      CSDFGraph.Actor(
        name: "a\(index)",
        executionTimes: (0..<phases).map { _ in Int64.random(in: 1...20, using: &random) })
    }
    func rates(_ total: Int64, _ count: Int) -> [Int64] {
      var parts = [Int64](repeating: 0, count: count)
      for _ in 0..<total { parts[Int.random(in: 0..<count, using: &random)] += 1 }
      return parts
    }
    var channels: [CSDFGraph.Channel] = []
    func add(_ source: Int, _ target: Int, tokens: Int64) {
      // Six rounds' worth is a multiple of what each turn of either end moves.
      channels.append(
        .init(
          name: "c\(channels.count)", source: .init(source), destination: .init(target),
          production: rates(6 / rounds[source], phases[source]),
          consumption: rates(6 / rounds[target], phases[target]), initialTokens: tokens))
    }
    for target in 1..<count {
      add(target - 1, target, tokens: Int64.random(in: 0...3, using: &random))
      if Bool.random(using: &random) {
        add(Int.random(in: 0..<target, using: &random), target, tokens: 0)
      }
    }
    if isClosed { add(count - 1, 0, tokens: Int64.random(in: 3...18, using: &random)) }
    return try CSDFGraph(name: "random", actors: actors, channels: channels)
  }

  private func compare(_ graph: CSDFGraph, capacities: [Int64], isBounded: Bool) throws -> Bool {
    let problem = try MappingProblem.streamed(
      graph, slowness: graph.actors.map { _ in 1 }, capacities: capacities)
    var simulator = try Simulator(problem)
    let result = try simulator.run(
      Placement(elements: Array(graph.actors.indices)), inferences: 1000, findsLatency: false)
    let analysis = try Throughput(of: graph, capacities: isBounded ? capacities : nil)
    switch analysis.outcome {
    case .periodic(let period):
      #expect(result.period == period && result.isExact)
      return true
    case .deadlock:
      #expect(result.period == nil)
    case .bounded:
      Issue.record("the analysis did not end")
    }
    return false
  }

  @Test(arguments: 0..<4)
  func `without limits the period is that of the self-timed execution`(part: UInt64) throws {
    var random = SplitMix64(case: 900 + part)
    var live = 0
    for _ in 0..<60 {
      let graph = try graph(&random, isClosed: true)
      let capacities = graph.channels.map { _ in Int64(1) << 40 }
      if try compare(graph, capacities: capacities, isBounded: false) { live += 1 }
    }
    #expect(live > 20 && live < 60, "\(live)")
  }

  @Test(arguments: 0..<4)
  func `with limits it is that of the execution with back-pressure`(part: UInt64) throws {
    var random = SplitMix64(case: 950 + part)
    var live = 0
    for _ in 0..<60 {
      let graph = try graph(&random, isClosed: Bool.random(using: &random))
      let capacities = graph.channels.map { channel in
        let least = max(channel.production.max() ?? 0, channel.consumption.max() ?? 0)
        return max(channel.initialTokens, least + Int64.random(in: 0...8, using: &random))
      }
      if try compare(graph, capacities: capacities, isBounded: true) { live += 1 }
    }
    #expect(live > 20, "\(live)")
  }
}
