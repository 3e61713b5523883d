import ONNXSchema

/// Convolutions and poolings.
let windowRules: [String: OperatorCall.ShapeRule] = [
  "Conv": { try $0.convolution() },
  "ConvInteger": { try $0.convolution(output: .int32) },
  "QLinearConv": { try $0.quantizedConvolution() },
  "DeformConv": { try $0.convolution() },
  "ConvTranspose": { try $0.transposedConvolution() },
  "MaxPool": { try $0.pooling() },
  "AveragePool": { try $0.pooling() },
  "LpPool": { try $0.pooling() },
  "GlobalAveragePool": { try $0.globalPooling() },
  "GlobalMaxPool": { try $0.globalPooling() },
  "GlobalLpPool": { try $0.globalPooling() },
]

extension OperatorCall {
  fileprivate func convolution(output: ElementType? = nil) throws -> [TensorType] {
    let input = try type(0)
    let shape = try convolutionShape(input: input.shape, weights: try type(1).shape)
    return [TensorType(output ?? input.elementType, shape)]
  }

  fileprivate func quantizedConvolution() throws -> [TensorType] {
    let shape = try convolutionShape(input: try type(0).shape, weights: try type(3).shape)
    return [TensorType(try type(7).elementType, shape)]
  }

  private func convolutionShape(input: [Int], weights: [Int]) throws -> [Int] {
    let spatial = try spatialShape(0)
    guard weights.count == input.count else {
      throw node.error(
        "weights \(describe(shape: weights)) do not fit the input \(describe(shape: input))")
    }
    let groups = try node.int("group", default: 1)
    let (channels, overflow) = weights[1].multipliedReportingOverflow(by: groups)
    guard groups >= 1, !overflow, channels == input[1], weights[0] >= 1, weights[0] % groups == 0
    else {
      throw node.error(
        "weights \(describe(shape: weights)) in \(groups) groups do not fit "
          + "\(input[1]) input channels")
    }
    let geometry = try WindowGeometry(node, kernel: Array(weights[2...]), input: spatial)
    guard geometry.kernel == Array(weights[2...]) else {
      throw node.error(
        "kernel_shape \(geometry.kernel) is not that of the weights \(describe(shape: weights))")
    }
    return [input[0], weights[0]] + geometry.outputs
  }

  fileprivate func transposedConvolution() throws -> [TensorType] {
    let input = try type(0)
    let weights = try type(1).shape
    let spatial = try spatialShape(0)
    guard weights.count == input.shape.count, weights[0] == input.shape[1] else {
      throw node.error(
        "weights \(describe(shape: weights)) do not fit \(describe(shape: input.shape))")
    }
    let groups = try node.int("group", default: 1)
    guard groups >= 1, weights[0] % groups == 0 else {
      throw node.error("\(weights[0]) input channels do not divide into \(groups) groups")
    }
    let channels = try scaled(weights[1], groups)
    let outputs =
      try wantedOutputs(count: spatial.count)
      ?? transposedOutputs(spatial, kernel: Array(weights[2...]))
    return [TensorType(input.elementType, [input.shape[0], channels] + outputs)]
  }

  /// ONNX, ConvTranspose: output = stride · (input − 1) + output_padding + extent − pads. With
  /// SAME, pads make it stride · input, but they never enlarge it.
  private func transposedOutputs(_ spatial: [Int], kernel: [Int]) throws -> [Int] {
    let rank = spatial.count
    let strides = try sizes("strides", count: rank, default: 1)
    let dilations = try sizes("dilations", count: rank, default: 1)
    let extra = try sizes("output_padding", count: rank, default: 0)
    let pads = try sizes("pads", count: 2 * rank, default: 0)
    guard strides.allSatisfy({ $0 > 0 }), dilations.allSatisfy({ $0 > 0 }) else {
      throw node.error("its strides \(strides) or dilations \(dilations) are not positive")
    }
    let mode = try node.string("auto_pad", default: "NOTSET")
    return try (0..<rank).map { axis in
      let whole =
        try scaled(spatial[axis] - 1, strides[axis]) + extra[axis]
        + scaled(kernel[axis] - 1, dilations[axis]) + 1
      let size: Int
      switch mode {
      case "SAME_UPPER", "SAME_LOWER": size = min(whole, try scaled(spatial[axis], strides[axis]))
      case "VALID": size = whole
      case "NOTSET", "": size = whole - pads[axis] - pads[rank + axis]
      default: throw node.error("auto_pad \"\(mode)\" does not exist")
      }
      guard size > 0 else { throw node.error("its output would be empty") }
      return size
    }
  }

  /// The spatial dimensions that `output_shape` asks for; some files give all dimensions there.
  private func wantedOutputs(count: Int) throws -> [Int]? {
    guard let wanted = try node.ints("output_shape"), !wanted.isEmpty else { return nil }
    guard wanted.count >= count, wanted.allSatisfy({ $0 >= 0 }) else {
      throw node.error("output_shape should be \(count) numbers of at least 0, found \(wanted)")
    }
    return Array(wanted.suffix(count))
  }

  /// A list of small numbers that are not negative.
  private func sizes(_ name: String, count: Int, default value: Int) throws -> [Int] {
    guard let values = try node.ints(name) else { return [Int](repeating: value, count: count) }
    guard values.count == count, values.allSatisfy({ $0 >= 0 && $0 < 1 << 24 }) else {
      throw node.error("\(name) should be \(count) numbers of at least 0, found \(values)")
    }
    return values
  }

  fileprivate func pooling() throws -> [TensorType] {
    let input = try type(0)
    let geometry = try WindowGeometry(node, input: try spatialShape(0))
    let shape = Array(input.shape[..<2]) + geometry.outputs
    return [TensorType(input.elementType, shape), TensorType(.int64, shape)]
      .prefixed(node.opType == "MaxPool" ? 2 : 1)
  }

  fileprivate func globalPooling() throws -> [TensorType] {
    let input = try type(0)
    let ones = [Int](repeating: 1, count: try spatialShape(0).count)
    return [TensorType(input.elementType, Array(input.shape[..<2]) + ones)]
  }
}

extension Array {
  /// The first `count` elements.
  fileprivate func prefixed(_ count: Int) -> [Element] { Array(prefix(count)) }
}
