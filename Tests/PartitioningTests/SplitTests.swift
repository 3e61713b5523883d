import Diagnostics
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Partitioning

@Suite("Splits and merges change the graph as they should")
struct SplitTests {
  private func mnist() throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(GeneratedNetwork.mnist.model(seed: 1)), name: "mnist")
  }

  private func id(_ name: String, _ graph: BlockGraph) throws -> BlockID {
    try #require(graph.block(named: name), "\(name)")
  }

  @Test("a split copies the chain and concatenates its end")
  func chain() throws {
    let graph = try mnist()
    let split = try graph.splitting(try id("conv1", graph), into: 2)
    #expect(split.blocks.count == graph.blocks.count + 4)
    let names = split.blocks.map(\.name)
    #expect(
      names.prefix(8) == [
        "image", "conv1_split_0_0", "relu1_split_0_0", "pool1_split_0_0", "conv1_split_0_1",
        "relu1_split_0_1", "pool1_split_0_1", "pool1_output_concat_0",
      ])
    #expect(split.work == graph.work)
  }

  @Test(
    "what does not divide goes to the first part of a convolution, to the last of a dense layer")
  func remainders() throws {
    let graph = try mnist()
    let convolution = try graph.splitting(try id("conv1", graph), into: 3)
    #expect(convolution.blocks.filter { $0.origin == "conv1" }.map(\.channelCount) == [4, 2, 2])
    let dense = try graph.splitting(try id("fc", graph), into: 3)
    #expect(dense.blocks.filter { $0.origin == "fc" }.map(\.channelCount) == [3, 3, 4])
  }

  @Test("splitting a part again feeds the concatenation that is there")
  func sharedConcatenation() throws {
    let graph = try mnist()
    let once = try graph.splitting(try id("conv1", graph), into: 2)
    let twice = try once.splitting(try id("conv1_split_0_1", once), into: 2)
    #expect(twice.blocks.filter(\.isConcatenation).count == 1)
    #expect(twice.blocks.first(where: \.isConcatenation)?.ports[0].slices.count == 3)
    #expect(twice.violations() == [])
  }

  @Test("names of parts keep clear of names that are there")
  func names() throws {
    var graph = try mnist()
    graph.blocks[1].name = "relu1_split_0_0"
    let renamed = BlockGraph(
      name: graph.name, header: graph.header, layers: graph.layers, blocks: graph.blocks)
    let split = try renamed.splitting(BlockID(1), into: 2)
    #expect(split.violations() == [])
    #expect(Set(split.blocks.map(\.name)).count == split.blocks.count)
  }

  @Test("merging all parts gives the block back")
  func merge() throws {
    let graph = try mnist()
    var split = try graph.splitting(try id("conv1", graph), into: 4)
    for origin in ["pool1", "relu1", "conv1"] {
      let parts = split.blockIDs.filter { split[$0].origin == origin }
      split = try split.merging(parts)
      #expect(split.violations() == [])
    }
    #expect(split.blocks.map(\.name) == graph.blocks.map(\.name))
  }

  @Test("a chain merges into one block, and splits as one")
  func fused() throws {
    let graph = try mnist()
    let merged = try graph.merging(
      [try id("conv1", graph), try id("relu1", graph), try id("pool1", graph)])
    #expect(merged.blocks.count == graph.blocks.count - 2)
    let split = try merged.splitting(try id("conv1+relu1+pool1", merged), into: 2)
    #expect(split.violations() == [])
    #expect(split.work == graph.work)
  }

  @Test("grouped convolutions are cut between groups, and their parts read their groups alone")
  func groups() throws {
    let path = try ModelZoo.path("bvlc_alexnet")
    let graph = try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "alexnet")
    let split = try graph.splitting(try id("conv2", graph), into: 2)
    let parts = split.blocks.filter { $0.origin == "n4" }
    #expect(parts.map { $0.ports[0].type.shape } == [[1, 48, 26, 26], [1, 48, 26, 26]])
    #expect(parts.map { $0.ports[0].slices.map(\.channels) } == [[0..<48], [48..<96]])
  }

  @Test("parts of an LRN read two channels of their neighbours, without a block between")
  func neighbours() throws {
    let path = try ModelZoo.path("bvlc_alexnet")
    let graph = try BlockGraph(try ResolvedGraph(try ONNXModel(path: path)), name: "alexnet")
    let split = try graph.splitting(try id("conv1", graph), into: 3)
    let reads = split.blocks.filter { $0.origin == "n2" }.map { $0.ports[0].slices.map(\.channels) }
    #expect(reads == [[0..<32, 0..<2], [30..<32, 0..<32, 0..<2], [30..<32, 0..<32]])
    #expect(split.blocks.filter(\.isConcatenation).count == 1)
  }

  @Test(
    "what cannot be split says why",
    arguments: [("image", 2, "passes values"), ("fc", 11, "2 to 10"), ("conv1", 1, "2 to 8")])
  func refusals(name: String, parts: Int, reason: String) throws {
    let graph = try mnist()
    do {
      _ = try graph.splitting(try id(name, graph), into: parts)
      Issue.record("\(name) was split into \(parts)")
    } catch let error as PartitionError {
      #expect(error.description.contains(reason), "\(error)")
    }
  }

  @Test("what cannot be merged says why")
  func mergeRefusals() throws {
    let graph = try mnist()
    for pair in [["conv1", "conv2"], ["image", "conv1"], ["conv1", "pool1"], ["fc", "fc"]] {
      #expect(throws: PartitionError.self) {
        try graph.merging(try pair.map { try id($0, graph) })
      }
    }
  }
}
