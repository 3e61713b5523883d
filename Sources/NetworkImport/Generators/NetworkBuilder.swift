import ONNXFormat
import ONNXSchema

/// Builds a feed-forward network layer by layer with seeded, He-scaled weights.
///
/// He scaling: He, Zhang, Ren, Sun 2015, "Delving deep into rectifiers", DOI 10.1109/ICCV.2015.123:
/// normal weights with variance 2 / inputs.
struct NetworkBuilder {
  private var graph = Onnx_GraphProto()
  private var initializers: [Initializer] = []
  private var random: SplitMix64
  private var value: String
  private var channels: Int
  private var size: Int

  /// Starts with an image input of `channels` × `size` × `size` values.
  init(name: String, input: String, channels: Int, size: Int, seed: UInt64) {
    graph.name = name
    random = SplitMix64(seed: seed)
    value = input
    self.channels = channels
    self.size = size
    graph.input = [Self.info(input, [1, channels, size, size])]
  }

  /// A square convolution with a bias.
  mutating func convolution(
    _ name: String, kernels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1
  ) {
    let inputs = channels / groups * kernel * kernel
    let weights = addWeights(
      name, shape: [kernels, channels / groups, kernel, kernel], inputs: inputs, kernels: kernels)
    var attributes = window(kernel: kernel, stride: stride, padding: padding)
    if groups > 1 { attributes.append(ONNXAttribute(name: "group", int: groups)) }
    add("Conv", name, inputs: weights, attributes)
    channels = kernels
    size = (size + 2 * padding - kernel) / stride + 1
  }

  /// A rectified linear unit.
  mutating func relu(_ name: String) { add("Relu", name) }

  /// A square max-pooling; `endPadding` pads the right and lower edges only.
  mutating func maxPool(_ name: String, kernel: Int, stride: Int, endPadding: Int = 0) {
    add(
      "MaxPool", name, inputs: [],
      [
        ONNXAttribute(name: "kernel_shape", ints: [kernel, kernel]),
        ONNXAttribute(name: "strides", ints: [stride, stride]),
        ONNXAttribute(name: "pads", ints: [0, 0, endPadding, endPadding]),
      ])
    size = (size + endPadding - kernel) / stride + 1
  }

  /// A local response normalisation over five channels.
  mutating func localResponseNormalization(_ name: String) {
    add(
      "LRN", name, inputs: [],
      [
        ONNXAttribute(name: "size", int: 5), ONNXAttribute(name: "alpha", float: 1e-4),
        ONNXAttribute(name: "beta", float: 0.75), ONNXAttribute(name: "bias", float: 1),
      ])
  }

  /// Sees the image as one vector.
  mutating func flatten(_ name: String) {
    add("Flatten", name)
    channels *= size * size
    size = 1
  }

  /// A dense layer with a bias.
  mutating func dense(_ name: String, outputs: Int) {
    let weights = addWeights(
      name, shape: [outputs, channels], inputs: channels, kernels: outputs)
    add("Gemm", name, inputs: weights, [ONNXAttribute(name: "transB", int: 1)])
    channels = outputs
  }

  /// A dropout, which does nothing at inference.
  mutating func dropout(_ name: String) { add("Dropout", name) }

  /// A softmax over the outputs.
  mutating func softmax(_ name: String) {
    add("Softmax", name, inputs: [], [ONNXAttribute(name: "axis", int: 1)])
  }

  /// The finished model, whose output is the last value.
  func model() -> ONNXModel {
    var proto = Onnx_ModelProto()
    proto.irVersion = 8
    proto.producerName = "outrigger"
    var opset = Onnx_OperatorSetIdProto()
    opset.version = 13
    proto.opsetImport = [opset]
    proto.graph = graph
    proto.graph.output = [Self.info(value, [1, channels])]
    return ONNXModel(proto: proto, initializers: initializers)
  }

  private mutating func add(
    _ type: String, _ name: String, inputs: [String] = [], _ attributes: [ONNXAttribute] = []
  ) {
    var node = ONNXNode()
    node.opType = type
    node.name = name
    node.input = [value] + inputs
    node.output = ["\(name)_out"]
    node.attribute = attributes
    graph.node.append(node)
    value = node.output[0]
  }

  private mutating func addWeights(
    _ name: String, shape: [Int], inputs: Int, kernels: Int
  ) -> [String] {
    let deviation = (2 / Double(inputs)).squareRoot()
    let count = shape.reduce(1, *)
    let weights = random.normal(count: count, deviation: deviation)
    let bias = random.normal(count: kernels, deviation: 0.01)
    let names = ["\(name)_weight", "\(name)_bias"]
    initializers.append(
      Initializer(name: names[0], tensor: Tensor(name: names[0], shape: shape, float: weights)))
    initializers.append(
      Initializer(name: names[1], tensor: Tensor(name: names[1], shape: [kernels], float: bias)))
    return names
  }

  private func window(kernel: Int, stride: Int, padding: Int) -> [ONNXAttribute] {
    [
      ONNXAttribute(name: "kernel_shape", ints: [kernel, kernel]),
      ONNXAttribute(name: "strides", ints: [stride, stride]),
      ONNXAttribute(name: "pads", ints: [padding, padding, padding, padding]),
    ]
  }

  private static func info(_ name: String, _ shape: [Int]) -> Onnx_ValueInfoProto {
    Onnx_ValueInfoProto(name: name, type: TensorType(.float, shape))
  }
}
