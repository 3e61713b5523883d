import ONNXSchema

/// What is known of a value of a graph.
package struct ValueFacts: Sendable {
  /// The type of the value.
  package var type: TensorType
  /// Its values where they are the same at every inference; else nil.
  package var constant: Tensor?

  /// What is known of a value.
  package init(type: TensorType, constant: Tensor? = nil) {
    self.type = type
    self.constant = constant
  }
}

/// A node with what is known of its inputs: what the rules of operators work on.
package struct OperatorCall: Sendable {
  /// The node of the graph.
  package let node: ONNXNode
  /// The inputs in order; nil for one that is left out.
  package let inputs: [ValueFacts?]
  /// The version of the operator set.
  package let opset: Int

  /// A node with what is known of its inputs.
  package init(node: ONNXNode, inputs: [ValueFacts?], opset: Int) {
    self.node = node
    self.inputs = inputs
    self.opset = opset
  }
}

extension OperatorCall {
  /// The rule of an operator: from a call to the types of its outputs.
  typealias ShapeRule = @Sendable (OperatorCall) throws -> [TensorType]

  /// The types of the outputs, or nil for an operator that is not known.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the inputs or attributes break the
  ///   operator's rules.
  package func inferredTypes() throws -> [TensorType]? {
    guard isStandard, let rule = shapeRules[node.opType] else { return nil }
    for input in types where !input.isPossible {
      throw node.error("its input \(describe(shape: input.shape)) is not a possible size")
    }
    let outputs = try rule(self)
    for output in outputs where !output.isPossible {
      throw node.error("its output \(describe(shape: output.shape)) is not a possible size")
    }
    return outputs
  }

  /// Whether the operator belongs to the standard operator set.
  package var isStandard: Bool { node.domain.isEmpty || node.domain == "ai.onnx" }

  // MARK: What rules read

  /// The type of an input that the operator needs.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the node leaves it out.
  package func type(_ index: Int) throws -> TensorType {
    guard inputs.indices.contains(index), let facts = inputs[index] else {
      throw node.error("it needs an input number \(index + 1)")
    }
    return facts.type
  }

  /// The type of an input; nil where the node leaves it out.
  package func optionalType(_ index: Int) -> TensorType? {
    inputs.indices.contains(index) ? inputs[index]?.type : nil
  }

  /// Whether an input is there.
  package func has(_ index: Int) -> Bool { inputs.indices.contains(index) && inputs[index] != nil }

  /// The types of all inputs that are there.
  package var types: [TensorType] { inputs.compactMap { $0?.type } }

  /// The constant integers of an input, or nil where it is left out.
  ///
  /// - Throws: ``ONNXError`` where the input is computed or not a short list of integers.
  func integers(_ index: Int) throws -> [Int]? {
    guard inputs.indices.contains(index), let facts = inputs[index] else { return nil }
    let name = node.input.indices.contains(index) ? node.input[index] : "number \(index + 1)"
    guard let constant = facts.constant else {
      throw undecided(
        "its input \(name) must be constant for its shape to be known", by: [index])
    }
    guard constant.type.isPossible, constant.type.shape.count <= 1,
      constant.type.count <= largestShapeLength
    else {
      throw node.error("its input \(name) should be a short list, found \(constant.type.text)")
    }
    do {
      return try constant.integerValues().map { Int($0) }
    } catch ONNXError.valuesAbsent(_, let reason) {
      throw node.error("the values of its input \(name) must be known for its shape: \(reason)")
    }
  }

  /// The error of a node that computes what the values of some of its inputs say.
  package func undecided(_ reason: String, by operands: some Sequence<Int>) -> ONNXError {
    .undecided(
      name: node.label, operator: node.opType, reason: reason,
      values: operands.filter(node.input.indices.contains).map { node.input[$0] })
  }

  /// Integers that older operator sets have as an attribute and newer ones as an input.
  func integers(attribute name: String, orInput index: Int) throws -> [Int]? {
    if let attribute = try node.ints(name) { return attribute }
    return try integers(index)
  }

  /// An axis counted from the front, from an attribute that may count from the back.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where there is no such axis.
  package func axis(_ value: Int, rank: Int) throws -> Int {
    let axis = value < 0 ? value &+ rank : value
    guard axis >= 0, axis < rank else {
      throw node.error("axis \(value) does not exist in \(rank) dimensions")
    }
    return axis
  }

  /// Axes counted from the front, each at most once.
  func axes(_ values: [Int], rank: Int) throws -> [Int] {
    let axes = try values.map { try axis($0, rank: rank) }
    guard Set(axes).count == axes.count else { throw node.error("an axis is named twice") }
    return axes
  }

  /// The element type that an attribute names, or nil where it leaves the choice open.
  func elementType(_ attribute: String) throws -> ElementType? {
    let code = try node.int(attribute, default: 0)
    guard code != 0 else { return nil }
    guard let element = ElementType(rawValue: code) else {
      throw node.error("\(attribute) \(code) is not an element type")
    }
    return element
  }

  /// A size that a factor enlarges.
  func scaled(_ size: Int, _ factor: Int) throws -> Int {
    let (product, overflow) = size.multipliedReportingOverflow(by: factor)
    guard !overflow, product <= largestElementCount else {
      throw node.error("a dimension of its output would be \(size) · \(factor), which is too large")
    }
    return product
  }

  /// The spatial dimensions of an input in the layout batch × channels × spatial….
  func spatialShape(_ index: Int) throws -> [Int] {
    let shape = try type(index).shape
    guard shape.count >= 3 else {
      throw node.error(
        "expected batch × channels × spatial dimensions, found \(describe(shape: shape))")
    }
    return Array(shape[2...])
  }
}

extension TensorType {
  /// Whether no dimension is negative, and no product of dimensions is too large: not even where an
  /// empty dimension makes the whole tensor empty, as rules multiply some of the dimensions.
  fileprivate var isPossible: Bool {
    shape.allSatisfy { $0 >= 0 } && checkedElementCount(shape.map { max($0, 1) }) != nil
  }
}

/// The most elements that a list of dimensions, axes or pads may have.
private let largestShapeLength = 1 << 16
