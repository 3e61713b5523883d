import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Partitioning

@Suite("Algorithm 1 splits the bottleneck up to the limit")
struct BottleneckPartitioningTests {
  /// The blocks of a network, and the operations of a block as its weight.
  private func blocks(_ model: ONNXModel) throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(model), name: "network")
  }

  private func operations(_ graph: BlockGraph, _ id: BlockID) -> Int64 {
    Int64(graph.work(id).operations)
  }

  @Test(
    "the zoo's AlexNet reaches the block counts of exact counting",
    arguments: zip([0, 32, 59, 90], [23, 31, 59, 90]))
  func alexnet(limit: Int, count: Int) throws {
    let graph = try blocks(try ONNXModel(path: try ModelZoo.path("bvlc_alexnet")))
    let result = try BottleneckPartitioning(limit: limit)(graph, measure: operations)
    #expect(result.graph.blocks.count == count)
    #expect(result.graph.violations() == [])
    #expect(result.stopReason == (limit == 0 ? .limitBelowNetwork : .limit))
    #expect(result.graph.work == graph.work)
  }

  @Test("no limit is ever passed, and one more split would pass it")
  func limits() throws {
    let graph = try blocks(GeneratedNetwork.mnist.model(seed: 1))
    for limit in graph.blocks.count...60 {
      let result = try BottleneckPartitioning(limit: limit)(graph, measure: operations)
      #expect(result.graph.blocks.count <= limit)
      #expect(result.graph.violations() == [])
    }
  }

  @Test("three parts at a time")
  func step() throws {
    let graph = try blocks(GeneratedNetwork.mnist.model(seed: 1))
    let result = try BottleneckPartitioning(limit: 40, step: 3)(graph, measure: operations)
    #expect(result.splits.first?.parts == 3)
    #expect(result.graph.violations() == [])
  }

  @Test("a bottleneck that cannot be split ends it")
  func notSplittable() throws {
    let graph = try blocks(GeneratedNetwork.mnist.model(seed: 1))
    let result = try BottleneckPartitioning(limit: 90)(graph) { graph, id in
      graph[id].name == "image" ? 10 : 1
    }
    #expect(result.stopReason == .notSplittable)
    #expect(result.splits.isEmpty)
  }

  @Test("a split that would gain nothing ends it")
  func noGain() throws {
    let graph = try blocks(GeneratedNetwork.mnist.model(seed: 1))
    let result = try BottleneckPartitioning(limit: 90)(graph) { graph, id in
      graph[id].origin == "conv2" ? 10 : 1
    }
    #expect(result.stopReason == .noGain)
    #expect(result.splits.isEmpty)
  }

  @Test("a dependent bottleneck splits the block at the head of its chain")
  func dependentBottleneck() throws {
    let graph = try blocks(GeneratedNetwork.mnist.model(seed: 1))
    let result = try BottleneckPartitioning(limit: 20)(graph) { graph, id in
      graph[id].origin == "pool2" ? Int64(graph[id].channelCount) : 1
    }
    #expect(result.splits.first?.block == "conv2")
  }

  @Test("without a limit it ends when all elements are busy")
  func elementsBusy() throws {
    let graph = try blocks(try ONNXModel(path: try ModelZoo.path("bvlc_alexnet")))
    let result = try BottleneckPartitioning(limit: nil, elementCount: 6)(
      graph, measure: operations)
    #expect(result.stopReason == .elementsBusy)
    let weights = result.graph.blockIDs.map { operations(result.graph, $0) }
    let busy = (weights.reduce(0, +) + weights.max()! - 1) / weights.max()!
    #expect(busy >= 6)
  }
}
