import ONNXSchema

extension OperatorCall {
  /// The rule by which an operator's outputs follow from constants; nil where they do not.
  typealias FoldingRule = @Sendable (OperatorCall) throws -> [Tensor]?

  /// The outputs of a node as constants, where they are the same at every inference and known here
  /// without much work.
  ///
  /// Operators that only see their input in another shape keep its values where they lie; values are
  /// computed only for small tensors, which is what shapes are made of.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the constants break the operator's
  ///   rules.
  package func foldedConstants() throws -> [Tensor]? {
    try foldedConstants(upTo: largestFoldedCount)
  }

  /// The outputs of a node as constants, where they can be computed here.
  ///
  /// - Parameter limit: The most elements that constants may have which values are computed from.
  func foldedConstants(upTo limit: Int) throws -> [Tensor]? {
    guard isStandard, let outputs = try viewedConstants() ?? computedConstants(upTo: limit) else {
      return nil
    }
    for output in outputs where checkedElementCount(output.type.shape) == nil {
      throw node.error("its output \(describe(shape: output.type.shape)) is not a possible size")
    }
    return named(outputs)
  }

  private func viewedConstants() throws -> [Tensor]? { try viewRules[node.opType]?(self) }

  private func computedConstants(upTo limit: Int) throws -> [Tensor]? {
    guard let rule = valueRules[node.opType], let constants, constants.allSatisfy(\.isReadable),
      constants.allSatisfy({ $0.type.count <= limit }), let types = try inferredTypes(),
      types.allSatisfy({ $0.count <= limit })
    else { return nil }
    return try rule(self)
  }

  /// Tensors that have no name yet, with the names of the node's outputs.
  func named(_ outputs: [Tensor]) -> [Tensor] {
    zip(outputs, node.output).enumerated().map { index, place in
      let (output, name) = place
      // What is the same in every respect keeps its name.
      if isView, output.type == types.first { return output }
      var tensor = output
      tensor.name = name
      tensor.view = view(of: tensor, index)
      return tensor
    } + outputs.dropFirst(node.output.count)
  }

  /// Whether the operator only sees its input in another shape.
  var isView: Bool { isStandard && viewOperators.contains(node.opType) }

  /// The constants of all inputs that are there; nil where one is computed.
  package var constants: [Tensor]? {
    var result: [Tensor] = []
    for facts in inputs {
      guard let facts else { continue }
      guard let constant = facts.constant else { return nil }
      result.append(constant)
    }
    return result.isEmpty ? nil : result
  }

  /// The constant of one input; nil where the input is computed or left out.
  package func constant(_ index: Int) -> Tensor? {
    inputs.indices.contains(index) ? inputs[index]?.constant : nil
  }
}

private let viewOperators: Set<String> = [
  "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity",
]

/// The rules of operators whose outputs are known without any values being computed.
private let viewRules: [String: OperatorCall.FoldingRule] = {
  var rules: [String: OperatorCall.FoldingRule] = [
    "Constant": { try $0.foldConstant() },
    "ConstantOfShape": { try $0.foldConstantOfShape() },
    "Shape": { call in
      let shape = try call.shapeSlice()
      return [Tensor(name: "", shape: [shape.count], int64: shape.map { Int64($0) })]
    },
    "Size": { [Tensor(name: "", shape: [], int64: [Int64(try $0.type(0).count)])] },
  ]
  for name in viewOperators { rules[name] = { try $0.foldView() } }
  for name in ["Transpose", "Expand", "Tile"] { rules[name] = { try $0.foldRepeatedValue() } }
  return rules
}()

/// The rules of operators that values are computed by, from constants whose values are there.
private let valueRules: [String: OperatorCall.FoldingRule] = {
  var rules: [String: OperatorCall.FoldingRule] = [
    "Range": { try $0.foldRange() },
    "Transpose": { try $0.foldTranspose() },
  ]
  rules.merge(arithmeticFoldingRules) { first, _ in first }
  rules.merge(selectionFoldingRules) { first, _ in first }
  rules.merge(countingFoldingRules) { first, _ in first }
  rules.merge(indexFoldingRules) { first, _ in first }
  return rules
}()

extension ONNXNode {
  /// Whether the values of its outputs are known here where those of its inputs are.
  package var isFoldable: Bool {
    (domain.isEmpty || domain == "ai.onnx")
      && (viewRules[opType] != nil || valueRules[opType] != nil)
  }
}

extension Tensor {
  /// Whether the values are there, each in bytes of its own.
  fileprivate var isReadable: Bool {
    !isComputed && absence == nil && type.elementType.bits >= 8
  }
}

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

  /// One value over a whole tensor is so however the tensor is ordered or enlarged.
  fileprivate func foldRepeatedValue() throws -> [Tensor]? {
    guard constants != nil, let tensor = constant(0), case .splat = tensor.storage,
      let type = try inferredTypes()?.first
    else { return nil }
    return [Tensor(name: "", type: type, storage: tensor.storage)]
  }

  fileprivate func foldRange() throws -> [Tensor]? {
    guard let constants, constants.count == 3, let count = try inferredTypes()?.first?.count,
      constants.allSatisfy({ $0.type.count == 1 && $0.type.elementType.isInteger })
    else { return nil }
    let (start, step) = (try constants[0].integerValues()[0], try constants[2].integerValues()[0])
    let values = (0..<count).map { start &+ Int64($0) &* step }
    return [try Tensor(integers: values, [count], constants[0].type.elementType)]
  }

  fileprivate func foldTranspose() throws -> [Tensor]? {
    guard let tensor = constant(0), let type = try inferredTypes()?.first else { return nil }
    let order = try permutation(rank: tensor.type.shape.count)
    return [try tensor.gathered(type.shape, strides: order.map { tensor.strides[$0] })]
  }
}

/// Values are computed at once for tensors of at most this many elements: lists of dimensions and the
/// like. Larger ones are computed on demand.
private let largestFoldedCount = 1 << 12
