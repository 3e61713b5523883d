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
  "Round": { try $0.foldUnary({ $0 }, { $0.rounded(.toNearestOrEven) }) },
  "Sign": { try $0.foldUnary({ $0.signum() }, { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }) },
  "Clip": { try $0.foldClip() },
  "Cast": { try $0.foldCast() },
  "CastLike": { try $0.foldCast() },
  "ReduceProd": { try $0.foldReduction({ $0 &* $1 }, { $0 * $1 }, from: (1, 1)) },
  "ReduceSum": { try $0.foldReduction({ $0 &+ $1 }, { $0 + $1 }, from: (0, 0)) },
  "ReduceMax": {
    try $0.foldReduction({ max($0, $1) }, { max($0, $1) }, from: (.min, -.infinity))
  },
  "ReduceMin": {
    try $0.foldReduction({ min($0, $1) }, { min($0, $1) }, from: (.max, .infinity))
  },
]

extension OperatorCall {
  fileprivate func foldExactly(
    _ onIntegers: (Int64, Int64) -> (partialValue: Int64, overflow: Bool),
    _ onFloats: (Double, Double) -> Double
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
    _ onIntegers: (Int64, Int64) throws -> Int64, _ onFloats: (Double, Double) -> Double
  ) throws -> [Tensor]? {
    guard let tensors = constants, let element = tensors.first?.type.elementType,
      tensors.allSatisfy({ $0.type.elementType == element }),
      element.isInteger || element.isFloating
    else { return nil }
    let shape = try broadcast(tensors.map(\.type.shape))
    let spread = try tensors.map { try $0.broadcast(to: shape) }
    if element.isInteger {
      var values = try spread[0].integerValues()
      for other in spread.dropFirst() {
        values = try zip(values, try other.integerValues()).map { try onIntegers($0, $1) }
      }
      return [try Tensor(integers: values, shape, element)]
    }
    var values = try spread[0].doubleValues()
    for other in spread.dropFirst() {
      values = zip(values, try other.doubleValues()).map { onFloats($0, $1) }
    }
    return [Tensor(numbers: values, shape, element)]
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
        guard !followsDividend, divisor != 0 else { return remainder }
        // No remainder has the sign of the divisor too.
        if remainder == 0 { return Double(signOf: divisor, magnitudeOf: 0) }
        return (remainder < 0) != (divisor < 0) ? remainder + divisor : remainder
      })
  }

  /// A power keeps the element type of its base.
  fileprivate func foldPower() throws -> [Tensor]? {
    guard let tensors = constants, tensors.count == 2 else { return nil }
    let element = tensors[0].type.elementType
    let shape = try broadcast(tensors.map(\.type.shape))
    guard element.isInteger || element.isFloating,
      tensors[1].type.elementType.isInteger || tensors[1].type.elementType.isFloating
    else { return nil }
    let base = try tensors[0].broadcast(to: shape).doubleValues()
    let exponent = try tensors[1].broadcast(to: shape).doubleValues()
    let values = zip(base, exponent).map { pow($0, $1) }
    if element.isFloating { return [Tensor(numbers: values, shape, element)] }
    guard values.allSatisfy({ $0.magnitude < 0x1p53 }) else { return nil }
    return [try Tensor(integers: values.map { Int64($0) }, shape, element)]
  }

  fileprivate func foldComparison(
    _ onIntegers: (Int64, Int64) -> Bool, _ onFloats: (Double, Double) -> Bool
  ) throws -> [Tensor]? {
    guard let tensors = constants, tensors.count == 2 else { return nil }
    let shape = try broadcast(tensors.map(\.type.shape))
    let spread = try tensors.map { try $0.broadcast(to: shape) }
    let values: [Int64]
    if tensors.allSatisfy({ $0.type.elementType.isInteger }) {
      let pairs = zip(try spread[0].integerValues(), try spread[1].integerValues())
      values = pairs.map { onIntegers($0, $1) ? 1 : 0 }
    } else {
      guard tensors.allSatisfy({ $0.type.elementType.isFloating }) else { return nil }
      let pairs = zip(try spread[0].doubleValues(), try spread[1].doubleValues())
      values = pairs.map { onFloats($0, $1) ? 1 : 0 }
    }
    return [try Tensor(integers: values, shape, .bool)]
  }

  fileprivate func foldUnary(
    _ onIntegers: (Int64) -> Int64, _ onFloats: (Double) -> Double
  ) throws -> [Tensor]? {
    guard let tensor = constant(0) else { return nil }
    let type = tensor.type
    if type.elementType.isInteger {
      return [
        try Tensor(
          integers: try tensor.integerValues().map(onIntegers), type.shape, type.elementType)
      ]
    }
    guard type.elementType.isFloating else { return nil }
    return [
      Tensor(numbers: try tensor.doubleValues().map(onFloats), type.shape, type.elementType)
    ]
  }

  /// ONNX, Clip: with bounds as inputs, or as attributes before version 11.
  fileprivate func foldClip() throws -> [Tensor]? {
    guard let tensor = constant(0), tensor.type.elementType.isFloating || opset >= 11 else {
      return nil
    }
    func bound(_ name: String, _ index: Int, _ none: Double) throws -> Double {
      if opset < 11 { return Double(try node.float(name, default: Float(none))) }
      return try constant(index)?.doubleValues().first ?? none
    }
    let (low, high) = (try bound("min", 1, -.infinity), try bound("max", 2, .infinity))
    // Integers beyond the exact range of the bounds are left to who runs the network.
    if tensor.type.elementType.isInteger {
      let values = try tensor.integerValues()
      guard values.allSatisfy({ $0.magnitude < 1 << 53 }) else { return nil }
      let clipped = values.map { Int64(saturating: min(max(Double($0), low), high)) }
      return [try Tensor(integers: clipped, tensor.type.shape, tensor.type.elementType)]
    }
    guard tensor.type.elementType.isFloating else { return nil }
    let values = try tensor.doubleValues().map { $0.isNaN ? $0 : min(max($0, low), high) }
    return [Tensor(numbers: values, tensor.type.shape, tensor.type.elementType)]
  }

  fileprivate func foldCast() throws -> [Tensor]? {
    guard let tensor = constant(0), let type = try inferredTypes()?.first else { return nil }
    let (from, to) = (tensor.type.elementType, type.elementType)
    if from == to { return [tensor] }
    if from.isInteger || from.isFloating, to.isFloating {
      return [Tensor(numbers: try tensor.doubleValues(), type.shape, to)]
    }
    guard to.isInteger, from.isInteger || from.isFloating else { return nil }
    let isBool = to == .bool
    let values: [Int64] =
      from.isFloating
      ? try tensor.doubleValues().map { isBool ? ($0 == 0 ? 0 : 1) : Int64(saturating: $0) }
      : try tensor.integerValues().map { isBool && $0 != 0 ? 1 : $0 }
    return [try Tensor(integers: values, type.shape, to)]
  }

  /// Reductions over some axes or all.
  fileprivate func foldReduction(
    _ onIntegers: (Int64, Int64) -> Int64, _ onFloats: (Double, Double) -> Double,
    from neutral: (integer: Int64, float: Double)
  ) throws -> [Tensor]? {
    guard let tensor = constant(0), let type = try inferredTypes()?.first else { return nil }
    let shape = tensor.type.shape
    let named = try integers(attribute: "axes", orInput: 1) ?? []
    if named.isEmpty, try node.int("noop_with_empty_axes", default: 0) != 0 { return [tensor] }
    let reduced = Set(named.isEmpty ? Array(shape.indices) : try axes(named, rank: shape.count))
    let places = tensor.reducedPlaces(reduced)
    if tensor.type.elementType.isInteger {
      var values = [Int64](repeating: neutral.integer, count: type.count)
      for (place, value) in zip(places, try tensor.integerValues()) {
        values[place] = onIntegers(values[place], value)
      }
      return [try Tensor(integers: values, type.shape, type.elementType)]
    }
    guard tensor.type.elementType.isFloating else { return nil }
    var values = [Double](repeating: neutral.float, count: type.count)
    for (place, value) in zip(places, try tensor.doubleValues()) {
      values[place] = onFloats(values[place], value)
    }
    return [Tensor(numbers: values, type.shape, type.elementType)]
  }
}

extension Int64 {
  /// The integer part of a number, the nearest bound where it does not fit, zero for no number.
  init<Number: BinaryFloatingPoint>(saturating value: Number) {
    self =
      value.isNaN ? 0 : value >= 0x1p63 ? .max : value <= -0x1p63 ? .min : Int64(value)
  }
}
