import Dataflow
import DataflowConversion
import NetworkModel
import ONNXFormat
import ONNXResolution
import ONNXSchema
import TestSupport

@testable import NetworkImport

/// A small network, operator by operator, whose weights are shapes alone.
struct LineNetwork {
  private var graph = Onnx_GraphProto()
  private var initializers: [Initializer] = []
  private let opset: Int64

  init(inputs: [(name: String, shape: [Int])], opset: Int64 = 13) {
    self.opset = opset
    graph.input = inputs.map { SmallNetworks.value($0.name, $0.shape) }
  }

  init(_ shape: [Int], opset: Int64 = 13) {
    self.init(inputs: [("x", shape)], opset: opset)
  }

  /// Adds an operator whose output has its name; sizes of weights stand behind the values it reads.
  mutating func add(
    _ type: String, _ name: String, _ values: [String], weights: [[Int]] = [],
    _ attributes: [ONNXAttribute] = []
  ) {
    var node = ONNXNode()
    node.opType = type
    node.name = name
    node.input = values
    node.output = [name]
    node.attribute = attributes
    for shape in weights {
      let weight = "w\(initializers.count)"
      initializers.append(Initializer(name: weight, absent: TensorType(.float, shape)))
      node.input.append(weight)
    }
    graph.node.append(node)
  }

  /// Adds a view with other dimensions.
  mutating func reshape(_ name: String, _ value: String, _ shape: [Int]) {
    let tensor = Tensor(name: "\(name).shape", shape: [shape.count], int64: shape.map(Int64.init))
    initializers.append(Initializer(name: tensor.name, tensor: tensor))
    add("Reshape", name, [value, tensor.name])
  }

  /// The blocks of the network, whose outputs are the values that nothing reads.
  func blocks() throws -> BlockGraph {
    var proto = Onnx_ModelProto()
    var version = Onnx_OperatorSetIdProto()
    version.version = opset
    proto.opsetImport = [version]
    proto.graph = graph
    let read = Set(graph.node.flatMap(\.input))
    proto.graph.output = graph.node.map(\.name).filter { !read.contains($0) }
      .map { Onnx_ValueInfoProto(name: $0, type: TensorType(.float, [])) }
    let model = ONNXModel(proto: proto, initializers: initializers)
    return try BlockGraph(try ResolvedGraph(model), name: "network")
  }
}

extension BlockGraph {
  /// The graph by lines, a tick for each block.
  func lines(_ padding: LinePadding = .exact) throws -> CSDFGraph {
    try CSDFGraph(self, ticks: blocks.map { _ in 1 }, granularity: .line, padding: padding)
  }
}

extension CSDFGraph {
  /// The actor with a name.
  func actor(_ name: String) -> Actor? { actors.first { $0.name == name } }

  /// The channels between two actors.
  func channels(from source: String, to target: String) -> [Channel] {
    channels.filter { self[$0.source].name == source && self[$0.destination].name == target }
  }

  /// The graph without some actors, and without the channels at them and the self-edges.
  func without(_ names: Set<String>) throws -> CSDFGraph {
    let kept = actors.indices.filter { !names.contains(actors[$0].name) }
    return try CSDFGraph(
      name: name, actors: kept.map { actors[$0] },
      channels: channels.compactMap { channel in
        guard let source = kept.firstIndex(of: channel.source.index),
          let target = kept.firstIndex(of: channel.destination.index), source != target
        else { return nil }
        return Channel(
          name: channel.name, source: ActorID(source), destination: ActorID(target),
          production: channel.production, consumption: channel.consumption)
      })
  }
}

extension ONNXAttribute {
  /// The size of a square window.
  static func kernel(_ size: Int) -> ONNXAttribute {
    ONNXAttribute(name: "kernel_shape", ints: [size, size])
  }

  /// The steps of a square window.
  static func strides(_ step: Int) -> ONNXAttribute {
    ONNXAttribute(name: "strides", ints: [step, step])
  }

  /// The same padding on every side.
  static func pads(_ count: Int) -> ONNXAttribute {
    ONNXAttribute(name: "pads", ints: [count, count, count, count])
  }

  static func axis(_ axis: Int) -> ONNXAttribute { ONNXAttribute(name: "axis", int: axis) }
}
