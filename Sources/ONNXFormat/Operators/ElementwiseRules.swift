import ONNXSchema

/// Operators that work element by element.
let elementwiseRules: [String: OperatorCall.ShapeRule] = {
  let unary = [
    "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh",
    "Softplus", "Softsign", "ThresholdedRelu", "Gelu", "Mish", "Swish", "Shrink", "Clip", "Exp",
    "Log", "Sqrt", "Neg", "Abs", "Floor", "Ceil", "Round", "Reciprocal", "Sign", "Erf", "Sin",
    "Cos", "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Not",
    "Identity",
    "BitwiseNot", "CumSum", "CumProd", "SwiGLU", "Trilu", "MeanVarianceNormalization",
  ]
  let binary = [
    "Add", "Sub", "Mul", "Div", "Pow", "Mod", "And", "Or", "Xor", "BitShift", "BitwiseAnd",
    "BitwiseOr", "BitwiseXor",
  ]
  let variadic = ["Min", "Max", "Sum", "Mean"]
  let comparing = ["Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual"]
  var rules: [String: OperatorCall.ShapeRule] = [
    "PRelu": { try $0.parametricRelu() },
    "Where": {
      let shape = try $0.broadcast([$0.type(0).shape, $0.type(1).shape, $0.type(2).shape])
      return [TensorType(try $0.type(1).elementType, shape)]
    },
    "Cast": { try $0.cast() },
    "BitCast": { try $0.cast() },
    "CastLike": { [TensorType(try $0.type(1).elementType, try $0.type(0).shape)] },
    "Dropout": { call in
      let input = try call.type(0)
      return [input, TensorType(call.opset < 10 ? input.elementType : .bool, input.shape)]
    },
    "IsNaN": { [TensorType(.bool, try $0.type(0).shape)] },
    "IsInf": { [TensorType(.bool, try $0.type(0).shape)] },
    "QuantizeLinear": { try $0.quantized() },
    "DynamicQuantizeLinear": { call in
      [TensorType(.uint8, try call.type(0).shape), TensorType(.float, []), TensorType(.uint8, [])]
    },
    "DequantizeLinear": { call in
      let element = try call.elementType("output_dtype") ?? call.type(1).elementType
      return [TensorType(element, try call.type(0).shape)]
    },
  ]
  for name in unary { rules[name] = { [try $0.type(0)] } }
  for name in ["Softmax", "LogSoftmax", "Hardmax", "LpNormalization"] {
    rules[name] = { try $0.alongAxis() }
  }
  for name in binary {
    rules[name] = { [TensorType(try $0.type(0).elementType, try $0.binaryShape())] }
  }
  for name in variadic {
    rules[name] = {
      [TensorType(try $0.type(0).elementType, try $0.broadcast($0.types.map(\.shape)))]
    }
  }
  for name in comparing { rules[name] = { [TensorType(.bool, try $0.binaryShape())] } }
  return rules
}()

extension OperatorCall {
  fileprivate func parametricRelu() throws -> [TensorType] {
    let input = try type(0)
    guard try broadcast([input.shape, type(1).shape]) == input.shape else {
      throw node.error("its slope \(describe(shape: try type(1).shape)) does not fit the input")
    }
    return [input]
  }

  fileprivate func binaryShape() throws -> [Int] {
    try broadcast([try type(0).shape, try type(1).shape])
  }

  /// Operators that compute each element from all elements along an axis.
  fileprivate func alongAxis() throws -> [TensorType] {
    let input = try type(0)
    let usual = opset < 13 && node.opType != "LpNormalization" ? 1 : -1
    _ = try axis(try node.int("axis", default: usual), rank: input.shape.count)
    return [input]
  }

  fileprivate func cast() throws -> [TensorType] {
    guard let element = try elementType("to") else {
      throw node.error("it needs the attribute to with an element type")
    }
    return [TensorType(element, try type(0).shape)]
  }

  /// The type of the zero point, else the attribute `output_dtype`, else unsigned bytes.
  fileprivate func quantized() throws -> [TensorType] {
    let shape = try type(0).shape
    if let zeroPoint = optionalType(2) { return [TensorType(zeroPoint.elementType, shape)] }
    return [TensorType(try elementType("output_dtype") ?? .uint8, shape)]
  }
}
