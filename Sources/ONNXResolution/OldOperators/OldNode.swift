import ONNXFormat
import ONNXSchema

/// A node of an operator set before version 7 on its way to version 7.
struct OldNode {
  /// The node as it is now.
  var node: ONNXNode
  /// Nodes that it reads from.
  var before: [ONNXNode] = []
  /// Constants that these nodes read.
  var constants: [Tensor] = []
  let call: OperatorCall
  /// The version in which it is written.
  let opset: Int

  init(_ call: OperatorCall, opset: Int) {
    node = call.node
    self.call = call
    self.opset = opset
  }

  /// Operators that lay their second operand along the axes that `axis` says.
  static let broadcasting: Set<String> = [
    "Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less",
  ]

  /// Says in the words of version 7 what the node means.
  mutating func rewrite() throws {
    // A hint about memory, which changes no value.
    removeAttribute("consumed_inputs")
    if Self.broadcasting.contains(node.opType) {
      try rewriteBroadcast()
      return
    }
    switch node.opType {
    case "PRelu": try rewriteSlope()
    case "Gemm": try rewriteSummand()
    case "BatchNormalization", "Dropout": try rewriteTraining()
    case "RNN", "GRU", "LSTM": removeAttribute("output_sequence")
    case "Cast" where opset < 6: try rewriteElementType()
    case "Tile" where opset < 6: try rewriteTiles()
    case "Selu" where opset < 6: addDefaults([("alpha", 1.6732), ("gamma", 1.0507)])
    case "Reshape" where opset < 5: try rewriteShape()
    case "Concat" where opset < 4 && node.attributeIfPresent("axis") == nil:
      node.attribute.append(ONNXAttribute(name: "axis", int: 1))
    case "Split" where opset < 2: try rewriteParts()
    case "Pad" where opset < 2: renameAttribute("paddings", to: "pads")
    case "LpPool" where opset < 2, "GlobalLpPool" where opset < 2: try rewriteExponent()
    case "Upsample": try rewriteScales()
    default: break
    }
  }

  mutating func removeAttribute(_ name: String) {
    node.attribute.removeAll { $0.name == name }
  }

  mutating func renameAttribute(_ old: String, to new: String) {
    for index in node.attribute.indices where node.attribute[index].name == old {
      node.attribute[index].name = new
    }
  }

  private mutating func addDefaults(_ values: [(name: String, value: Float)]) {
    for (name, value) in values where node.attributeIfPresent(name) == nil {
      node.attribute.append(ONNXAttribute(name: name, float: value))
    }
  }

  /// Reads an operand through a Reshape.
  mutating func reshapeOperand(_ operand: Int, to shape: [Int]) {
    let seen = "\(node.output.first ?? node.label)_operand_\(operand)"
    let wanted = addConstant("\(seen)_shape", shape)
    var reshape = ONNXNode()
    reshape.opType = "Reshape"
    reshape.name = "\(node.label)_operand_\(operand)"
    reshape.input = [node.input[operand], wanted]
    reshape.output = [seen]
    before.append(reshape)
    node.input[operand] = seen
  }

  /// A constant list of numbers.
  mutating func addConstant(_ name: String, _ values: [Int]) -> String {
    constants.append(Tensor(name: name, shape: [values.count], int64: values.map { Int64($0) }))
    return name
  }
}
