import Dataflow
import Testing

@Suite struct PeriodicBoundsTests {
  private func check(
    _ found: Fraction?, _ reference: (graph: FiringGraph, parts: Int64), _ graph: CSDFGraph
  ) throws {
    guard let found else {
      #expect(reference.graph.isDeadlocked, "\(graph)")
      return
    }
    let part = try #require(found.divided(by: Fraction(reference.parts)))
    let isLeast = reference.graph.isLeast(part)
    #expect(isLeast, "\(graph) \(found)")
  }

  @Test(arguments: 0..<4)
  func `both periods are the least, by the graph of all firings`(part: UInt64) throws {
    var (without, longer) = (0, 0)
    for graph in try randomCyclicGraphs(seed: 401 + part, count: 100) {
      for autoConcurrency in [false, true] {
        let found = try PeriodicBounds(of: graph, autoConcurrency: autoConcurrency)
        let reference = try FiringGraph(graph, autoConcurrency: autoConcurrency)
        try check(found.onePeriodic, reference.repeating(graph.phaseCounts), graph)
        try check(
          found.strictlyPeriodic, reference.repeating(graph.phaseCounts.map { _ in 1 }), graph)
        if found.strictlyPeriodic == nil { without += 1 }
        if let one = found.onePeriodic, let strict = found.strictlyPeriodic {
          #expect(one <= strict)
          if one < strict { longer += 1 }
        }
      }
    }
    #expect(without > 5 && longer > 5)
  }

  @Test func `the strictly periodic schedule of a graph without cycles has such a period`() throws {
    for graph in try randomAcyclicGraphs(seed: 93, count: 60) {
      let schedule = try StrictlyPeriodicSchedule(of: graph)
      let least = try #require(try PeriodicBounds(of: graph).strictlyPeriodic)
      #expect(least <= Fraction(schedule.iterationPeriod))
    }
  }
}
