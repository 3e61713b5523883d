import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import RandomNumbers
import TestSupport
import Testing

@testable import Partitioning

@Suite("The names of what a split makes")
struct BlockSplitTests {
  @Test(arguments: UInt64(1)...12)
  func `are those that are new in the graph, and the replaced ones are gone`(seed: UInt64) throws {
    let model = RandomNetwork.model(seed: seed, layers: 12)
    var graph = try BlockGraph(try ResolvedGraph(model), name: "network")
    var random = SplitMix64(seed: seed)
    // Parts are split again.
    for _ in 0..<4 {
      let before = Set(graph.blocks.map(\.name))
      var next = graph
      for id in graph.blockIDs {
        for (axis, counts) in graph.possibleSplits(of: id, limit: 5) {
          let split = try graph.split(id, into: counts[counts.count - 1], along: axis)
          let after = Set(split.graph.blocks.map(\.name))
          let parts = split.replaced.flatMap(\.parts)
          let made = Set(parts + split.concatenations + [split.sum].compactMap(\.self))
          #expect(made == after.subtracting(before), "\(graph[id].name) \(axis)")
          #expect(Set(split.replaced.map(\.block)) == before.subtracting(after))
          #expect(Set(parts).count == parts.count)
          #expect(split.replaced.first?.block == graph[id].name)
          #expect((split.sum != nil) == (axis == .inputs))
          if random.next() % 4 == 0 { next = split.graph }
        }
      }
      graph = next
    }
  }
}
