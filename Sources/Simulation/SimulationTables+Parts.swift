import Dataflow
import GraphAlgorithms
import MappingModel
import PlatformModel

/// What the tables say of the parts of a graph, which no channel connects.
extension SimulationTables {
  /// The number of each block's part, in the order of their first blocks; -1 where it is not executed.
  static func partNumbers(_ graph: CSDFGraph, _ kept: [Bool]) -> [Int] {
    var sets = DisjointSets(count: graph.actors.count)
    for channel in graph.channels { sets.unite(channel.source.index, channel.destination.index) }
    let firsts = sets.leastMembers()
    let parts = Set(graph.actors.indices.filter { kept[$0] }.map { firsts[$0] }).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(parts, parts.indices))
    return graph.actors.indices.map { kept[$0] ? numbers[firsts[$0]] ?? -1 : -1 }
  }

  /// The blocks of each part with which its inferences end: those without a channel to another, or all.
  static func partSinks(_ numbers: [Int], _ kept: [Bool], _ leaving: Set<Int>) -> [[Int]] {
    var all = [[Int]](repeating: [], count: (numbers.max() ?? -1) + 1)
    var ends = all
    for block in numbers.indices where kept[block] {
      all[numbers[block]].append(block)
      if !leaving.contains(block) { ends[numbers[block]].append(block) }
    }
    return zip(all, ends).map { $1.isEmpty ? $0 : $1 }
  }

  /// Whether all blocks of some part take no time on some elements, where what they move does not stream.
  static func canBeTimeless(_ problem: MappingProblem, _ numbers: [Int], _ kept: [Bool]) -> Bool {
    var takesTime: Set<Int> = []
    for block in numbers.indices where kept[block] && !problem.isFree(block) {
      guard !takesTime.contains(numbers[block]) else { continue }
      let isTimeless = problem.uses[block].contains { (use: MappingProblem.Use?) in
        guard let use else { return false }
        let ticks = use.ticks(
          Int(problem.turn(ofBlock: block)), ofFirings: problem.firings[block],
          withoutInputs: use.roofline.inputBytes, outputs: use.roofline.outputBytes)
        return ticks.allSatisfy { $0 == 0 }
      }
      if !isTimeless { takesTime.insert(numbers[block]) }
    }
    return Set(numbers.filter { $0 >= 0 }).contains { !takesTime.contains($0) }
  }

  /// Whether all bytes that a placement can have in memories, and move in an inference, fit 64 bits in sum.
  static func checkBytes(
    _ problem: MappingProblem, _ capacities: [Int: Int64]
  ) throws(SimulationError) {
    var sum = 0
    func add(_ bytes: Int, _ what: String) throws(SimulationError) {
      let (all, overflow) = sum.addingReportingOverflow(bytes)
      guard !overflow, all <= 1 << 61 else { throw .bytesOverflow(what: what) }
      sum = all
    }
    for (index, traits) in problem.channels.enumerated() {
      let most = max(traits.readBytes.max() ?? 0, traits.writtenBytes.max() ?? 0)
      let room = Int128(capacities[index] ?? problem.capacities[index]) * Int128(most)
      let name = "channel \(problem.graph.channels[index].name)"
      try add(most, name)
      try add(most, name)
      try add(Int(clamping: room / Int128(max(1, traits.tokens)) + 1), name)
    }
    for (block, uses) in problem.uses.enumerated() {
      let most =
        uses.compactMap { use in
          use.map {
            max(
              $0.weightBytes, $0.roofline.inputBytes, $0.roofline.weightBytes,
              $0.roofline.outputBytes)
          }
        }.max() ?? 0
      for _ in 0..<4 { try add(most, "block \(problem.graph.actors[block].name)") }
    }
  }
}
