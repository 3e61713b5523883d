import Dataflow
import Testing

@Suite struct BottleneckReportTests {
  private func period(_ graph: CSDFGraph, _ actor: Int, _ factor: Fraction) throws -> Fraction {
    let actors = graph.actors.enumerated().map { index, each in
      CSDFGraph.Actor(
        name: each.name,
        executionTimes: each.executionTimes.map {
          $0 * (index == actor ? factor.numerator : factor.denominator)
        })
    }
    let scaled = try CSDFGraph(name: "scaled", actors: actors, channels: graph.channels)
    var options = Throughput.Options()
    options.method = .selfTimed
    let found = try #require(try Throughput(of: scaled, options: options).period)
    return try #require(found.divided(by: Fraction(factor.denominator)))
  }

  @Test func `the second slowest actor takes over from the slowest`() throws {
    let graph = try CSDFGraph("g", "a:10 b:7 c:3", "a>b 1/1; b>c 2/1")
    let report = try #require(try BottleneckReport(of: graph, options: Throughput.Options()))
    #expect(report.period == Fraction(10))
    #expect(report.entries.map(\.actor.index) == [0])
    #expect(report.entries[0].turningPoint == Fraction(7, 10))
    #expect(report.entries[0].period == Fraction(7))
    #expect(report.entries[0].nextCycle == [CSDFGraph.ActorID(1)])
  }

  /// With the times of `a` multiplied by fractions, numbers leave 64 bits.
  @Test func `where turning points are out of reach the bottleneck is still named`() throws {
    let graph = try CSDFGraph(
      "g", "a:15 b:1", "a>b 1000003/1000033; b>a 1000033/1000003 [4000000]")
    let report = try #require(try BottleneckReport(of: graph, options: Throughput.Options()))
    #expect(report.period == Fraction(15 * 1_000_033))
    #expect(report.cycle == [CSDFGraph.ActorID(0)])
  }

  /// The period falls in proportion down to the turning point, and more slowly below it.
  @Test(arguments: 0..<4)
  func `turning points are where the period bends`(part: UInt64) throws {
    var bends = 0
    for graph in try randomCyclicGraphs(seed: 4000 + part, count: 60) {
      guard let report = try BottleneckReport(of: graph, options: Throughput.Options()) else {
        continue
      }
      for entry in report.entries {
        let (actor, point) = (entry.actor.index, entry.turningPoint)
        #expect(try period(graph, actor, point) == entry.period)
        let middle = try #require(
          point.adding(.one).flatMap { $0.divided(by: Fraction(2)) })
        let between = try period(graph, actor, middle)
        let mean = try #require(
          entry.period.adding(report.period).flatMap { $0.divided(by: Fraction(2)) })
        #expect(between == mean, "\(graph) \(entry)")
        guard point > .zero, point < .one else { continue }
        let below = try period(graph, actor, try #require(point.divided(by: Fraction(2))))
        // On the line through the turning point and the whole time, half of it would be here.
        let rise = report.period.doubleValue - entry.period.doubleValue
        let slope = rise / (1 - point.doubleValue)
        let line = entry.period.doubleValue - slope * point.doubleValue / 2
        #expect(below.doubleValue > line + 1e-9, "\(graph) \(entry)")
        bends += 1
      }
    }
    #expect(bends > 10)
  }
}
