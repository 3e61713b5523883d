import RandomNumbers
import Testing

@testable import Search

@Suite struct NondominatedSortingTests {
  /// Peels fronts off by the definition; the later of equal genomes is dominated.
  private func fronts(_ scores: [Score]) -> [Set<Int>] {
    func isBetter(_ first: Int, _ second: Int) -> Bool {
      let (one, other) = (scores[first], scores[second])
      guard one.isFeasible, other.isFeasible else { return one.violation < other.violation }
      if one.objectives == other.objectives { return first < second }
      return one.objectives.weaklyDominates(other.objectives)
    }
    var (left, fronts) = (Set(scores.indices), [Set<Int>]())
    while !left.isEmpty {
      let front = left.filter { one in !left.contains { isBetter($0, one) } }
      fronts.append(front)
      left.subtract(front)
    }
    return fronts
  }

  @Test(arguments: 1...4, 0..<6)
  func `fronts are those of the definition`(objectives: Int, seed: UInt64) {
    var random = RandomSource(seed: seed)
    let scores = (0..<(20 + 20 * Int(seed))).map { _ in
      Score(
        ObjectiveVector((0..<objectives).map { _ in Double(random.below(8)) }),
        violation: random.below(4) == 0 ? Double(random.below(3)) : 0)
    }
    var sorting = NondominatedSorting()
    // Twice, for what is left from before must not matter.
    for _ in 0..<2 { sorting.sort(scores.indices, scores, objectiveCount: objectives) }
    let found = zip(sorting.fronts, sorting.fronts.dropFirst()).map { Set(sorting.order[$0..<$1]) }
    #expect(found == fronts(scores))
  }

  @Test func `the best fronts are kept, and of the last one the least crowded`() {
    let points: [(Double, Double)] = [
      (0, 10), (1, 9), (1.1, 8.9), (5, 5), (10, 0), (6, 6), (11, 11),
    ]
    let scores = points.map { Score(ObjectiveVector($0.0, $0.1)) }
    var selection = EnvironmentalSelection()
    selection.select(4, of: points.indices, scores, objectiveCount: 2)
    // Around 2 there is more room than around 1, and most around 3.
    #expect(Set(selection.population) == [0, 2, 3, 4])
    selection.select(6, of: points.indices, scores, objectiveCount: 2)
    #expect(selection.ranks == [0, 0, 0, 0, 0, 1])
    #expect(selection.population.last == 5)
    selection.select(100, of: points.indices, scores, objectiveCount: 2)
    #expect(selection.population.count == 7)
  }
}
