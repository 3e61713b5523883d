import NetworkModel
import ONNXFormat
import ONNXSchema

extension LayerKind {
  /// The kind of an operator that multiplies and accumulates; nil for other operators.
  static func productKind(_ signature: OperatorSignature) throws -> LayerKind? {
    switch signature.node.opType {
    case "Conv": return try convolutionKind(signature)
    case "ConvInteger", "DeformConv", "CausalConvWithState":
      return try signature.windowProduct(weights: 1)
    case "QLinearConv": return try signature.windowProduct(weights: 3)
    case "ConvTranspose": return try transposedConvolutionKind(signature)
    case "Gemm": return try gemmKind(signature)
    case "MatMul": return matMulKind(signature)
    case "MatMulInteger", "QLinearMatMul":
      return try signature.other(macs: signature.outputElements * signature.depth)
    case "Einsum": return try einsumKind(signature)
    case "Attention": return try attentionKind(signature)
    case "LinearAttention": return try linearAttentionKind(signature)
    case "RNN", "GRU", "LSTM": return try recurrentKind(signature)
    default: return nil
    }
  }

  private static func convolutionKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard let weights = signature.shape(1), weights.count >= 3 else { return .other(Work()) }
    guard signature.isConstant(1), signature.valueCount == 1 else {
      return try signature.windowProduct(weights: 1)
    }
    let groups = try signature.node.int("group", default: 1)
    return .convolution(
      Convolution(
        groups: groups, depth: weights[1...].reduce(1, *), inputsPerGroup: weights[1]))
  }

  /// A transposed convolution multiplies every input element by every weight of its channel.
  private static func transposedConvolutionKind(
    _ signature: OperatorSignature
  ) throws -> LayerKind {
    guard let input = signature.shape(0), let weights = signature.shape(1), !weights.isEmpty
    else { return .other(Work()) }
    return try signature.other(macs: product(input) * product(weights.dropFirst()))
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

  /// Every term of the sum is a product of all operands; one operand alone is only added up.
  private static func einsumKind(_ signature: OperatorSignature) throws -> LayerKind {
    let shapes = signature.operands.indices.compactMap(signature.shape)
    let terms = try EinsumEquation(signature.node, shapes: shapes).terms
    guard shapes.count > 1 else { return try signature.other(macs: 0, operations: terms) }
    return try signature.other(macs: terms * Int128(shapes.count - 1))
  }

  /// The two products, and one operation of the softmax for each pair of a query and a key.
  private static func attentionKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard let query = signature.shape(0), let key = signature.shape(1),
      let value = signature.shape(2)
    else { return .other(Work()) }
    let geometry = try AttentionGeometry(
      signature.node, query: query, key: key, value: value, pastKey: signature.shape(4))
    return try signature.other(macs: geometry.macs, operations: geometry.pairs)
  }

  /// At each position the outer product of key and value joins the state, and the query is multiplied
  /// with it; the delta rules multiply the key with the state too.
  private static func linearAttentionKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard let query = signature.shape(0), let state = signature.outputs.dropFirst().first?.shape,
      query.count == 3, state.count == 4
    else { return .other(Work()) }
    let positions = Int128(query[0]) * Int128(query[1])
    let isDelta = try signature.node.string("update_rule", default: "").contains("delta")
    let queryHeads = try signature.node.int("q_num_heads", default: 1)
    let products = Int128(queryHeads + state[1] * (isDelta ? 2 : 1))
    return try signature.other(macs: positions * products * Int128(state[2]) * Int128(state[3]))
  }

  /// The products of each gate with the input and the last state, and one operation for each of its
  /// elements.
  private static func recurrentKind(_ signature: OperatorSignature) throws -> LayerKind {
    guard let input = signature.shape(0), let recurrence = signature.shape(2) else {
      return .other(Work())
    }
    let geometry = try RecurrenceGeometry(signature.node, input: input, recurrence: recurrence)
    return try signature.other(macs: geometry.macs, operations: geometry.activations)
  }

  fileprivate static func product(_ sizes: some Sequence<Int>) -> Int128 {
    sizes.reduce(1) { $0 * Int128($1) }
  }
}

extension OperatorSignature {
  /// The number of elements of the first output.
  fileprivate var outputElements: Int128 { Int128(outputs[0].count) }

  /// The terms of each sum of a matrix product.
  fileprivate var depth: Int128 { Int128(shape(0)?.last ?? 0) }

  /// A convolution that is one block: every output element is a sum over the weights of its kernel.
  fileprivate func windowProduct(weights operand: Int) throws -> LayerKind {
    let weights = shape(operand)?.dropFirst() ?? []
    return try other(macs: outputElements * LayerKind.product(weights))
  }

  /// A layer that counts multiply-accumulates, and other operations beside them.
  fileprivate func other(macs: Int128, operations: Int128 = 0) throws -> LayerKind {
    let all = 2 * macs + operations
    guard all < Layer.largestOperationCount else {
      throw node.error("it has more operations than can be counted")
    }
    return .other(Work(macs: Int(macs), operations: Int(all)))
  }
}
