import Dataflow
import Testing

@Suite struct CriticalCycleTests {
  private func analysis(
    _ graph: CSDFGraph, _ method: Throughput.Method, overlaps: Bool
  ) throws -> Throughput {
    var options = Throughput.Options()
    options.method = method
    options.autoConcurrency = overlaps
    return try Throughput(of: graph, options: options)
  }

  /// The graph in which some actors take twice as long.
  private func slowed(_ graph: CSDFGraph, _ actors: [CSDFGraph.ActorID]) throws -> CSDFGraph {
    let slow = Set(actors.map(\.index))
    return try CSDFGraph(
      name: graph.name,
      actors: graph.actors.enumerated().map { index, actor in
        CSDFGraph.Actor(
          name: actor.name,
          executionTimes: actor.executionTimes.map { slow.contains(index) ? 2 * $0 : $0 })
      }, channels: graph.channels)
  }

  /// No period can more than double, and that of a critical cycle does.
  @Test(arguments: 0..<4)
  func `the period doubles with the times of a critical cycle`(part: UInt64) throws {
    var cycles = 0
    for graph in try randomCyclicGraphs(seed: 600 + part, count: 80) {
      for overlaps in [false, true] {
        for method in Throughput.Method.allCases {
          let found = try analysis(graph, method, overlaps: overlaps)
          guard let period = found.period, period > .zero else { continue }
          #expect(!found.criticalCycle.isEmpty, "\(graph) \(method) \(overlaps)")
          let slow = try slowed(graph, found.criticalCycle)
          let doubled = try #require(period.multiplied(by: Fraction(2)))
          let after = try analysis(slow, .kPeriodic, overlaps: overlaps).period
          #expect(after == doubled, "\(graph) \(method) \(overlaps) \(found.criticalCycle)")
          cycles += found.criticalCycle.count > 1 ? 1 : 0
        }
      }
    }
    #expect(cycles > 50)
  }

  @Test(arguments: ["samplerate_34", "medium_cyclic", "sample", "h263encoder_397"])
  func `published graphs have a critical cycle by execution too`(name: String) throws {
    let graph = try #require(OracleGraph.all.first { $0.name == name }).graph()
    let found = try analysis(graph, .selfTimed, overlaps: true)
    let period = try #require(found.period)
    let slow = try slowed(graph, found.criticalCycle)
    let after = try analysis(slow, .selfTimed, overlaps: true).period
    #expect(after == period.multiplied(by: Fraction(2)))
  }
}
