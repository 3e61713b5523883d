import NetworkModel
import ONNXFormat
import RandomNumbers
import Testing

@Suite("Pieces of constants")
struct RegionPiecesTests {
  private static func region(_ name: String, _ box: [Range<Int>]) -> TensorRegion {
    var region = TensorRegion(TensorIdentity(name), shape: box.map(\.upperBound))
    region.box = box
    return region
  }

  @Test(
    "several regions take what they cover together",
    arguments: [
      ([[0..<4, 0..<6], [0..<4, 0..<6]], 24), ([[0..<2, 0..<6], [2..<4, 0..<6]], 24),
      ([[0..<3, 0..<6], [1..<4, 0..<6]], 24), ([[0..<2, 0..<6], [0..<4, 0..<3]], 18),
      ([[0..<1, 0..<1], [3..<4, 5..<6]], 2), ([[0..<4, 0..<6], [1..<2, 1..<2]], 24),
      ([[], []], 1), ([[0..<0], [0..<5]], 5),
    ]
  )
  func union(boxes: [[Range<Int>]], count: Int) {
    let regions = boxes.map { Self.region("w", $0) }
    #expect(RegionPieces(regions).counts.reduce(0, +) == count)
    #expect(RegionPieces.bytes(regions.map { ($0, $0.count * 4) }) == count * 4)
  }

  @Test("pieces of one constant are none of another")
  func names() {
    let regions = ["a", "b"].map { Self.region($0, [0..<3]) }
    #expect(RegionPieces(regions).counts == [3, 3])
    #expect(RegionPieces.bytes(regions.map { ($0, 12) }) == 24)
  }

  @Test("what regions have in common is one piece, counted value by value")
  func everyValue() {
    var random = RandomSource(seed: 7)
    for _ in 0..<200 {
      let shape = (0..<1 + random.below(3)).map { _ in 1 + random.below(5) }
      let regions = (0..<1 + random.below(5)).map { _ in
        Self.region(
          "w",
          shape.map { size in
            let lower = random.below(size)
            return lower..<(lower + 1 + random.below(size - lower))
          })
      }
      let pieces = RegionPieces(regions)
      var owners: [[Int]: Int] = [:]
      for value in Self.values(shape) {
        let owner = Set(regions.filter { zip($0.box, value).allSatisfy { $0 ~= $1 } })
        let places = regions.indices.filter { owner.contains(regions[$0]) }
        if !places.isEmpty { owners[places, default: 0] += 1 }
      }
      #expect(pieces.counts.sorted() == owners.values.sorted())
      for region in regions {
        #expect(pieces[region].reduce(0) { $0 + pieces.counts[$1] } == region.count)
        let shares = pieces.shares(of: region, bytes: 101)
        #expect(shares.reduce(0) { $0 + $1.bytes } == 101)
      }
    }
  }

  private static func values(_ shape: [Int]) -> [[Int]] {
    shape.reduce([[]]) { values, size in
      values.flatMap { value in (0..<size).map { value + [$0] } }
    }
  }
}
