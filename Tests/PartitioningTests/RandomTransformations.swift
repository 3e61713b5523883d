import NetworkImport
import NetworkModel

@testable import Partitioning

/// Random sequences of splits and merges, each with at least one split.
struct RandomTransformations {
  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  /// Transforms a graph and says what was done.
  mutating func apply(to graph: BlockGraph, count: Int) throws -> (BlockGraph, [String]) {
    var result = graph
    var log: [String] = []
    for step in 0..<count {
      if step > 0, Int.random(in: 0..<5, using: &random) < 2 {
        if let (merged, names) = merge(result) {
          result = merged
          log.append("merge \(names.joined(separator: " + "))")
        }
      } else if let (split, text) = try split(result) {
        result = split
        log.append(text)
      }
    }
    return (result, log)
  }

  private mutating func split(_ graph: BlockGraph) throws -> (BlockGraph, String)? {
    let candidates = graph.blockIDs.filter { graph.isSplittable($0) }
    guard let id = candidates.randomElement(using: &random) else { return nil }
    let channels = graph[id].steps[0].channels.count
    let k = Int.random(in: 2...min(4, channels), using: &random)
    return (try graph.splitting(id, into: k), "split \(graph[id].name)=\(k)")
  }

  /// Merges a random pair that can be merged: neighbouring parts, or a block and its only reader.
  private mutating func merge(_ graph: BlockGraph) -> (BlockGraph, [String])? {
    let siblings = Bool.random(using: &random)
    for _ in 0..<20 {
      let pair = siblings ? siblingPair(graph) : chainPair(graph)
      guard let pair, let merged = try? graph.merging(pair) else { continue }
      return (merged, pair.map { graph[$0].name })
    }
    return nil
  }

  private mutating func siblingPair(_ graph: BlockGraph) -> [BlockID]? {
    let parts = graph.blockIDs.filter { id in
      graph[id].steps.first.map { $0.channels != graph[$0.layer].allChannels } ?? false
    }
    guard let first = parts.randomElement(using: &random) else { return nil }
    let step = graph[first].steps[0]
    let second = parts.first {
      graph[$0].steps[0].layer == step.layer
        && graph[$0].steps[0].channels.lowerBound == step.channels.upperBound
    }
    return second.map { [first, $0] }
  }

  private mutating func chainPair(_ graph: BlockGraph) -> [BlockID]? {
    graph.edges.randomElement(using: &random).map { [$0.slice.source, $0.target] }
  }
}
