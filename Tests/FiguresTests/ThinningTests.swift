import RandomNumbers
import TestSupport
import Testing

@testable import Figures

@Suite("Drawings of more than pixels can show")
struct ThinningTests {
  private static func walk(_ count: Int, width: Double) -> [(x: Double, y: Double)] {
    var random = RandomSource(seed: 3)
    var y = 50.0
    return (0..<count).map { index in
      y = min(100, max(0, y + 10 * (random.fraction() - 0.5)))
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
}
