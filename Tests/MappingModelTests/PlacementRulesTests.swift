import Dataflow
import MappingModel
import PlatformModel
import Quantities
import Testing

@Suite struct PlacementRulesTests {
  /// A chain of blocks that take so many ticks on each element, nil where they cannot run.
  private func problem(_ times: [[Int64?]]) throws -> MappingProblem {
    let places = times[0].count
    let type = CoreType(name: "t", kind: .processor, operators: [], activePower: Watts(1))
    let platform = try Platform(
      name: "p",
      elements: (0..<places).map { Element(name: "e\($0)", type: type, dataMemory: MemoryID(0)) },
      memories: [Memory(name: "m", capacity: 1 << 20)], links: [])
    let channels = (1..<times.count).map {
      CSDFGraph.Channel(
        name: "c\($0)", source: .init($0 - 1), destination: .init($0), production: [1],
        consumption: [1], initialTokens: 0)
    }
    let bytes = [Int](repeating: 4, count: places)
    return try MappingProblem(
      graph: try CSDFGraph(
        name: "g",
        actors: times.indices.map { .init(name: "b\($0)", executionTimes: [1]) },
        channels: channels),
      platform: platform,
      uses: times.map { row in
        row.allSatisfy { $0 == nil }
          ? []
          : row.map { ticks in
            ticks.map { .init(roofline: Roofline(computing: .zero), phaseTicks: [$0]) }
          }
      },
      channels: channels.indices.map {
        .init(readBytes: bytes, writtenBytes: bytes, tokens: 1, tensor: $0)
      }, capacities: channels.map { _ in 2 })
  }

  private func random(_ count: Int, below limit: UInt64, seed: UInt64) -> [Int64] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % limit) + 1
    }
  }

  @Test(arguments: 0..<40)
  func `on equal elements the load is as near to the best as was proved`(seed: UInt64) throws {
    let count = 4 + Int(seed % 4)
    let places = 2 + Int(seed % 2)
    let times = random(count, below: 20, seed: seed)
    let problem = try problem(times.map { [Int64?](repeating: $0, count: places) })
    let placement = problem.balanced(PlacementRules(problem))
    func makespan(_ elements: [Int]) -> Int64 {
      var loads = [Int64](repeating: 0, count: places)
      for (block, element) in elements.enumerated() { loads[element] += times[block] }
      return loads.max() ?? 0
    }
    var best = Int64.max
    var choice = [Int](repeating: 0, count: count)
    repeat {
      best = min(best, makespan(choice))
      var block = 0
      while block < count, choice[block] == places - 1 {
        choice[block] = 0
        block += 1
      }
      if block < count { choice[block] += 1 }
    } while choice.contains { $0 > 0 }
    // Graham 1969: at most 4/3 − 1/(3 m) times the best.
    #expect(
      makespan(placement.elements) * 3 * Int64(places) <= best * (4 * Int64(places) - 1))
  }

  @Test func `rules are kept, and the rest goes where it is done first`() throws {
    let problem = try problem([
      [10, 1, nil], [nil, nil, nil], [4, 4, 40], [nil, 3, 3], [9, 9, 1],
    ])
    var rules = PlacementRules(problem)
    #expect(rules.allowed == [[0, 1], [], [0, 1, 2], [1, 2], [0, 1, 2]])
    // The longest first, by their shortest time: 4 on 0, 3 on 1, 1 on 1, 1 on 2.
    #expect(problem.balanced(rules).elements == [1, -1, 0, 1, 2])
    rules.allowed[2] = [2]
    rules.allowed[0] = [0]
    rules.base.capacities[1] = 7
    rules.base.order[2] = [4, 2]
    let placement = problem.balanced(rules)
    #expect(placement.elements == [0, -1, 2, 1, 1])
    #expect(placement.capacities == [1: 7] && placement.order == [2: [4, 2]])
  }

  @Test func `a subset of the elements is used where it can be`() throws {
    let problem = try problem([[10, 1, nil], [2, 2, 2], [nil, 3, 3]])
    let rules = PlacementRules(problem)
    // Element 0 does not support the last block, which takes any other.
    #expect(problem.balanced(rules, on: [0]).elements.prefix(2) == [0, 0])
    #expect([1, 2].contains(problem.balanced(rules, on: [0]).elements[2]))
    #expect(problem.balanced(rules, on: [1]).elements == [1, 1, 1])
  }
}
