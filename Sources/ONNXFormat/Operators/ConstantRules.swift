import ONNXSchema

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
  "Range": { try $0.rangeTypes() },
  "EyeLike": { try $0.alike() },
  "RandomNormalLike": { try $0.alike() },
  "RandomUniformLike": { try $0.alike() },
  "Bernoulli": { try $0.alike() },
  "RandomNormal": { try $0.random() },
  "RandomUniform": { try $0.random() },
  "Multinomial": { call in
    let rows = try call.type(0).shape.first ?? 1
    let samples = try call.node.int("sample_size", default: 1)
    return [TensorType(try call.elementType("dtype") ?? .int32, [rows, samples])]
  },
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
    for attribute in node.attribute {
      switch attribute.name {
      case "value": return [try TensorType(of: attribute.t, named: node.label)]
      case "value_int": return [TensorType(.int64, [])]
      case "value_ints": return [TensorType(.int64, [attribute.ints.count])]
      case "value_float": return [TensorType(.float, [])]
      case "value_floats": return [TensorType(.float, [attribute.floats.count])]
      case "value_string": return [TensorType(.string, [])]
      case "value_strings": return [TensorType(.string, [attribute.strings.count])]
      default: continue
      }
    }
    throw node.error("it has no value of a known kind")
  }

  /// The shape of the input, with the element type that `dtype` may give.
  fileprivate func alike() throws -> [TensorType] {
    let input = try type(0)
    return [TensorType(try elementType("dtype") ?? input.elementType, input.shape)]
  }

  fileprivate func random() throws -> [TensorType] {
    guard let shape = try node.ints("shape") else { throw node.error("it needs a shape") }
    return [TensorType(try elementType("dtype") ?? .float, shape)]
  }

  /// ONNX, Range: max(⌈(limit − start) / delta⌉, 0) elements.
  fileprivate func rangeTypes() throws -> [TensorType] {
    let element = try type(0).elementType
    let bounds = try (0..<3).map { index -> Tensor in
      guard try type(index).count == 1, let constant = inputs[index]?.constant else {
        throw undecided("start, limit and delta should be constant scalars", by: 0..<3)
      }
      return constant
    }
    if element.isInteger {
      let numbers = try bounds.map { Int128(try $0.integerValues()[0]) }
      let (distance, delta) = (numbers[1] - numbers[0], numbers[2])
      guard delta != 0 else { throw node.error("its delta is zero") }
      let steps = distance / delta + (distance % delta == 0 ? 0 : 1)
      guard steps <= largestElementCount else { throw node.error("its output is too large") }
      return [TensorType(element, [distance.signum() == delta.signum() ? Int(steps) : 0])]
    }
    let numbers = try bounds.map { Double(try $0.floatValues()[0]) }
    let steps = ((numbers[1] - numbers[0]) / numbers[2]).rounded(.up)
    guard steps < Double(largestElementCount) else {
      throw node.error("its delta is zero or its output too large")
    }
    return [TensorType(element, [Int(max(steps, 0))])]
  }
}
