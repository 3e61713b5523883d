import ONNXSchema

extension OperatorCall {
  /// The rule by which an operator's outputs follow from constants; nil where they do not.
  typealias FoldingRule = @Sendable (OperatorCall) throws -> [Tensor]?

  /// The outputs of a node as constants, where they are the same at every inference.
  ///
  /// Operators that only see their input in another shape keep its values where they lie; values are
  /// computed only for small tensors, which is what shapes are made of.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the constants break the operator's
  ///   rules.
  package func foldedConstants() throws -> [Tensor]? {
    guard isStandard, let rule = foldingRules[node.opType] else { return nil }
    guard var outputs = try rule(self) else { return nil }
    for index in outputs.indices where index < node.output.count {
      outputs[index].name = node.output[index]
    }
    for output in outputs where checkedElementCount(output.type.shape) == nil {
      throw node.error("its output \(describe(shape: output.type.shape)) is not a possible size")
    }
    return outputs
  }

  /// The constants of all inputs that are there; nil where one is computed.
  var constants: [Tensor]? {
    var result: [Tensor] = []
    for facts in inputs {
      guard let facts else { continue }
      guard let constant = facts.constant else { return nil }
      result.append(constant)
    }
    return result.isEmpty ? nil : result
  }

  /// The constant of one input.
  func constant(_ index: Int) -> Tensor? {
    inputs.indices.contains(index) ? inputs[index]?.constant : nil
  }
}

/// The rules of all operators that are folded, by name.
private let foldingRules: [String: OperatorCall.FoldingRule] = {
  var rules: [String: OperatorCall.FoldingRule] = [
    "Constant": { try $0.foldConstant() },
    "ConstantOfShape": { try $0.foldConstantOfShape() },
    "Shape": { call in
      let shape = try call.shapeSlice()
      return [Tensor(name: "", shape: [shape.count], int64: shape.map { Int64($0) })]
    },
    "Size": { [Tensor(name: "", shape: [], int64: [Int64(try $0.type(0).count)])] },
    "Range": { try $0.foldRange() },
    "Transpose": { try $0.foldTranspose() },
    "DequantizeLinear": { try $0.foldDequantization() },
  ]
  for name in ["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity"] {
    rules[name] = { try $0.foldView() }
  }
  rules.merge(arithmeticFoldingRules) { first, _ in first }
  rules.merge(selectionFoldingRules) { first, _ in first }
  return rules
}()

extension OperatorCall {
  fileprivate func foldView() throws -> [Tensor]? {
    guard constants != nil, let tensor = constant(0), let type = try inferredTypes()?.first else {
      return nil
    }
    return [tensor.reshaped(type.shape)]
  }

  fileprivate func foldConstant() throws -> [Tensor]? {
    if let attribute = node.attributeIfPresent("value") {
      return [try Tensor(inline: attribute.t, named: node.label)]
    }
    if let attribute = node.attributeIfPresent("value_int") {
      return [Tensor(name: "", shape: [], int64: [attribute.i])]
    }
    if let attribute = node.attributeIfPresent("value_ints") {
      return [Tensor(name: "", shape: [attribute.ints.count], int64: attribute.ints)]
    }
    if let attribute = node.attributeIfPresent("value_float") {
      return [Tensor(name: "", shape: [], float: [attribute.f])]
    }
    if let attribute = node.attributeIfPresent("value_floats") {
      return [Tensor(name: "", shape: [attribute.floats.count], float: attribute.floats)]
    }
    return nil
  }

  fileprivate func foldConstantOfShape() throws -> [Tensor]? {
    guard constant(0) != nil, let shape = try integers(0) else { return nil }
    guard checkedElementCount(shape) != nil else {
      throw node.error("\(describe(shape: shape)) is not a possible size")
    }
    let fill = try fillValue()
    let type = TensorType(fill.type.elementType, shape)
    return [Tensor(name: "", type: type, storage: .splat(try fill.contiguousBytes()))]
  }

  fileprivate func foldRange() throws -> [Tensor]? {
    guard let constants, constants.count == 3,
      constants.allSatisfy({ $0.type.count == 1 && $0.type.elementType.isInteger })
    else { return nil }
    let bounds = try constants.map { try $0.integerValues()[0] }
    guard bounds[2] != 0 else { throw node.error("its step is zero") }
    var values: [Int64] = []
    for value in stride(from: bounds[0], to: bounds[1], by: Int64.Stride(bounds[2])) {
      values.append(value)
      guard values.count <= largestFoldedCount else { return nil }
    }
    return [try Tensor(integers: values, [values.count], constants[0].type.elementType)]
  }

  /// Weights are transposed once, here, so that the layer that uses them has constant weights.
  fileprivate func foldTranspose() throws -> [Tensor]? {
    guard let tensor = constant(0), tensor.type.elementType.bits >= 8,
      let type = try inferredTypes()?.first, tensor.type.count <= largestWeightCount
    else { return nil }
    if case .absent = tensor.storage {
      return [Tensor(name: "", type: type, storage: tensor.storage)]
    }
    if case .splat = tensor.storage {
      return [Tensor(name: "", type: type, storage: tensor.storage)]
    }
    let order = try permutation(rank: tensor.type.shape.count)
    return [try tensor.gathered(type.shape, strides: order.map { tensor.strides[$0] })]
  }
}

extension OperatorCall {
  /// ONNX, DequantizeLinear: (x − zero point) · scale. Weights of a quantised network become the
  /// numbers they stand for, so that the layer that uses them has constant weights.
  fileprivate func foldDequantization() throws -> [Tensor]? {
    guard let constants, let tensor = constant(0), let scale = constant(1),
      let type = try inferredTypes()?.first, type.elementType == .float,
      tensor.type.elementType.isInteger, tensor.type.count <= largestWeightCount
    else { return nil }
    for case .absent(let reason) in constants.map(\.storage) {
      return [Tensor(name: "", type: type, storage: .absent(reason))]
    }
    let zeroPoint = try constant(2).map { try $0.integerValues() } ?? [0]
    let scales = try scale.floatValues()
    guard !scales.isEmpty, zeroPoint.count == 1 || zeroPoint.count == scales.count else {
      throw node.error("its scales and zero points do not fit together")
    }
    let values = try tensor.integerValues()
    func dequantized(_ index: Int, _ slice: Int) -> Float {
      Float(values[index] &- zeroPoint[zeroPoint.count == 1 ? 0 : slice]) * scales[slice]
    }
    if scales.count == 1 {
      let floats = values.indices.map { dequantized($0, 0) }
      return [Tensor(name: "", shape: type.shape, float: floats)]
    }
    let axis = try axis(try node.int("axis", default: 1), rank: type.shape.count)
    guard scale.type.shape == [type.shape[axis]] else { return nil }
    let inner = type.shape[(axis + 1)...].reduce(1, *)
    let floats = values.indices.map { dequantized($0, $0 / inner % scales.count) }
    return [Tensor(name: "", shape: type.shape, float: floats)]
  }
}

/// Weights of at most this many elements are put in another form.
private let largestWeightCount = 1 << 26

/// Values are computed for tensors of at most this many elements.
let largestFoldedCount = 1 << 16
