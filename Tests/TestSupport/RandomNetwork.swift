import NetworkImport
package import ONNXFormat
import ONNXSchema
import RandomNumbers

/// Small random networks that use every way a block can depend on another: convolutions with and
/// without groups, depth-wise ones, poolings, normalisations over and within channels, element-wise
/// operators with constants, sums, concatenations, and dense layers at the end.
package struct RandomNetwork {
  private struct Value {
    var name: String
    var channels: Int
    var size: Int
  }

  private var graph = Onnx_GraphProto()
  private var initializers: [Initializer] = []
  private var random: SplitMix64
  private var values: [Value] = []
  private var count = 0

  /// A network of about `layers` operators.
  package static func model(seed: UInt64, layers: Int) -> ONNXModel {
    var network = RandomNetwork(seed: seed)
    for _ in 0..<layers { network.addLayer() }
    return network.finished()
  }

  private init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    graph.name = "random\(seed)"
    let channels = Int.random(in: 2...6, using: &random)
    let size = Int.random(in: 8...12, using: &random)
    graph.input = [SmallNetworks.value("input", [1, channels, size, size])]
    values = [Value(name: "input", channels: channels, size: size)]
  }

  private mutating func addLayer() {
    // Mostly the newest value, so that chains grow; sometimes an older one, so that they branch.
    let recent =
      Bool.random(using: &random)
      ? values.count - 1
      : Int.random(
        in: 0..<values.count, using: &random)
    let value = values[recent]
    switch Int.random(in: 0..<13, using: &random) {
    case 0...3: addConvolution(value)
    case 4: addDepthwise(value)
    case 5: add(["Relu", "Sigmoid", "LeakyRelu", "Tanh"].randomElement(using: &random)!, value)
    case 6: addPooling(value)
    case 7: addLRN(value)
    case 8: addBatchNormalization(value)
    case 9: addChannelConstant(value)
    case 10: addSum(value)
    case 11: addConcat(value)
    default: add("Relu", value)
    }
  }

  private mutating func addConvolution(_ value: Value) {
    let groups = [1, 1, 2, 3].filter { value.channels % $0 == 0 }.randomElement(using: &random)!
    let kernels = groups * Int.random(in: 1...(8 / groups), using: &random)
    let kernel = value.size >= 3 ? [1, 3].randomElement(using: &random)! : 1
    convolve(value, kernels: kernels, kernel: kernel, groups: groups)
  }

  private mutating func addDepthwise(_ value: Value) {
    guard value.channels > 1 else { return addConvolution(value) }
    convolve(
      value, kernels: value.channels, kernel: value.size >= 3 ? 3 : 1, groups: value.channels)
  }

  private mutating func convolve(_ value: Value, kernels: Int, kernel: Int, groups: Int) {
    let stride = value.size > 6 ? Int.random(in: 1...2, using: &random) : 1
    let padding = kernel / 2
    let shape = [kernels, value.channels / groups, kernel, kernel]
    var inputs = [weights(shape, deviation: 0.5)]
    if Bool.random(using: &random) { inputs.append(weights([kernels], deviation: 0.1)) }
    let attributes = [
      ONNXAttribute(name: "kernel_shape", ints: [kernel, kernel]),
      ONNXAttribute(name: "strides", ints: [stride, stride]),
      ONNXAttribute(name: "pads", ints: [padding, padding, padding, padding]),
      ONNXAttribute(name: "group", int: groups),
    ]
    let size = (value.size + 2 * padding - kernel) / stride + 1
    add("Conv", value, inputs, attributes, channels: kernels, size: size)
  }

  private mutating func addPooling(_ value: Value) {
    guard value.size >= 3 else { return add("Relu", value) }
    let type = Bool.random(using: &random) ? "MaxPool" : "AveragePool"
    let attributes = [
      ONNXAttribute(name: "kernel_shape", ints: [2, 2]),
      ONNXAttribute(name: "strides", ints: [2, 2]),
    ]
    add(type, value, [], attributes, size: (value.size - 2) / 2 + 1)
  }

  private mutating func addLRN(_ value: Value) {
    // onnxruntime computes LRN for odd sizes only.
    let size = [3, 5].randomElement(using: &random)!
    let attributes = [
      ONNXAttribute(name: "size", int: size), ONNXAttribute(name: "alpha", float: 0.5),
    ]
    add("LRN", value, [], attributes)
  }

  private mutating func addBatchNormalization(_ value: Value) {
    let count = [value.channels]
    let variance = random.normal(count: value.channels, deviation: 0.3).map { 0.5 + $0.magnitude }
    let inputs = [
      weights(count, deviation: 1), weights(count, deviation: 0.2),
      weights(count, deviation: 0.2), constant(count, variance),
    ]
    add("BatchNormalization", value, inputs)
  }

  private mutating func addChannelConstant(_ value: Value) {
    let type = ["Add", "Mul", "PRelu"].randomElement(using: &random)!
    add(type, value, [weights([value.channels, 1, 1], deviation: 1)])
  }

  private mutating func addSum(_ value: Value) {
    let partners = values.filter { $0.channels == value.channels && $0.size == value.size }
    add("Add", value, [partners.randomElement(using: &random)!.name])
  }

  private mutating func addConcat(_ value: Value) {
    let partner = values.filter { $0.size == value.size }.randomElement(using: &random)!
    add(
      "Concat", value, [partner.name], [ONNXAttribute(name: "axis", int: 1)],
      channels: value.channels + partner.channels)
  }

  private mutating func finished() -> ONNXModel {
    let last = values[values.count - 1]
    add("Flatten", last, [], [], channels: last.channels * last.size * last.size, size: 1)
    for outputs in [Int.random(in: 4...9, using: &random), 5] {
      let value = values[values.count - 1]
      if Bool.random(using: &random) {
        let matrix = weights([value.channels, outputs], deviation: 0.3)
        add("MatMul", value, [matrix], channels: outputs)
      } else {
        let inputs = [
          weights([outputs, value.channels], deviation: 0.3), weights([outputs], deviation: 0.1),
        ]
        add("Gemm", value, inputs, [ONNXAttribute(name: "transB", int: 1)], channels: outputs)
      }
      if outputs != 5 { add("Relu", values[values.count - 1]) }
    }
    // What nothing reads is an output too, so that every operator counts.
    let read = Set(graph.node.flatMap(\.input))
    graph.output = values.filter { !read.contains($0.name) }.map { value in
      let isVector = value.name == values[values.count - 1].name
      let size = value.size
      return SmallNetworks.value(value.name, isVector ? [1, 5] : [1, value.channels, size, size])
    }
    var proto = Onnx_ModelProto()
    proto.irVersion = 8
    var opset = Onnx_OperatorSetIdProto()
    opset.version = [9, 11, 13, 17].randomElement(using: &random)!
    proto.opsetImport = [opset]
    proto.graph = graph
    return ONNXModel(proto: proto, initializers: initializers)
  }

  private mutating func add(
    _ type: String, _ value: Value, _ inputs: [String] = [], _ attributes: [ONNXAttribute] = [],
    channels: Int? = nil, size: Int? = nil
  ) {
    count += 1
    var node = ONNXNode()
    node.opType = type
    node.name = "\(type.lowercased())_\(count)"
    node.input = [value.name] + inputs
    node.output = ["v\(count)"]
    node.attribute = attributes
    graph.node.append(node)
    values.append(
      Value(name: "v\(count)", channels: channels ?? value.channels, size: size ?? value.size))
  }

  private mutating func weights(_ shape: [Int], deviation: Double) -> String {
    constant(shape, random.normal(count: shape.reduce(1, *), deviation: deviation))
  }

  private mutating func constant(_ shape: [Int], _ values: [Float]) -> String {
    let name = "w\(initializers.count)"
    initializers.append(
      Initializer(name: name, tensor: Tensor(name: name, shape: shape, float: values)))
    return name
  }
}
