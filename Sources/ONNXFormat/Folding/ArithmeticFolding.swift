import Foundation

/// Arithmetic on small constants, which computes shapes.
let arithmeticFoldingRules: [String: OperatorCall.FoldingRule] = [
  "Add": { try $0.foldExactly({ $0.addingReportingOverflow($1) }, { $0 + $1 }) },
  "Sub": { try $0.foldExactly({ $0.subtractingReportingOverflow($1) }, { $0 - $1 }) },
  "Mul": { try $0.foldExactly({ $0.multipliedReportingOverflow(by: $1) }, { $0 * $1 }) },
  "Div": { call in
    try call.foldArithmetic(
      { left, right in
        guard right != 0 else { throw call.node.error("it divides by zero") }
        return left.dividedReportingOverflow(by: right).partialValue
      }, { $0 / $1 })
  },
  "Mod": { try $0.foldRemainder() },
  "Pow": { try $0.foldPower() },
  "Min": { try $0.foldArithmetic({ min($0, $1) }, { min($0, $1) }) },
  "Max": { try $0.foldArithmetic({ max($0, $1) }, { max($0, $1) }) },
  "And": { try $0.foldArithmetic({ $0 & $1 }, { left, _ in left }) },
  "Or": { try $0.foldArithmetic({ $0 | $1 }, { left, _ in left }) },
  "Xor": { try $0.foldArithmetic({ $0 ^ $1 }, { left, _ in left }) },
  "Equal": { try $0.foldComparison({ $0 == $1 }, { $0 == $1 }) },
  "Greater": { try $0.foldComparison({ $0 > $1 }, { $0 > $1 }) },
  "Less": { try $0.foldComparison({ $0 < $1 }, { $0 < $1 }) },
  "GreaterOrEqual": { try $0.foldComparison({ $0 >= $1 }, { $0 >= $1 }) },
  "LessOrEqual": { try $0.foldComparison({ $0 <= $1 }, { $0 <= $1 }) },
  "Neg": { try $0.foldUnary({ 0 &- $0 }, { -$0 }) },
  "Abs": { try $0.foldUnary({ $0 == .min ? $0 : abs($0) }, { abs($0) }) },
  "Floor": { try $0.foldUnary({ $0 }, { $0.rounded(.down) }) },
  "Ceil": { try $0.foldUnary({ $0 }, { $0.rounded(.up) }) },
  "Sqrt": { try $0.foldUnary({ $0 }, { $0.squareRoot() }) },
  "Not": { try $0.foldUnary({ $0 == 0 ? 1 : 0 }, { $0 }) },
  "Cast": { try $0.foldCast() },
  "ReduceProd": { try $0.foldReduction({ $0 &* $1 }, 1) },
  "ReduceSum": { try $0.foldReduction({ $0 &+ $1 }, 0) },
  "ReduceMax": { try $0.foldReduction({ max($0, $1) }, .min) },
  "ReduceMin": { try $0.foldReduction({ min($0, $1) }, .max) },
]

extension OperatorCall {
  /// The constants, where all inputs are and none is large; `types` are the element types allowed.
  func smallConstants() -> [Tensor]? {
    guard let constants, constants.allSatisfy({ $0.type.count <= largestFoldedCount }) else {
      return nil
    }
    let hasValues = constants.allSatisfy {
      if case .absent = $0.storage { false } else { $0.type.elementType.bits >= 8 }
    }
    return hasValues ? constants : nil
  }

  fileprivate func foldExactly(
    _ onIntegers: (Int64, Int64) -> (partialValue: Int64, overflow: Bool),
    _ onFloats: (Float, Float) -> Float
  ) throws -> [Tensor]? {
    try foldArithmetic(
      { left, right in
        let (value, overflow) = onIntegers(left, right)
        if overflow { throw node.error("its constant value does not fit 64 bits") }
        return value
      }, onFloats)
  }

  /// Combines all inputs, the first two first: Min and Max take any number.
  fileprivate func foldArithmetic(
    _ onIntegers: (Int64, Int64) throws -> Int64, _ onFloats: (Float, Float) -> Float
  ) throws -> [Tensor]? {
    guard let tensors = smallConstants(), let element = tensors.first?.type.elementType,
      tensors.allSatisfy({ $0.type.elementType == element }), element.isInteger || element == .float
    else { return nil }
    let shape = try broadcast(tensors.map(\.type.shape))
    guard let count = checkedElementCount(shape), count <= largestFoldedCount else { return nil }
    let spread = try tensors.map { try $0.broadcast(to: shape) }
    if element.isInteger {
      var values = try spread[0].integerValues()
      for other in spread.dropFirst() {
        values = try zip(values, try other.integerValues()).map { try onIntegers($0, $1) }
      }
      return [try Tensor(integers: values, shape, element)]
    }
    var values = try spread[0].floatValues()
    for other in spread.dropFirst() {
      values = zip(values, try other.floatValues()).map { onFloats($0, $1) }
    }
    return [Tensor(name: "", shape: shape, float: values)]
  }

