import Dataflow
import Foundation

/// A function that expressions know.
///
/// Source: the functions of JEP 2.4, the expression parser of PREESM, for real numbers, and those that
/// PREESM adds: `floor`, `ceil`, `min`, `max`, `geo_sum` and `pow_div_max`. `rand` is missing, as it
/// has no value to analyze.
enum RateFunction: String, CaseIterable {
  case `if`
  case min, max, sum
  case ceil, floor, round, abs
  case sqrt, ln, log, exp, pow, mod
  case sin, cos, tan, asin, acos, atan, atan2
  case sinh, cosh, tanh, asinh, acosh, atanh
  case binom
  case geometricSum = "geo_sum"
  case greatestPower = "pow_div_max"

  /// How many values it takes.
  var counts: ClosedRange<Int> {
    switch self {
    case .min, .max, .sum: 1...Int.max
    case .if: 3...4
    case .round: 1...2
    case .pow, .mod, .atan2, .binom, .greatestPower: 2...2
    case .geometricSum: 3...3
    default: 1...1
    }
  }

  /// What is wrong with a number of values, nil where nothing is.
  func complaint(about count: Int) -> String? {
    if counts.contains(count) { return nil }
    let (least, most) = (counts.lowerBound, counts.upperBound)
    let words = [1: "one value", 2: "two values", 3: "three values"]
    let expected =
      least == most ? words[least] ?? "\(least) values" : "\(least) to \(most) values"
    return "\(rawValue) takes \(expected), found \(count)"
  }
}

// MARK: - Values

extension RateFunction {
  /// The value of a call; of `if` that of the branch that counts.
  func value(of arguments: [RateNumber]) throws(RateFailure) -> RateNumber {
    let first = arguments[0]
    switch self {
    case .if: return first
    case .min: return arguments.dropFirst().reduce(first) { $1 < $0 ? $1 : $0 }
    case .max: return arguments.dropFirst().reduce(first) { $0 < $1 ? $1 : $0 }
    case .sum:
      var sum = first
      for value in arguments.dropFirst() { sum = try sum.adding(value) }
      return sum
    case .pow: return try first.raised(to: arguments[1])
    case .mod: return try first.remainder(by: arguments[1])
    case .binom: return try Self.binomial(first, arguments[1])
    case .geometricSum: return try Self.geometricSum(first, arguments[1], arguments[2])
    case .greatestPower: return try Self.greatestPower(of: first, dividing: arguments[1])
    case .round: return try Self.rounded(first, places: arguments.count == 2 ? arguments[1] : nil)
    case .ceil, .floor, .abs, .sqrt: return try exactValue(of: first)
    default: return try RateNumber(finite: realValue(of: arguments.map(\.double)))
    }
  }

  /// Of the arguments of `if`, all but the condition, the one that counts: the first for a condition
  /// above 0, the third for 0 where there is one, else the second.
  static func branch(_ condition: RateNumber, of count: Int) -> Int {
    if RateNumber(0) < condition { return 0 }
    return count == 3 && condition.isZero ? 2 : 1
  }

  private func exactValue(of value: RateNumber) throws(RateFailure) -> RateNumber {
    switch (self, value) {
    case (.ceil, .exact(let fraction)): return RateNumber(fraction.ceiling)
    case (.floor, .exact(let fraction)): return RateNumber(fraction.floor)
    case (.ceil, .real(let number)): return try RateNumber(finite: number.rounded(.up))
    case (.floor, .real(let number)): return try RateNumber(finite: number.rounded(.down))
    case (.abs, _): return value < RateNumber(0) ? try value.negated() : value
    case (_, .exact(let fraction)):
      guard let top = fraction.numerator.squareRoot, let bottom = fraction.denominator.squareRoot
      else { return try RateNumber(finite: fraction.doubleValue.squareRoot()) }
      return try RateNumber(fitting: Fraction(top, bottom))
    case (_, .real(let number)): return try RateNumber(finite: number.squareRoot())
    }
  }

  private func realValue(of values: [Double]) -> Double {
    let x = values[0]
    return switch self {
    case .ln: Foundation.log(x)
    case .log: Foundation.log10(x)
    case .exp: Foundation.exp(x)
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tan: Foundation.tan(x)
    case .asin: Foundation.asin(x)
    case .acos: Foundation.acos(x)
    case .atan: Foundation.atan(x)
    case .atan2: Foundation.atan2(x, values[1])
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .tanh: Foundation.tanh(x)
    case .asinh: Foundation.asinh(x)
    case .acosh: Foundation.acosh(x)
    default: Foundation.atanh(x)
    }
  }

  /// To a number of decimal places; of two that are as near the even one.
  private static func rounded(
    _ value: RateNumber, places: RateNumber?
  ) throws(RateFailure) -> RateNumber {
    guard let places else {
      if value.isWhole, let whole = value.rounded { return RateNumber(whole) }
      return try RateNumber(finite: value.double.rounded(.toNearestOrEven))
    }
    let scale = Foundation.pow(10, Double(places.truncated ?? 0))
    return try RateNumber(finite: (value.double * scale).rounded(.toNearestOrEven) / scale)
  }

  private static func binomial(
    _ n: RateNumber, _ k: RateNumber
  ) throws(RateFailure) -> RateNumber {
    guard n.isWhole, k.isWhole, let n = n.rounded, let k = k.rounded, n >= 0, (0...n).contains(k)
    else { throw RateFailure("binom takes integers n >= k >= 0") }
    var value = RateNumber(1)
    for step in 0..<Swift.min(k, n - k) {
      value = try value.multiplied(by: RateNumber(n - step)).divided(by: RateNumber(step + 1))
    }
    return value
  }

  /// `start + start · ratio + …`, so many terms; 0 for a ratio of 0, as PREESM has it.
  private static func geometricSum(
    _ start: RateNumber, _ ratio: RateNumber, _ count: RateNumber
  ) throws(RateFailure) -> RateNumber {
    guard let count = count.truncated, count >= 1 else {
      throw RateFailure("geo_sum takes a number of terms from 1 on")
    }
    if ratio.isZero { return RateNumber(0) }
    if ratio.equals(RateNumber(1)) { return try start.multiplied(by: RateNumber(count)) }
    let exact = try? start.adding(
      start.multiplied(by: ratio.raised(to: RateNumber(count))).negated()
    ).divided(by: RateNumber(1).adding(ratio.negated()))
    if let exact { return exact }
    let power = Foundation.pow(ratio.double, Double(count))
    return try RateNumber(finite: start.double * (1 - power) / (1 - ratio.double))
  }

  /// The greatest exponent for which the power of an integer divides another.
  private static func greatestPower(
    of base: RateNumber, dividing number: RateNumber
  ) throws(RateFailure) -> RateNumber {
    guard let base = base.truncated, base >= 2, var rest = number.truncated, rest != 0 else {
      throw RateFailure("pow_div_max takes an integer from 2 on and one that is not 0")
    }
    var power: Int64 = 0
    while rest % base == 0 {
      rest /= base
      power += 1
    }
    return RateNumber(power)
  }
}

extension Int64 {
  /// The square root where it is an integer.
  fileprivate var squareRoot: Int64? {
    guard self >= 0 else { return nil }
    let near = Int64(Double(self).squareRoot())
    return (Swift.max(0, near - 1)...near + 1).first {
      let (square, overflow) = $0.multipliedReportingOverflow(by: $0)
      return !overflow && square == self
    }
  }
}
