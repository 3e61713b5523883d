/// Operators whose outputs follow from shapes and attributes alone.
///
/// Where their outputs are constant, ``OperatorCall/foldedConstants()`` gives them; these rules are for
/// constants that are too large or of kinds that are not folded.
let constantRules: [String: OperatorCall.ShapeRule] = [
  "Shape": { [TensorType(.int64, [try $0.shapeSlice().count])] },
  "Size": { _ in [TensorType(.int64, [])] },
  "Constant": { try $0.constantTypes() },
  "ConstantOfShape": { call in
    guard let shape = try call.integers(0) else { throw call.node.error("it needs a shape") }
    return [TensorType(try call.fillValue().type.elementType, shape)]
  },
  "EyeLike": { [try $0.type(0)] },
  "RandomNormalLike": { [try $0.type(0)] },
  "RandomUniformLike": { [try $0.type(0)] },
]

extension OperatorCall {
  /// The dimensions that a Shape node gives.
  func shapeSlice() throws -> [Int] {
    let shape = try type(0).shape
    func position(_ value: Int) -> Int {
      min(max(value < 0 ? value &+ shape.count : value, 0), shape.count)
    }
    let start = position(try node.int("start", default: 0))
    let end = position(try node.int("end", default: shape.count))
    return start < end ? Array(shape[start..<end]) : []
  }

  /// The tensor of one element that a ConstantOfShape repeats; without the attribute a zero.
  func fillValue() throws -> Tensor {
    guard let attribute = node.attributeIfPresent("value") else {
      return Tensor(name: "zero", shape: [1], float: [0])
    }
    let tensor = try Tensor(inline: attribute.t, named: "\(node.label).value")
    guard tensor.type.count == 1 else {
      throw node.error("its value should be one element, found \(tensor.type.count)")
    }
    return tensor
  }

  fileprivate func constantTypes() throws -> [TensorType] {
    if let attribute = node.attributeIfPresent("value") {
      return [try TensorType(of: attribute.t, named: node.label)]
    }
    if node.attributeIfPresent("value_string") != nil { return [TensorType(.string, [])] }
    if let texts = node.attributeIfPresent("value_strings") {
      return [TensorType(.string, [texts.strings.count])]
    }
    throw node.error("it has no value of a known kind")
  }
}
