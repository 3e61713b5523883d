import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import TestSupport
import Testing

@testable import Partitioning

@Suite("Splits by lines and by inputs change the graph as they should")
struct SplitAxisTests {
  private func mnist() throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(GeneratedNetwork.mnist.model(seed: 1)), name: "mnist")
  }

  private func zoo(_ name: String) throws -> BlockGraph {
    let model = try ONNXModel(path: try ModelZoo.path(name))
    return try BlockGraph(try ResolvedGraph(model), name: name)
  }

  private func id(_ name: String, _ graph: BlockGraph) throws -> BlockID {
    try #require(graph.block(named: name), "\(name)")
  }

  private func parts(_ origin: String, _ graph: BlockGraph) -> [Block] {
    graph.blocks.filter { $0.origin == origin && !$0.isConcatenation }
  }

  @Test("parts by lines read a halo, and the blocks behind them are split along")
  func halo() throws {
    let graph = try zoo("bvlc_alexnet")
    // A 5 × 5 window with two lines of padding over 26 lines, in two groups.
    let split = try graph.splitting(try id("conv2", graph), into: 3, along: .lines)
    let parts = parts("n4", split)
    #expect(parts.map { $0.outputs[0].shape[2] } == [8, 9, 9])
    #expect(parts.map { $0.ports[0].slices[0].lines } == [0..<10, 6..<19, 15..<26])
    #expect(split.work == graph.work)
    // ReLU, LRN and pooling follow; the 3 × 3 pooling reads lines of its neighbours.
    #expect(split.blocks.count { $0.name.contains("_split_0_") } == 12)
    let pooled = self.parts("n7", split)
    #expect(pooled.map { $0.ports[0].slices.count } == [2, 1, 2])
    #expect(pooled.map { $0.outputs[0].shape[2] } == [4, 4, 4])
    #expect(
      split.blocks.count { $0.isConcatenation } == graph.blocks.count { $0.isConcatenation } + 1)
  }

  @Test("all parts by lines use the same weights")
  func weights() throws {
    let graph = try mnist()
    let conv = try id("conv2", graph)
    let split = try graph.splitting(conv, into: 4, along: .lines)
    for part in parts("conv2", split) {
      let constants = split.constants(try id(part.name, split))
      #expect(constants.map(\.name) == graph.constants(conv).map(\.name))
    }
  }

  @Test("partial sums share the weights, one has the bias, and a block adds them up")
  func sums() throws {
    let graph = try mnist()
    let conv = try id("conv2", graph)
    let split = try graph.splitting(conv, into: 3, along: .inputs)
    let parts = parts("conv2", split)
    #expect(parts.map { $0.ports[0].slices[0].channels } == [0..<2, 2..<5, 5..<8])
    let constants = try parts.map { split.constants(try id($0.name, split)) }
    #expect(constants.map(\.count) == [2, 1, 1])
    let elements = constants.joined().reduce(0) { $0 + $1.type.count }
    #expect(elements == graph.constants(conv).reduce(0) { $0 + $1.type.count })
    let sum = try id("conv2_sum_0", split)
    #expect(split[sum].ports.count == 3 && split[sum].outputs == graph[conv].outputs)
    let added = 2 * graph[conv].outputs[0].count
    #expect(split.work(sum) == Work(operations: added))
    #expect(split.work.operations == graph.work.operations + added)
    #expect(split.work.macs == graph.work.macs)
    #expect(split.blocks.count == graph.blocks.count + 3)
  }

  @Test("what is merged behind a convolution stays behind the sum")
  func mergedSum() throws {
    let graph = try mnist()
    let merged = try graph.merging(try ["conv2", "relu2"].map { try id($0, graph) })
    let split = try merged.splitting(try id("conv2+relu2", merged), into: 2, along: .inputs)
    let sum = try id("conv2+relu2_sum_0", split)
    #expect(split.operators(of: sum) == "Add+Relu")
    #expect(parts("conv2+relu2", split).map { $0.steps.count } == [1, 1])
  }

  @Test("parts of a merged block compute again what both need within it")
  func recomputing() throws {
    let graph = try zoo("squeezenet")
    let merged = try graph.merging(try ["conv1", "relu1", "pool1"].map { try id($0, graph) })
    let block = try id("conv1+relu1+pool1", merged)
    let split = try merged.splitting(block, into: 2, along: .lines)
    let lines = split.blocks.filter { $0.steps.count == 3 }.map { $0.steps.map(\.part.lines) }
    // A 3 × 3 pooling with stride 2 makes lines 0–26 of lines 0–54, and 27–54 of lines 54–110.
    let pooled = merged[block].outputs[0].shape[2]
    let half = pooled / 2
    #expect(lines.map { $0[2] } == [0..<half, half..<pooled])
    #expect(lines[0][0]?.upperBound == 2 * half + 1 && lines[1][0]?.lowerBound == 2 * half)
    #expect(split.work.operations > merged.work.operations)
  }

  @Test("parts by lines of a block read the parts of the one before where it is split later")
  func siblings() throws {
    let graph = try mnist()
    var split = try graph.splitting(try id("pool1", graph), into: 2, along: .lines)
    split = try split.splitting(try id("relu1", split), into: 2, along: .lines)
    let pools = parts("pool1", split)
    #expect(
      pools.allSatisfy { $0.ports[0].slices.allSatisfy { split[$0.source].origin == "relu1" } })
    // The other way round the concatenation between them goes.
    var other = try graph.splitting(try id("conv1", graph), into: 2, along: .lines)
    let before = other.blocks.count
    other = try other.splitting(try id("conv2", other), into: 2, along: .lines)
    #expect(!other.blocks.contains { $0.name == "pool1_output_concat_0" })
    #expect(other.blocks.count == before - 1 + 3 + 1)
  }

  @Test("merging all parts by lines gives the block back")
  func merge() throws {
    let graph = try mnist()
    var split = try graph.splitting(try id("conv1", graph), into: 4, along: .lines)
    for origin in ["pool1", "relu1", "conv1"] {
      split = try split.merging(split.blockIDs.filter { split[$0].origin == origin })
      #expect(split.violations() == [])
    }
    #expect(split.blocks.map(\.name) == graph.blocks.map(\.name))
    #expect(split.blocks.map(\.ports) == graph.blocks.map(\.ports))
    #expect(split.blocks.map(\.steps) == graph.blocks.map(\.steps))
  }

  @Test("the chain ends before sums that wait for what is behind it")
  func chainEnds() throws {
    let graph = try BlockGraph(
      try ResolvedGraph(GeneratedNetwork.resnet18.model(seed: nil)), name: "resnet18")
    let split = try graph.splitting(try id("conv1", graph), into: 2, along: .lines)
    #expect(Set(split.blocks.filter { $0.name.contains("_split_0_") }.map(\.origin)).count == 3)
    #expect(split.work == graph.work)
  }

  @Test(
    "what cannot be split says why",
    arguments: [
      ("image", SplitAxis.lines, 2, "passes values"), ("fc", .lines, 2, "no single output"),
      ("conv1", .inputs, 2, "one channel"), ("relu1", .inputs, 2, "no sum of products"),
      ("conv2", .inputs, 9, "2 to 8"), ("conv1", .lines, 1000, "parts are possible"),
      ("conv1", .lines, 1, "parts are possible"),
    ])
  func refusals(name: String, axis: SplitAxis, parts: Int, reason: String) throws {
    let graph = try mnist()
    do {
      _ = try graph.splitting(try id(name, graph), into: parts, along: axis)
      Issue.record("\(name) was split into \(parts)")
    } catch let error as PartitionError {
      #expect(error.message.contains(reason) && error.message.contains(name), "\(error)")
    }
  }

  @Test("grouped convolutions and global poolings are refused by name")
  func refusedByName() throws {
    let alexnet = try zoo("bvlc_alexnet")
    #expect(throws: PartitionError.self) {
      try alexnet.splitting(try id("conv2", alexnet), into: 2, along: .inputs)
    }
    // In one group there is nothing between the inputs.
    let half = try alexnet.splitting(try id("conv2", alexnet), into: 2)
    let inputs = half.possibleSplits(of: try id("n4_split_0_1", half), limit: 4)[.inputs]
    #expect(inputs == [2, 3, 4])
    let squeezenet = try zoo("squeezenet")
    let global = try #require(
      squeezenet.blockIDs.first { squeezenet.operators(of: $0) == "GlobalAveragePool" })
    #expect(squeezenet.possibleSplits(of: global, limit: 4) == [.kernels: [2, 3, 4]])
  }

  @Test("possible splits of a grouped convolution have as many parts as they say")
  func possibleGroups() throws {
    let graph = try zoo("shufflenet")
    for id in graph.blockIDs {
      for k in graph.possibleSplits(of: id, limit: 6)[.kernels] ?? [] {
        let origin = graph[id].origin
        #expect(try parts(origin, graph.splitting(id, into: k)).count == k)
      }
    }
  }
}
