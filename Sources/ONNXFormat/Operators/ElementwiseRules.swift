/// Operators that work element by element.
let elementwiseRules: [String: OperatorCall.ShapeRule] = {
  let unary = [
    "Relu", "LeakyRelu", "Elu", "Selu", "Celu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh",
    "Softplus", "Softsign", "ThresholdedRelu", "Gelu", "Mish", "Swish", "Shrink", "Clip", "Exp",
    "Log", "Sqrt", "Neg", "Abs", "Floor", "Ceil", "Round", "Reciprocal", "Sign", "Erf", "Sin",
    "Cos",
    "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh", "Not", "Identity",
    "BitwiseNot", "Softmax", "LogSoftmax", "Hardmax", "LpNormalization", "CumSum", "Trilu",
    "MeanVarianceNormalization",
  ]
  let broadcasting = [
    "Add", "Sub", "Mul", "Div", "Pow", "Mod", "Min", "Max", "Sum", "Mean", "And", "Or", "Xor",
    "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor",
  ]
  let comparing = ["Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual"]
  var rules: [String: OperatorCall.ShapeRule] = [
    "PRelu": { try $0.parametricRelu() },
    "Where": {
      let shape = try $0.broadcast([$0.type(0).shape, $0.type(1).shape, $0.type(2).shape])
      return [TensorType(try $0.type(1).elementType, shape)]
    },
    "Cast": { try $0.cast() },
    "CastLike": { [TensorType(try $0.type(1).elementType, try $0.type(0).shape)] },
    "Dropout": { [try $0.type(0), TensorType(.bool, try $0.type(0).shape)] },
    "IsNaN": { [TensorType(.bool, try $0.type(0).shape)] },
    "IsInf": { [TensorType(.bool, try $0.type(0).shape)] },
    "QuantizeLinear": { try $0.quantized() },
    "DequantizeLinear": { [TensorType(try $0.type(1).elementType, try $0.type(0).shape)] },
  ]
  for name in unary { rules[name] = { [try $0.type(0)] } }
  for name in broadcasting {
    rules[name] = { call in
      [TensorType(try call.type(0).elementType, try call.broadcast(call.types.map(\.shape)))]
    }
  }
  for name in comparing {
    rules[name] = { [TensorType(.bool, try $0.broadcast($0.types.map(\.shape)))] }
  }
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

  fileprivate func cast() throws -> [TensorType] {
    guard let to = try node.int("to"), let element = ElementType(rawValue: to) else {
      throw node.error("it needs the attribute to with an element type")
    }
    return [TensorType(element, try type(0).shape)]
  }

  /// The type of the zero point, else the attribute `output_dtype`, else unsigned bytes.
  fileprivate func quantized() throws -> [TensorType] {
    let shape = try type(0).shape
    if let zeroPoint = optionalType(2) { return [TensorType(zeroPoint.elementType, shape)] }
    let code = try node.int("output_dtype", default: 0)
    return [TensorType(ElementType(rawValue: code) ?? .uint8, shape)]
  }
}
