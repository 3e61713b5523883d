import ONNXFormat

/// Operators on images.
extension NetworkBuilder {
  /// A square convolution.
  mutating func convolution(
    _ name: String, kernels: Int, kernel: Int, stride: Int = 1, padding: Int = 0, groups: Int = 1,
    bias: Bool = true
  ) {
    let shape = [kernels, value.channels / groups, kernel, kernel]
    let inputs = shape[1...].reduce(1, *)
    var constants = [
      weights("\(name)_weight", shape, deviation: (2 / Double(inputs)).squareRoot())
    ]
    if bias { constants.append(weights("\(name)_bias", [kernels], deviation: 0.01)) }
    var attributes = window(kernel: kernel, stride: stride, padding: padding)
    if groups > 1 { attributes.append(ONNXAttribute(name: "group", int: groups)) }
    let size = (value.size + 2 * padding - kernel) / stride + 1
    add("Conv", name, constants, attributes, shape: [1, kernels, size, size])
  }

  /// A transposed convolution that doubles the image's sides.
  mutating func doubling(_ name: String, kernels: Int) {
    let shape = [value.channels, kernels, 2, 2]
    let deviation = (2 / Double(4 * value.channels)).squareRoot()
    let constants = [
      weights("\(name)_weight", shape, deviation: deviation),
      weights("\(name)_bias", [kernels], deviation: 0.01),
    ]
    let attributes = [
      ONNXAttribute(name: "kernel_shape", ints: [2, 2]),
      ONNXAttribute(name: "strides", ints: [2, 2]),
    ]
    add(
      "ConvTranspose", name, constants, attributes,
      shape: [1, kernels, 2 * value.size, 2 * value.size])
  }

  /// A batch normalization with positive variances.
  mutating func batchNormalization(_ name: String) {
    let count = [value.channels]
    let constants = [
      uniform("\(name)_scale", count, 0.8...1.2),
      weights("\(name)_shift", count, deviation: 0.05),
      weights("\(name)_mean", count, deviation: 0.05),
      uniform("\(name)_variance", count, 0.5...1.5),
    ]
    add("BatchNormalization", name, constants)
  }

  /// A rectified linear unit.
  mutating func relu(_ name: String) { add("Relu", name) }

  /// A rectified linear unit that ends at six.
  mutating func relu6(_ name: String) {
    let bounds = [constant("\(name)_low", [], [0]), constant("\(name)_high", [], [6])]
    add("Clip", name, bounds)
  }

  /// A square max-pooling; `endPadding` pads the right and lower edges only.
  mutating func maxPool(
    _ name: String, kernel: Int, stride: Int, padding: Int = 0, endPadding: Int = 0
  ) {
    let end = padding + endPadding
    let size = (value.size + padding + end - kernel) / stride + 1
    let attributes = [
      ONNXAttribute(name: "kernel_shape", ints: [kernel, kernel]),
      ONNXAttribute(name: "strides", ints: [stride, stride]),
      ONNXAttribute(name: "pads", ints: [padding, padding, end, end]),
    ]
    add("MaxPool", name, [], attributes, shape: [1, value.channels, size, size])
  }

  /// The mean of each channel.
  mutating func globalAveragePool(_ name: String) {
    add("GlobalAveragePool", name, shape: [1, value.channels, 1, 1])
  }

  /// A local response normalization over five channels.
  mutating func localResponseNormalization(_ name: String) {
    add(
      "LRN", name, [],
      [
        ONNXAttribute(name: "size", int: 5), ONNXAttribute(name: "alpha", float: 1e-4),
        ONNXAttribute(name: "beta", float: 0.75), ONNXAttribute(name: "bias", float: 1),
      ])
  }

  /// The sum with another value.
  mutating func sum(_ name: String, with other: Value) { add("Add", name, [other.name]) }

  /// The channels of the current value and of others, side by side.
  mutating func concatenation(_ name: String, with others: [Value]) {
    var shape = value.shape
    shape[1] += others.reduce(0) { $0 + $1.channels }
    add(
      "Concat", name, others.map(\.name), [ONNXAttribute(name: "axis", int: 1)], shape: shape)
  }

  /// Sees an image as one vector.
  mutating func flatten(_ name: String) {
    add("Flatten", name, shape: [1, value.shape[1...].reduce(1, *)])
  }

  /// A dense layer with a bias.
  mutating func dense(_ name: String, outputs: Int) {
    let inputs = value.channels
    let constants = [
      weights(
        "\(name)_weight", [outputs, inputs], deviation: (2 / Double(inputs)).squareRoot()),
      weights("\(name)_bias", [outputs], deviation: 0.01),
    ]
    add("Gemm", name, constants, [ONNXAttribute(name: "transB", int: 1)], shape: [1, outputs])
  }

  /// A dropout, which does nothing at inference.
  mutating func dropout(_ name: String) { add("Dropout", name) }

  /// A softmax over the outputs.
  mutating func softmax(_ name: String) {
    add("Softmax", name, [], [ONNXAttribute(name: "axis", int: 1)])
  }

  private func window(kernel: Int, stride: Int, padding: Int) -> [ONNXAttribute] {
    [
      ONNXAttribute(name: "kernel_shape", ints: [kernel, kernel]),
      ONNXAttribute(name: "strides", ints: [stride, stride]),
      ONNXAttribute(name: "pads", ints: [padding, padding, padding, padding]),
    ]
  }
}
