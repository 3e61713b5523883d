import Testing

@testable import Reporting

@Suite("Drawings of more than pixels can show")
struct ThinningTests {
  private static func walk(_ count: Int, width: Double) -> [(x: Double, y: Double)] {
    var random = SampleRandom(state: 3)
    var y = 50.0
    return (0..<count).map { index in
      y = min(100, max(0, y + 10 * (random.unit() - 0.5)))
      return (Double(index) / Double(count) * width, y)
    }
  }

  @Test("Every dot lies close to a drawn one, and few are drawn", arguments: [10, 200, 4_000])
  func dots(limit: Int) {
    let plot = Box(x: 0, y: 0, width: 300, height: 100)
    let positions = Self.walk(3_000, width: 300)
    let thinning = DotThinning(positions, in: plot, limit: limit)
    #expect(thinning.kept.count <= limit)
    #expect(thinning.kept == Array(Set(thinning.kept)).sorted())
    // Growing cells take dots of neighbours of neighbours, hence the sum over the cells.
    let reach = thinning.cell * (thinning.cell + 1)
    for position in positions {
      let isNear = thinning.kept.contains { index in
        abs(positions[index].x - position.x) < reach && abs(positions[index].y - position.y) < reach
      }
      #expect(isNear)
    }
  }

  @Test("A thinned line keeps the lowest and the highest value of each pixel")
  func lines() {
    let positions = Self.walk(20_000, width: 100)
    let kept = LineThinning.kept(positions, width: 100)
    #expect(kept == kept.sorted() && kept.count <= 404)
    #expect(kept.first == 0 && kept.last == 19_999)
    for column in 0..<100 {
      let all = positions.filter { Int($0.x) == column }.map(\.y)
      let drawn = kept.map { positions[$0] }.filter { Int($0.x) == column }.map(\.y)
      #expect(all.min() == drawn.min() && all.max() == drawn.max())
    }
  }

  @Test("Short lines and lines that run back stay whole")
  func wholeLines() {
    #expect(LineThinning.kept(Self.walk(400, width: 100), width: 100).count == 400)
    let back = Self.walk(900, width: 100).reversed() + Self.walk(900, width: 100)
    #expect(LineThinning.kept(Array(back), width: 100).count == 1_800)
  }

  private static func trace(_ count: Int) -> PointDetails.Trace {
    var random = SampleRandom(state: 5)
    var free = [0.0, 0.0, 0.0]
    let events = (0..<count).map { index -> PointDetails.Event in
      let lane = random.next(3)
      let start = free[lane] + random.unit() * 0.2
      free[lane] = start + (random.next(50) == 0 ? 20 : random.unit())
      let kind = PointDetails.EventKind.allCases[random.next(3)]
      return .init(
        lane: lane, kind: kind, block: random.next(5), firing: index, start: start, end: free[lane])
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
