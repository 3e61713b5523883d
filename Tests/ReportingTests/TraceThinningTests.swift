import RandomNumbers
import TestSupport
import Testing

@testable import Reporting

@Suite("Timelines of more than pixels can show")
struct TraceThinningTests {
  private static func trace(_ count: Int) -> PointDetails.Trace {
    var random = RandomSource(seed: 5)
    var free = [0.0, 0.0, 0.0]
    let events = (0..<count).map { index -> PointDetails.Event in
      let lane = random.below(3)
      let start = free[lane] + random.fraction() * 0.2
      free[lane] = start + (random.below(50) == 0 ? 20 : random.fraction())
      let kind = PointDetails.EventKind.allCases[random.below(3)]
      return .init(
        lane: lane, kind: kind, block: random.below(5), firing: index, start: start, end: free[lane]
      )
    }
    return .init(lanes: ["a", "b", "c"], events: events, period: free.max() ?? 0)
  }

  @Test("Thinning a trace loses no work", arguments: [20, 150, 100_000])
  func traces(limit: Int) {
    let trace = Self.trace(5_000)
    let thinning = TraceThinning(
      trace, window: 0...trace.period, rowOfLane: [0, 1, 2], columns: 800, limit: limit)
    #expect(thinning.pieces.count <= limit)
    #expect(thinning.eventCount == 5_000)
    #expect(thinning.pieces.reduce(0) { $0 + $1.count } == 5_000)
    for row in 0..<3 {
      for kind in PointDetails.EventKind.allCases {
        let events = trace.events.filter { Int($0.lane) == row && $0.kind == kind }
        let pieces = thinning.pieces.filter { $0.lane == row && $0.kind == kind }
        let busy = pieces.reduce(0) { $0 + $1.busy }
        #expect(abs(busy - events.reduce(0) { $0 + $1.end - $1.start }) < 1e-6)
        #expect(pieces.map(\.start).min() == events.map(\.start).min())
        #expect(pieces.map(\.end).max() == events.map(\.end).max())
      }
    }
  }

  @Test("Work that is long enough stays as it is")
  func longWork() {
    let trace = Self.trace(40)
    let thinning = TraceThinning(
      trace, window: 0...trace.period, rowOfLane: [0, 1, 2], columns: 1_000_000, limit: 100)
    #expect(thinning.pieces.map(\.event) == Array(0..<40))
    #expect(thinning.pieces.allSatisfy { $0.block >= 0 })
  }

  @Test("A window cuts what begins before or ends after it, and lanes without a row are left out")
  func window() {
    let events = [(0.0, 4.0), (4, 6), (6, 9), (9, 9)].map { start, end in
      PointDetails.Event(lane: 0, kind: .execute, block: 0, firing: 0, start: start, end: end)
    }
    let trace = PointDetails.Trace(
      lanes: ["a", "b"],
      events: events + [.init(lane: 1, kind: .read, block: 0, firing: 0, start: 4, end: 5)])
    let thinning = TraceThinning(
      trace, window: 4...7, rowOfLane: [0, nil], columns: 100, limit: 100)
    #expect(thinning.pieces.map(\.start) == [4, 6] && thinning.pieces.map(\.end) == [6, 7])
  }
}