  /// ONNX, Mod: the remainder has the sign of the divisor, with `fmod` that of the dividend.
  fileprivate func foldRemainder() throws -> [Tensor]? {
    let followsDividend = try node.int("fmod", default: 0) != 0
    return try foldArithmetic(
      { dividend, divisor in
        guard divisor != 0 else { throw node.error("it divides by zero") }
        let remainder = divisor == -1 ? 0 : dividend % divisor
        let isOpposite = remainder != 0 && (remainder < 0) != (divisor < 0)
        return isOpposite && !followsDividend ? remainder + divisor : remainder
      },
      { dividend, divisor in
        let remainder = dividend.truncatingRemainder(dividingBy: divisor)
        let isOpposite = remainder != 0 && (remainder < 0) != (divisor < 0)
        return isOpposite && !followsDividend ? remainder + divisor : remainder
      })
  }

  /// A power keeps the element type of its base.
  fileprivate func foldPower() throws -> [Tensor]? {
    guard let tensors = smallConstants(), tensors.count == 2 else { return nil }
    let element = tensors[0].type.elementType
    let shape = try broadcast(tensors.map(\.type.shape))
    guard element.isInteger || element == .float, let count = checkedElementCount(shape),
      count <= largestFoldedCount
    else { return nil }
    let base = try tensors[0].broadcast(to: shape).floatValues()
    let exponent = try tensors[1].broadcast(to: shape).floatValues()
    let values = zip(base, exponent).map { pow(Double($0), Double($1)) }
    if element == .float {
      return [Tensor(name: "", shape: shape, float: values.map { Float($0) })]
    }
    guard values.allSatisfy({ $0.magnitude < 0x1p53 }) else { return nil }
    return [try Tensor(integers: values.map { Int64($0) }, shape, element)]
  }

  fileprivate func foldComparison(
    _ onIntegers: (Int64, Int64) -> Bool, _ onFloats: (Float, Float) -> Bool
  ) throws -> [Tensor]? {
    guard let tensors = smallConstants(), tensors.count == 2 else { return nil }
    let shape = try broadcast(tensors.map(\.type.shape))
    guard let count = checkedElementCount(shape), count <= largestFoldedCount else { return nil }
    let spread = try tensors.map { try $0.broadcast(to: shape) }
    let values: [Int64]
    if tensors.allSatisfy({ $0.type.elementType.isInteger }) {
      let pairs = zip(try spread[0].integerValues(), try spread[1].integerValues())
      values = pairs.map { onIntegers($0, $1) ? 1 : 0 }
    } else {
      guard tensors.allSatisfy({ $0.type.elementType == .float }) else { return nil }
      let pairs = zip(try spread[0].floatValues(), try spread[1].floatValues())
      values = pairs.map { onFloats($0, $1) ? 1 : 0 }
    }
    return [try Tensor(integers: values, shape, .bool)]
  }

  fileprivate func foldUnary(
    _ onIntegers: (Int64) -> Int64, _ onFloats: (Float) -> Float
  ) throws -> [Tensor]? {
    guard let tensor = smallConstants()?.first else { return nil }
    if tensor.type.elementType.isInteger {
      let values = try tensor.integerValues().map(onIntegers)
      return [try Tensor(integers: values, tensor.type.shape, tensor.type.elementType)]
    }
    guard tensor.type.elementType == .float else { return nil }
    let values = try tensor.floatValues().map(onFloats)
    return [Tensor(name: "", shape: tensor.type.shape, float: values)]
  }

  fileprivate func foldCast() throws -> [Tensor]? {
    guard let tensor = smallConstants()?.first, let type = try inferredTypes()?.first else {
      return nil
    }
    let from = tensor.type.elementType
    if from == type.elementType { return [tensor] }
    if from.isInteger, type.elementType == .float {
      let values = try tensor.integerValues().map { Float($0) }
      return [Tensor(name: "", shape: type.shape, float: values)]
    }
    guard type.elementType.isInteger, from.isInteger || from == .float else { return nil }
    let isBool = type.elementType == .bool
    let values: [Int64] =
      from == .float
      ? try tensor.floatValues().map { isBool ? ($0 == 0 ? 0 : 1) : Int64(saturating: $0) }
      : try tensor.integerValues().map { isBool && $0 != 0 ? 1 : $0 }
    return [try Tensor(integers: values, type.shape, type.elementType)]
  }

  /// Reductions of integers over all or some axes.
  fileprivate func foldReduction(
    _ combine: (Int64, Int64) -> Int64, _ neutral: Int64
  ) throws -> [Tensor]? {
    guard let tensor = smallConstants()?.first, tensor.type.elementType.isInteger,
      let type = try inferredTypes()?.first
    else { return nil }
    let named = try integers(attribute: "axes", orInput: 1) ?? []
    let values = try tensor.integerValues()
    // Only complete reductions and vectors occur in shape arithmetic.
    guard tensor.type.shape.count <= 1 || named.isEmpty, type.count == 1 else { return nil }
    return [try Tensor(integers: [values.reduce(neutral, combine)], type.shape, type.elementType)]
  }
}

extension Int64 {
  /// The integer part of a number, the nearest bound where it does not fit, zero for no number.
  init(saturating value: Float) {
    self =
      value.isNaN ? 0 : value >= 0x1p63 ? .max : value <= -0x1p63 ? .min : Int64(value)
  }
}
