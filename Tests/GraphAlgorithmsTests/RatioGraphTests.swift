import RandomNumbers
import Testing

@testable import GraphAlgorithms

@Suite struct RatioGraphTests {
  /// All simple cycles by depth-first search, as lists of arcs.
  private func cycles(of graph: RatioGraph) -> [[Int]] {
    var found: [[Int]] = []
    func walk(_ start: Int32, _ node: Int32, _ path: [Int], _ seen: Set<Int32>) {
      for (index, arc) in graph.arcs.enumerated() where arc.source == node {
        if arc.target == start {
          found.append(path + [index])
        } else if arc.target > start, !seen.contains(arc.target) {
          walk(start, arc.target, path + [index], seen.union([arc.target]))
        }
      }
    }
    for start in 0..<Int32(graph.nodeCount) { walk(start, start, [], [start]) }
    return found
  }

  private func sums(_ cycle: [Int], _ graph: RatioGraph) -> (cost: Int128, height: Int128) {
    cycle.reduce((0, 0)) {
      ($0.0 + Int128(graph.arcs[$1].cost), $0.1 + Int128(graph.arcs[$1].height))
    }
  }

  @Test(arguments: 0..<4)
  func `the ratio is the greatest of all simple cycles`(part: UInt64) {
    var random = SplitMix64(seed: 99 + part)
    var kinds: [String: Int] = [:]
    for _ in 0..<300 {
      let count = Int.random(in: 1...6, using: &random)
      var graph = RatioGraph(nodeCount: count)
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        graph.add(
          RatioGraph.Arc(
            Int.random(in: 0..<count, using: &random), Int.random(in: 0..<count, using: &random),
            cost: Int64.random(in: 1...20, using: &random),
            height: Int64.random(in: -1...6, using: &random)))
      }
      let all = cycles(of: graph)
      switch graph.maximumCycleRatio() {
      case .none:
        #expect(all.isEmpty)
        kinds["none", default: 0] += 1
      case .unbounded(let cycle):
        #expect(sums(cycle, graph).height <= 0)
        #expect(all.contains { Set($0) == Set(cycle) })
        kinds["unbounded", default: 0] += 1
      case .ratio(let cost, let height, let cycle):
        let own = sums(cycle, graph)
        #expect(own.cost * height == own.height * cost)
        for other in all {
          let sum = sums(other, graph)
          #expect(sum.height > 0 && sum.cost * height <= cost * sum.height)
        }
        kinds["ratio", default: 0] += 1
      case .overflow, .interrupted:
        Issue.record("small numbers do not overflow, and nothing limits the time")
      }
    }
    #expect(kinds.count == 3 && kinds.values.allSatisfy { $0 > 10 }, "\(kinds)")
  }

  @Test func `numbers that do not fit are said not to`() {
    var graph = RatioGraph(nodeCount: 2)
    graph.add(RatioGraph.Arc(0, 1, cost: .max - 1, height: .max - 2))
    graph.add(RatioGraph.Arc(1, 0, cost: .max - 3, height: .max - 10))
    #expect(graph.maximumCycleRatio() == .overflow)
  }
}
