import NetworkModel
import ONNXFormat

/// What an operator's classification looks at.
struct OperatorSignature {
  let node: ONNXNode
  let operands: [Layer.Operand]
  let outputs: [TensorType]

  /// The shape of an operand, whether constant or not.
  func shape(_ index: Int) -> [Int]? {
    guard operands.indices.contains(index) else { return nil }
    switch operands[index] {
    case .value(let type): return type.shape
    case .constant(let tensor): return tensor.type.shape
    case .omitted: return nil
    }
  }

  /// Whether an operand is a constant.
  func isConstant(_ index: Int) -> Bool {
    guard operands.indices.contains(index), case .constant = operands[index] else { return false }
    return true
  }

  /// The number of operands that are computed.
  var valueCount: Int {
    operands.reduce(0) { if case .value = $1 { $0 + 1 } else { $0 } }
  }
}

extension LayerKind {
  /// The kind of computation that an operator is, by its name in the standard operator set.
  init(_ signature: OperatorSignature) throws {
    let node = signature.node
    guard node.domain.isEmpty || node.domain == "ai.onnx" else {
      self = .other(Work())
      return
    }
    if let product = try Self.productKind(signature) {
      self = product
    } else if let window = try Self.windowKind(signature) {
      self = window
    } else if elementwiseOperators.contains(node.opType) {
      self = Self.elementwiseKind(signature)
    } else {
      self = Self.remainingKind(signature)
    }
  }

  private static func productKind(_ signature: OperatorSignature) throws -> LayerKind? {
    switch signature.node.opType {
    case "Conv": return try convolutionKind(signature)
    case "ConvTranspose": return try transposedConvolutionKind(signature)
    case "Gemm": return try gemmKind(signature)
    case "MatMul": return matMulKind(signature)
    default: return nil
    }
  }

  private static func convolutionKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard let weights = signature.shape(1), weights.count >= 3 else { return .other(Work()) }
    let depth = weights[1...].reduce(1, *)
    guard signature.isConstant(1), signature.valueCount == 1 else {
      return try other(signature, macs: signature.outputs[0].count, depth)
    }
    let groups = try signature.node.int("group", default: 1)
    return .convolution(
      Convolution(groups: groups, depth: depth, inputsPerGroup: weights[1]))
  }

  /// A transposed convolution multiplies every input element by every weight of its channel.
  private static func transposedConvolutionKind(
    _ signature: OperatorSignature
  ) throws -> LayerKind {
    guard let input = signature.shape(0), let weights = signature.shape(1), !weights.isEmpty
    else { return .other(Work()) }
    return try other(signature, macs: input.reduce(1, *), weights[1...].reduce(1, *))
  }

  /// A layer that counts a product of multiply-accumulates.
  private static func other(
    _ signature: OperatorSignature, macs count: Int, _ depth: Int
  ) throws -> LayerKind {
    let (macs, overflow) = count.multipliedReportingOverflow(by: depth)
    guard !overflow, macs < 1 << 60 else {
      throw signature.node.error("it has more operations than can be counted")
    }
    return .other(Work(macs: macs, operations: 2 * macs))
  }

  private static func gemmKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard let a = signature.shape(0), a.count == 2 else { return .other(Work()) }
    let depth = try signature.node.int("transA", default: 0) == 0 ? a[1] : a[0]
    guard signature.isConstant(1), signature.valueCount == 1, !signature.isConstant(0) else {
      return .product(depth: depth)
    }
    let kernelAxis = try signature.node.int("transB", default: 0) == 0 ? 1 : 0
    return .dense(Dense(depth: depth, weightOperand: 1, kernelAxis: kernelAxis))
  }

  private static func matMulKind(_ signature: OperatorSignature) -> LayerKind {
    guard let a = signature.shape(0), let b = signature.shape(1), let depth = a.last else {
      return .other(Work())
    }
    if signature.isConstant(1), !signature.isConstant(0), b.count == 2 {
      return .dense(Dense(depth: depth, weightOperand: 1, kernelAxis: 1))
    }
    return .product(depth: depth)
  }

  private static func windowKind(_ signature: OperatorSignature) throws -> LayerKind? {
    let node = signature.node
    switch node.opType {
    case "MaxPool", "AveragePool", "LpPool":
      guard let window = checkedElementCount(try node.ints("kernel_shape") ?? []) else {
        throw node.error("its window is too large")
      }
      return .pooling(window: window)
    case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool":
      return .pooling(window: signature.shape(0)?.dropFirst(2).reduce(1, *) ?? 1)
    case "LRN":
      let size = try node.int("size", default: 0)
      guard size >= 1, size < 1 << 32 else {
        throw node.error("size should be a positive number, found \(size)")
      }
      return .channelWindow(size: size)
    case "BatchNormalization", "InstanceNormalization":
      return signature.valueCount == 1 ? .normalization : .combination
    default: return nil
    }
  }

  /// One computed value makes an operator work channel by channel, provided that no constant widens
  /// its channels by broadcasting.
  private static func elementwiseKind(_ signature: OperatorSignature) -> LayerKind {
    let values = signature.operands.compactMap { operand -> [Int]? in
      if case .value(let type) = operand { type.shape } else { nil }
    }
    guard values.count == 1 else { return .combination }
    return values[0] == signature.outputs[0].shape ? .elementwise : .combination
  }

  private static func remainingKind(_ signature: OperatorSignature) -> LayerKind {
    let type = signature.node.opType
    if mixingOperators.contains(type) { return .mixing }
    if placementOperators.contains(type) { return .placement }
    if movementOperators.contains(type) { return .movement }
    if type.hasPrefix("Reduce") || type == "ArgMax" || type == "ArgMin" { return .reduction }
    if interpolationOperators.contains(type) {
      return .other(Work(operations: signature.outputs[0].count))
    }
    return .other(Work())
  }
}

private let elementwiseOperators: Set<String> = [
  "Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish",
  "Tanh", "Softplus", "Softsign", "ThresholdedRelu", "Gelu", "Mish", "Swish", "Shrink", "Clip",
  "Exp", "Log", "Sqrt", "Neg", "Abs", "Floor", "Ceil", "Round", "Reciprocal", "Sign", "Erf", "Sin",
  "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Not", "Cast",
  "IsNaN", "IsInf", "Add", "Sub", "Mul", "Div", "Pow", "Mod", "Min", "Max", "Sum", "Mean", "And",
  "Or", "Xor", "Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Where", "BitShift",
  "QuantizeLinear", "DequantizeLinear",
]

/// Operators in which an output element depends on many channels, with one operation per element.
private let mixingOperators: Set<String> = [
  "Softmax", "LogSoftmax", "Hardmax", "LayerNormalization", "GroupNormalization",
  "RMSNormalization", "MeanVarianceNormalization", "LpNormalization",
]

/// Operators that say how values lie beside each other; within one memory nothing moves.
private let placementOperators: Set<String> = [
  "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Dropout", "Concat", "Split",
]

private let movementOperators: Set<String> = [
  "Transpose", "Slice", "Pad", "Gather", "GatherND", "GatherElements", "Tile", "Expand",
  "DepthToSpace", "SpaceToDepth", "ScatterND", "ScatterElements",
]

private let interpolationOperators: Set<String> = ["Upsample", "Resize"]
