import NetworkImport
import NetworkModel
import RandomNumbers

@testable import Partitioning

/// Random sequences of splits and merges, each with at least one split.
struct RandomTransformations {
  private var random: SplitMix64
  /// What parts may be ranges of.
  private let axes: [SplitAxis]

  init(seed: UInt64, axes: [SplitAxis] = [.kernels]) {
    random = SplitMix64(seed: seed)
    self.axes = axes
  }

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
    if axes != [.kernels] { return try splitAlongAny(graph) }
    let candidates = graph.blockIDs.filter { graph.isSplittable($0) }
    guard let id = candidates.randomElement(using: &random) else { return nil }
    let channels = graph[id].steps[0].channels.count
    let k = Int.random(in: 2...min(4, channels), using: &random)
    return (try graph.splitting(id, into: k), "split \(graph[id].name)=\(k)")
  }

  private mutating func splitAlongAny(_ graph: BlockGraph) throws -> (BlockGraph, String)? {
    guard let axis = axes.randomElement(using: &random) else { return nil }
    let candidates = graph.blockIDs.compactMap { id in
      graph.possibleSplits(of: id, limit: 4)[axis].map { (id, $0) }
    }
    guard let (id, counts) = candidates.randomElement(using: &random),
      let k = counts.randomElement(using: &random)
    else { return nil }
    let split = try graph.splitting(id, into: k, along: axis)
    return (split, "split \(graph[id].name)=\(k):\(axis)")
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
      graph[id].steps.last.map { $0.part != graph[$0.layer].whole } ?? false
    }
    guard let first = parts.randomElement(using: &random) else { return nil }
    guard let step = graph[first].steps.last else { return nil }
    let second = parts.first {
      guard let other = graph[$0].steps.last, other.layer == step.layer else { return false }
      guard let lines = step.part.lines, let others = other.part.lines else {
        return other.channels.lowerBound == step.channels.upperBound
      }
      return others.lowerBound == lines.upperBound
    }
    return second.map { [first, $0] }
  }

  private mutating func chainPair(_ graph: BlockGraph) -> [BlockID]? {
    graph.edges.randomElement(using: &random).map { [$0.slice.source, $0.target] }
  }
}
