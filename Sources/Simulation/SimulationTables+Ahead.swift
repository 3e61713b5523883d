import Dataflow
import MappingModel

/// How far blocks may run ahead of others.
extension SimulationTables {
  /// What channels have room for in an execution.
  ///
  /// An input takes no time and always has more: it need not run ahead for more than its reader takes before it
  /// looks again, and a room for thousands of millions of firings is that for a few inferences.
  static func rooms(
    _ problem: MappingProblem, _ channels: [Int], _ capacities: [Int: Int64]
  ) -> [Int64] {
    let inputs = inputChannels(problem)
    return channels.map { index in
      let capacity = capacities[index] ?? problem.capacities[index]
      guard inputs.contains(index) else { return capacity }
      let channel = problem.graph.channels[index]
      let atOnce = Int128(channel.production.max() ?? 0) + Int128(channel.consumption.max() ?? 0)
      let enough =
        max(2 * tokens(ofChannel: index, problem), atOnce) + Int128(channel.initialTokens)
      return Int64(clamping: min(Int128(capacity), enough))
    }
  }

  /// Whether a channel has room for many inferences.
  static func letsRunAhead(
    _ problem: MappingProblem, _ channels: [Int], _ rooms: [Int64]
  ) -> Bool {
    zip(channels, rooms).contains { index, room in
      !problem.graph.channels[index].isSelfEdge
        && Int128(room) > Int128(manyInferences) * tokens(ofChannel: index, problem)
    }
  }

  private static let manyInferences = 16

  /// How much happens at most: a good deal more than what an inference asks for.
  static func eventLimit(_ problem: MappingProblem) -> Int {
    let firings = problem.firings.reduce(Int128(0)) { $0 + Int128($1) }
    return Int(min(1 << 32, (1 << 26) + 64 * firings))
  }

  /// The tokens that pass a channel in an inference.
  private static func tokens(ofChannel index: Int, _ problem: MappingProblem) -> Int128 {
    let channel = problem.graph.channels[index]
    let turns = Int128(problem.firings[channel.source.index]) / Int128(channel.production.count)
    return turns * channel.production.reduce(Int128(0)) { $0 + Int128($1) }
  }
}
