import Diagnostics
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import ONNXSchema
import SwiftProtobuf
import TestSupport
import Testing

@testable import Partitioning

@Suite("A network as neurons")
struct NeuronGraphTests {
  private func blocks(_ model: ONNXModel, _ options: ImportOptions) throws -> BlockGraph {
    try BlockGraph(try ResolvedGraph(model), name: "network", options: options)
  }

  private func expectSame(_ graph: BlockGraph) throws {
    let neurons = try NeuronGraph(graph)
    let listed = NeuronEnumeration(graph)
    #expect(neurons.nodeCount == listed.nodeCount)
    #expect(neurons.edgeCount == listed.edges.count)
    #expect(Array(neurons.edges).sorted() == listed.edges.sorted())
    #expect(neurons.groups.reduce(0) { $0 + $1.edgeCount } == neurons.edgeCount)
    for bundle in neurons.bundles {
      #expect(bundle.count == Int128(Array(bundle.edges).count))
      for node in Set([bundle.producers.lowerBound, bundle.producers.upperBound - 1]) {
        let readers = bundle.edges.filter { $0.source == node }.map(\.target)
        #expect(readers == Array(bundle.consumers(of: node)))
      }
    }
  }

  @Test("has the nodes and edges of an enumeration channel by channel", arguments: 0..<60)
  func enumeration(seed: Int) throws {
    let model = RandomNetwork.model(seed: UInt64(seed), layers: 14)
    for options in [ImportOptions.layers, .blocks] { try expectSame(try blocks(model, options)) }
  }

  @Test("and still has them after splits and merges", arguments: 0..<40)
  func transformed(seed: UInt64) throws {
    let graph = try blocks(RandomNetwork.model(seed: seed, layers: 10), .blocks)
    var transformations = RandomTransformations(seed: seed)
    try expectSame(try transformations.apply(to: graph, count: 5).0)
  }

  @Test("and still has them after splits along all axes", arguments: 0..<40)
  func transformedAlongAllAxes(seed: UInt64) throws {
    let graph = try blocks(RandomNetwork.model(seed: seed, layers: 10), .blocks)
    var transformations = RandomTransformations(seed: seed, axes: SplitAxis.allCases)
    try expectSame(try transformations.apply(to: graph, count: 5).0)
  }

  @Test("parts of feature maps are the same neurons", arguments: 0..<20)
  func split(seed: UInt64) throws {
    let graph = try blocks(RandomNetwork.model(seed: seed, layers: 10), .blocks)
    let whole = try NeuronGraph(graph)
    for id in graph.blockIDs where graph.isSplittable(id) {
      guard graph[id].outputs[0].shape.count == 4 else { continue }
      let parts = try NeuronGraph(try graph.splitting(id, into: 2))
      #expect(parts.nodeCount == whole.nodeCount)
      #expect(parts.edgeCount == whole.edgeCount)
    }
  }

  @Test("blocks split into neurons are the same neurons, a block for each", arguments: 0..<20)
  func splitIntoNeurons(seed: UInt64) throws {
    let graph = try blocks(RandomNetwork.model(seed: seed, layers: 10), .layers)
    let whole = try NeuronGraph(graph)
    let split = try graph.splittingIntoNeurons()
    let parts = try NeuronGraph(split.graph)
    #expect(parts.nodeCount == whole.nodeCount)
    #expect(parts.edgeCount == whole.edgeCount)
    for group in parts.groups where group.hasMaps && group.nodes.count > 1 {
      // What is left whole cannot be split by kernels at all.
      let head = split.graph.chainHead(of: group.block)
      #expect(split.graph.possibleSplits(of: head, limit: 1 << 12)[.kernels] == nil)
    }
    for group in whole.groups where !group.hasMaps {
      #expect(split.graph.block(named: graph[group.block].name) != nil)
    }
  }

  @Test("the edges of one node are those of the list that it is in")
  func oneNode() throws {
    let neurons = try NeuronGraph(
      try blocks(RandomNetwork.model(seed: 11, layers: 12), .layers))
    let all = Array(neurons.edges)
    for node in 0..<neurons.nodeCount {
      #expect(neurons.group(of: node).nodes.contains(node))
      let expected = all.filter { $0.target == node } + all.filter { $0.source == node }
      #expect(neurons.edges(of: node).sorted() == expected.sorted())
    }
  }

  @Test("AlexNet, grouped and not, in both views")
  func alexnet() throws {
    let zoo = try ONNXModel(path: try ModelZoo.path("bvlc_alexnet"))
    for (model, options, nodes, edges) in [
      (zoo, ImportOptions.layers, 3725, 237_757), (zoo, .blocks, 3722, 237_754),
      (GeneratedNetwork.alexnet.model(seed: 1, grouped: false), .layers, 3725, 372_925),
      (GeneratedNetwork.alexnet.model(seed: 1, grouped: false), .blocks, 3722, 372_922),
    ] {
      let graph = try blocks(model, options)
      let neurons = try NeuronGraph(graph)
      let listed = NeuronEnumeration(graph)
      #expect(neurons.nodeCount == nodes && listed.nodeCount == nodes)
      #expect(neurons.edgeCount == edges && listed.edges.count == edges)
      #expect(neurons.bundles.count < 40)
    }
  }

  @Test("edges that cannot be counted are an error that names the block")
  func absurdCount() throws {
    var proto = Onnx_ModelProto()
    proto.irVersion = 8
    proto.opsetImport = [.with { $0.version = 13 }]
    proto.graph.input = [SmallNetworks.value("x", [1, 1 << 36, 1, 1])]
    var node = ONNXNode()
    (node.opType, node.name, node.input, node.output) = ("Transpose", "turn", ["x"], ["y"])
    node.attribute = [ONNXAttribute(name: "perm", ints: [0, 1, 3, 2])]
    proto.graph.node = [node]
    proto.graph.output = [SmallNetworks.value("y", [1, 1 << 36, 1, 1])]
    let graph = try blocks(ONNXModel(proto: proto), .layers)
    let error = #expect(throws: ONNXError.self) { try NeuronGraph(graph) }
    #expect(error?.description.contains("turn") == true)
  }

  @Test("every network of the zoo has a neuron view", arguments: ModelZoo.names)
  func zoo(name: String) throws {
    let graph = try blocks(try ONNXModel(path: try ModelZoo.path(name)), .layers)
    let neurons = try NeuronGraph(graph)
    #expect(neurons.groups.count == graph.blocks.count)
    #expect(neurons.edgeCount > neurons.nodeCount)
  }
}
