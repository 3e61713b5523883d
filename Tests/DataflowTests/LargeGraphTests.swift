import Dataflow
import Foundation
import Testing

@testable import DataflowFormats

@Suite struct LargeGraphTests {
  /// A ring of actors of 1 to 7 ticks in which `tokens` go round.
  private func ring(_ count: Int, tokens: Int64) throws -> CSDFGraph {
    try CSDFGraph(
      name: "ring",
      actors: (0..<count).map { .init(name: "a\($0)", executionTimes: [Int64(1 + $0 % 7)]) },
      channels: (0..<count).map {
        CSDFGraph.Channel(
          name: "c\($0)", source: .init($0), destination: .init(($0 + 1) % count), production: [1],
          consumption: [1], initialTokens: $0 == count - 1 ? tokens : 0)
      })
  }

  @Test(arguments: Throughput.Method.allCases)
  func `a ring of a hundred thousand actors has its period or its deadlock`(
    method: Throughput.Method
  ) throws {
    var options = Throughput.Options()
    options.method = method
    let live = try Throughput(of: try ring(100_000, tokens: 1), options: options)
    #expect(live.period == Fraction(399_995))
    let dead = try Throughput(of: try ring(100_000, tokens: 0), options: options)
    #expect(!dead.isLive && dead.criticalCycle.count == 100_000)
  }

  @Test func `a file of more than ten megabytes is read`() throws {
    let graph = try ring(40_000, tokens: 3)
    let text = try SDF3Format.write(SDF3Format.Document(graph: graph))
    #expect(text.utf8.count > 10_000_000)
    #expect(try SDF3Format.read(Data(text.utf8), file: "ring.xml").graph == graph)
  }

  @Test func `what does not end in time has bounds that hold`() throws {
    let graph = try CSDFGraph(
      "g", "A:3,1 B:2,1,2 C:1", "A>B 3,5/1,1,4; B>C 6,2,1/6; C>A 2/1,3 [4]")
    var options = Throughput.Options()
    options.timeLimit = .zero
    guard case .bounded(let lower, let upper) = try Throughput(of: graph, options: options).outcome
    else {
      Issue.record("no time is enough for nothing")
      return
    }
    #expect(lower <= Fraction(23) && Fraction(23) <= upper)
  }
}
