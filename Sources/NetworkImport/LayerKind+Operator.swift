import NetworkModel
import ONNXFormat
import ONNXSchema

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
    } else if node.opType == "QuantizeLinear" || node.opType == "DequantizeLinear" {
      self = try Self.quantizationKind(signature)
    } else if elementwiseOperators.contains(node.opType) {
      self = Self.elementwiseKind(signature)
    } else {
      self = Self.remainingKind(signature)
    }
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

  /// ONNX, QuantizeLinear: one scale for all, one for each index of an axis, or one for each block.
  private static func quantizationKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard signature.valueCount == 1, let scales = signature.shape(1) else { return .combination }
    if scales.isEmpty || scales == [1] { return .elementwise }
    let rank = signature.outputs[0].shape.count
    let axis = try signature.node.int("axis", default: 1)
    let isByChannel = scales.count == 1 && rank >= 2 && (axis == 1 || axis == 1 - rank)
    return isByChannel ? .normalization : .combination
  }

  private static func remainingKind(_ signature: OperatorSignature) -> LayerKind {
    let type = signature.node.opType
    if mixingOperators.contains(type) { return .mixing }
    if placementOperators.contains(type) { return .placement }
    if movementOperators.contains(type) { return .movement }
    if type.hasPrefix("Reduce") || ["ArgMax", "ArgMin", "TopK"].contains(type) {
      return .reduction
    }
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
  "BitwiseNot", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "CastLike",
]

/// Operators in which an output element depends on many channels, with one operation per element.
private let mixingOperators: Set<String> = [
  "Softmax", "LogSoftmax", "Hardmax", "LayerNormalization", "GroupNormalization",
  "RMSNormalization", "MeanVarianceNormalization", "LpNormalization", "DynamicQuantizeLinear",
  "CumSum", "CumProd", "SwiGLU", "RotaryEmbedding", "Bernoulli",
]

/// Operators that say how values lie beside each other; within one memory nothing moves.
private let placementOperators: Set<String> = [
  "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Dropout", "Concat", "Split",
]

private let movementOperators: Set<String> = [
  "Transpose", "Slice", "Pad", "Gather", "GatherND", "GatherElements", "Tile", "Expand",
  "DepthToSpace", "SpaceToDepth", "ScatterND", "ScatterElements", "Scatter", "TensorScatter",
  "ReverseSequence", "OneHot", "Trilu", "EyeLike", "MaxUnpool", "CenterCropPad", "BitCast",
]

private let interpolationOperators: Set<String> = [
  "Upsample", "Resize", "GridSample", "AffineGrid",
]
