import RandomNumbers
import Testing

@testable import Search

@Suite struct HypervolumeTests {
  /// Counts the cells of a grid that some point dominates.
  private func cells(_ points: [ObjectiveVector], side: Int, objectives: Int) -> Int {
    let count = (0..<objectives).reduce(1) { product, _ in product * side }
    return (0..<count).count { cell in
      var rest = cell
      let corner = ObjectiveVector(
        (0..<objectives).map { _ in
          defer { rest /= side }
          return Double(rest % side)
        })
      return points.contains { $0.weaklyDominates(corner) }
    }
  }

  @Test(arguments: 1...4, 0..<6)
  func `the volume is the number of dominated cells of a grid`(objectives: Int, seed: UInt64) {
    var random = RandomSource(seed: seed)
    let side = objectives == 4 ? 5 : 7
    let points = (0..<(2 + 5 * Int(seed))).map { _ in
      ObjectiveVector((0..<objectives).map { _ in Double(random.below(side + 1)) })
    }
    let volume = Hypervolume(
      reference: ObjectiveVector(repeating: Double(side), count: objectives),
      objectiveCount: objectives)
    #expect(volume(points) == Double(cells(points, side: side, objectives: objectives)))
  }

  @Test(arguments: 1...4, 0..<4)
  func `the volume is that of inclusion and exclusion`(objectives: Int, seed: UInt64) {
    var random = RandomSource(seed: seed &+ 99)
    let points = (0..<9).map { _ in
      ObjectiveVector((0..<objectives).map { _ in Double(random.below(1_000_000)) / 1e6 })
    }
    let reference = ObjectiveVector(repeating: 0.9, count: objectives)
    var expected = 0.0
    for subset in 1..<(1 << points.count) {
      let members = points.indices.filter { subset >> $0 & 1 == 1 }
      let box = (0..<objectives).reduce(1.0) { product, objective in
        product * max(0, 0.9 - (members.map { points[$0][objective] }.max() ?? 0))
      }
      expected += members.count % 2 == 1 ? box : -box
    }
    let volume = Hypervolume(reference: reference, objectiveCount: objectives)
    #expect(abs(volume(points) - expected) < 1e-12)
    let last = points[points.count - 1]
    let added = volume.contribution(of: last, to: points.dropLast())
    #expect(abs(added - (volume(points) - volume(points.dropLast()))) < 1e-12)
  }

  @Test func `a point beyond the reference counts nothing`() {
    let volume = Hypervolume(reference: ObjectiveVector(2, 2), objectiveCount: 2)
    #expect(volume([]) == 0)
    #expect(volume([ObjectiveVector(2, 0), ObjectiveVector(0, 3), ObjectiveVector(.nan, 0)]) == 0)
    #expect(volume([ObjectiveVector(1, 1), ObjectiveVector(1, 1), ObjectiveVector(0, 3)]) == 1)
    #expect(volume.contribution(of: ObjectiveVector(3, 0), to: []) == 0)
  }
}
