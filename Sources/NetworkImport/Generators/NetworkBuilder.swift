import ONNXFormat
import ONNXSchema
import RandomNumbers

/// Builds a network operator by operator with seeded, He-scaled weights.
///
/// Each call continues from ``value``; keeping a value and setting it again makes branches.
///
/// He scaling: He, Zhang, Ren, Sun 2015, "Delving deep into rectifiers", DOI 10.1109/ICCV.2015.123:
/// normal weights with variance 2 / inputs.
struct NetworkBuilder {
  /// A value of the network under construction.
  struct Value {
    var name: String
    var shape: [Int]

    /// The channels of an image.
    var channels: Int { shape[1] }
    /// The height and width of a square image.
    var size: Int { shape[2] }
  }

  /// The value that the next operator reads.
  var value: Value
  private var graph = Onnx_GraphProto()
  private var initializers: [Initializer] = []
  private var random: SplitMix64
  private let hasWeights: Bool
  private var outputs: [Value] = []

  /// Starts with an image input of `channels` × `size` × `size` values.
  ///
  /// - Parameter seed: The seed of the weights; nil leaves their values out.
  init(name: String, input: String, channels: Int, size: Int, seed: UInt64?) {
    graph.name = name
    random = SplitMix64(seed: seed ?? 0)
    hasWeights = seed != nil
    value = Value(name: input, shape: [1, channels, size, size])
    graph.input = [Onnx_ValueInfoProto(name: input, type: TensorType(.float, value.shape))]
  }

  /// Makes the current value an output of the network, beside the last value.
  mutating func markOutput() { outputs.append(value) }

  /// The finished model, whose outputs are the marked values and the last one.
  func model() -> ONNXModel {
    var proto = Onnx_ModelProto()
    proto.irVersion = 9
    proto.producerName = "outrigger"
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 20
    proto.opsetImport = [opset]
    proto.graph = graph
    proto.graph.output = (outputs + [value]).map {
      Onnx_ValueInfoProto(name: $0.name, type: TensorType(.float, $0.shape))
    }
    return ONNXModel(proto: proto, initializers: initializers)
  }

  /// Adds an operator that reads the current value and makes the next.
  mutating func add(
    _ type: String, _ name: String, _ others: [String] = [], _ attributes: [ONNXAttribute] = [],
    shape: [Int]? = nil
  ) {
    var node = ONNXNode()
    node.opType = type
    node.name = name
    node.input = [value.name] + others
    node.output = ["\(name)_out"]
    node.attribute = attributes
    graph.node.append(node)
    value = Value(name: node.output[0], shape: shape ?? value.shape)
  }

  /// A constant of normal values.
  mutating func weights(_ name: String, _ shape: [Int], deviation: Double) -> String {
    guard hasWeights else { return absent(name, shape) }
    return constant(name, shape, random.normal(count: shape.reduce(1, *), deviation: deviation))
  }

  /// A constant of which only the shape is written.
  private mutating func absent(_ name: String, _ shape: [Int]) -> String {
    initializers.append(Initializer(name: name, absent: TensorType(.float, shape)))
    return name
  }

  /// A constant of given values.
  mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    initializers.append(
      Initializer(name: name, tensor: Tensor(name: name, shape: shape, float: values)))
    return name
  }

  /// A constant list of integers, as operators take for shapes and axes.
  mutating func integers(_ name: String, _ values: [Int]) -> String {
    let tensor = Tensor(name: name, shape: [values.count], int64: values.map { Int64($0) })
    initializers.append(Initializer(name: name, tensor: tensor))
    return name
  }

  /// Values spread evenly between two bounds, seeded.
  mutating func uniform(_ name: String, _ shape: [Int], _ range: ClosedRange<Float>) -> String {
    guard hasWeights else { return absent(name, shape) }
    let count = shape.reduce(1, *)
    let values = (0..<count).map { _ in Float.random(in: range, using: &random) }
    return constant(name, shape, values)
  }
}
