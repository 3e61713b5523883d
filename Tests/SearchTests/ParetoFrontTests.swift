import Testing

@testable import Search

@Suite struct ParetoFrontTests {
  private func points(_ count: Int, objectives: Int, seed: UInt64) -> [ObjectiveVector] {
    var state = seed
    return (0..<count).map { _ in
      ObjectiveVector(
        (0..<objectives).map { _ in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Double(state >> 60)
        })
    }
  }

  @Test(arguments: 1...4, 0..<8)
  func `the front is what the definition says, whatever the order`(objectives: Int, seed: UInt64) {
    let points = points(10 + 30 * Int(seed), objectives: objectives, seed: seed)
    let expected = Set(points).filter { point in !points.contains { $0.dominates(point) } }
    for order in [points, points.reversed(), points.sorted { $0.precedes($1) }] {
      var front = ParetoFront<Int>(objectiveCount: objectives)
      for (index, point) in order.enumerated() {
        let isNew = !order[..<index].contains { $0.weaklyDominates(point) }
        #expect(front.covers(point) == !isNew)
        let isInserted = front.insert(point, index)
        #expect(isInserted == isNew)
      }
      #expect(front.points.map(\.objectives) == expected.sorted { $0.precedes($1) })
      // Of equal points the first one stays.
      for point in front.points {
        #expect(order.firstIndex(of: point.objectives) == point.payload)
      }
    }
  }

  @Test func `what is not a number stays out`() {
    var front = ParetoFront<Int>(objectiveCount: 2)
    let points: [(Double, Double)] = [(.nan, 0), (0, .nan), (.infinity, 0), (0, 0)]
    let inserted = points.enumerated().map { index, point in
      front.insert(ObjectiveVector(point.0, point.1), index)
    }
    #expect(inserted == [false, false, true, true])
    #expect(front.map { "\($0)" }.points.map(\.payload) == ["3"])
  }

  @Test func `a vector is a list of up to four numbers`() {
    var vector = ObjectiveVector([1, 2, 3, 4, 5])
    #expect(vector == ObjectiveVector(1, 2, 3, 4))
    vector[2] = 7
    #expect(vector.values(count: 3) == [1, 2, 7])
    #expect(ObjectiveVector(repeating: 2, count: 2) == ObjectiveVector(2, 2))
  }
}
