import GraphAlgorithms
import RandomNumbers
import Testing

@Suite struct DisjointSetsTests {
  @Test(arguments: 0..<20)
  func `two integers are in one set where a row of unions joins them`(seed: UInt64) {
    let count = 40
    var random = SplitMix64(seed: seed)
    var sets = DisjointSets(count: count)
    // Whether two are joined, closed again after each union.
    var labels = Array(0..<count)
    for _ in 0..<30 {
      let (one, other) = (
        Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random)
      )
      sets.unite(one, other)
      let (first, second) = (labels[one], labels[other])
      labels = labels.map { $0 == first || $0 == second ? min(first, second) : $0 }
      #expect(sets.leastMembers() == labels)
    }
  }
}
