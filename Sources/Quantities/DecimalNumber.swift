/// A decimal number exactly as it is written: a whole number of at most 38 digits, times a power of ten.
package struct DecimalNumber: Hashable, Sendable {
  /// The digits as a whole number with the sign, not a multiple of ten unless it is 0.
  package let digits: Int128
  /// The power of ten; 0 for 0.
  package let exponent: Int

  /// The number 0.
  package static let zero = DecimalNumber(0)
  /// The most digits that a number may have.
  package static let mostDigits = 38

  /// A whole number.
  package init(_ integer: Int) {
    self.init(digits: Int128(integer), exponent: 0)
  }

  /// The shortest decimal number that is nearest to a binary one; nil for what is not finite.
  package init?(_ number: Double) {
    guard number.isFinite else { return nil }
    self.init("\(number)")
  }

  private init(digits: Int128, exponent: Int) {
    var (digits, exponent) = (digits, digits == 0 ? 0 : exponent)
    while digits != 0, digits % 10 == 0 { (digits, exponent) = (digits / 10, exponent + 1) }
    (self.digits, self.exponent) = (digits, exponent)
  }
}

extension DecimalNumber: LosslessStringConvertible {
  /// Reads digits, perhaps with a sign, a point and an exponent: `2.01`, `-.5`, `31e-12`.
  ///
  /// - Returns: nil for any other text, and for more than 38 digits without the noughts at both ends.
  package init?(_ text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var (digits, exponent, noughts) = (Int128(0), 0, 0)
    var (hasDigit, hasPoint) = (false, false)
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
        continue
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      hasDigit = true
      if hasPoint { exponent -= 1 }
      // Noughts count only if another digit follows.
      noughts += 1
      guard byte != UInt8(ascii: "0") else { continue }
      if digits == 0 { noughts = 1 }
      guard let scale = power(ofTen: noughts), digits <= (Self.bound - 1) / scale else {
        return nil
      }
      digits = digits * scale + Int128(byte - UInt8(ascii: "0"))
      noughts = 0
    }
    guard hasDigit else { return nil }
    if !rest.isEmpty {
      guard let power = Self.exponent(rest.dropFirst()) else { return nil }
      exponent += power
    }
    self.init(digits: isNegative ? -digits : digits, exponent: digits == 0 ? 0 : exponent + noughts)
  }

  /// One above the largest number of digits.
  private static let bound = power(ofTen: mostDigits) ?? .max

  /// Reads an exponent; nil for no number. What no quantity could have is as much as any.
  private static func exponent(_ text: Substring.UTF8View) -> Int? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty else { return nil }
    var exponent = 0
    for byte in rest {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      exponent = min(1 << 30, exponent * 10 + Int(byte - UInt8(ascii: "0")))
    }
    return isNegative ? -exponent : exponent
  }

  /// The number as plain digits where these are few, else with an exponent.
  package var description: String {
    let sign = digits < 0 ? "-" : ""
    let text = "\(digits.magnitude)"
    let point = text.utf8.count + exponent
    if exponent >= 0, point <= 19 { return sign + text + String(repeating: "0", count: exponent) }
    if exponent < 0, point > 0 { return sign + text.prefix(point) + "." + text.dropFirst(point) }
    if exponent < 0, point > -5 {
      return sign + "0." + String(repeating: "0", count: -point) + text
    }
    let decimals = text.dropFirst()
    return sign + text.prefix(1) + (decimals.isEmpty ? "" : ".\(decimals)") + "e\(point - 1)"
  }
}

extension DecimalNumber {
  /// The nearest binary number; infinite for what is too large.
  package var value: Double {
    if digits.magnitude < 1 << 53, (-22...22).contains(exponent) {
      // Both are exact, so that there is one rounding.
      let power = Double(power(ofTen: abs(exponent)) ?? 1)
      return exponent < 0 ? Double(digits) / power : Double(digits) * power
    }
    return Double("\(digits)e\(exponent)") ?? .infinity
  }

  /// The number as a fraction; nil where it is below 0 or a part of it does not fit.
  package var ratio: ExactRatio? {
    guard let digits = UInt128(exactly: digits), let power = power(ofTen: abs(exponent)) else {
      return nil
    }
    if exponent <= 0 { return ExactRatio(digits, UInt128(power)) }
    let (product, overflow) = digits.multipliedReportingOverflow(by: UInt128(power))
    return overflow ? nil : ExactRatio(product, 1)
  }

  /// The product; nil where it has more than 38 digits.
  package func times(_ other: DecimalNumber) -> DecimalNumber? {
    let (product, overflow) = digits.multipliedReportingOverflow(by: other.digits)
    guard !overflow, product.magnitude < Self.bound.magnitude else { return nil }
    return DecimalNumber(digits: product, exponent: exponent + other.exponent)
  }

  /// The number over a power of two or ten; nil where it has more than 38 digits then, or no end.
  package func over(_ other: DecimalNumber) -> DecimalNumber? {
    guard other.digits > 0 else { return nil }
    var (digits, exponent) = (digits, exponent - other.exponent)
    // Ten goes into a divisor without other factors as often as it has factors at most.
    while digits % other.digits != 0 {
      let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
      guard !overflow, product.magnitude < Self.bound.magnitude else { return nil }
      (digits, exponent) = (product, exponent - 1)
    }
    return DecimalNumber(digits: digits / other.digits, exponent: exponent)
  }

  /// The number where it is a whole one of 64 bits.
  package var whole: Int? {
    guard exponent >= 0, let power = power(ofTen: exponent) else { return nil }
    let (product, overflow) = digits.multipliedReportingOverflow(by: power)
    return overflow ? nil : Int(exactly: product)
  }

  /// The largest whole number that is not above it; nil where that does not fit, or for one below 0.
  package var floor: Int? {
    if let ratio { return Int(exactly: ratio.numerator / ratio.denominator) }
    return digits >= 0 && exponent < 0 ? 0 : nil
  }
}

extension DecimalNumber: Comparable {
  /// Compares the exact values without rounding.
  package static func < (left: Self, right: Self) -> Bool {
    guard left.digits.signum() == right.digits.signum() else { return left.digits < right.digits }
    guard left.digits != 0 else { return false }
    let places = (left.places, right.places)
    if places.0 != places.1 { return (places.0 < places.1) == (left.digits > 0) }
    // Both begin at the same place, so that the digits of one grow by no more than those of the other.
    let shared = min(left.exponent, right.exponent)
    return left.digits(to: shared) < right.digits(to: shared)
  }

  /// How many places before the point the number begins.
  private var places: Int { "\(digits.magnitude)".utf8.count + exponent }

  private func digits(to exponent: Int) -> Int128 {
    digits * (power(ofTen: self.exponent - exponent) ?? 1)
  }
}

extension DecimalNumber: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// The shortest decimal of a number of a program; zero for one that is not finite.
  package init(floatLiteral value: Double) { self = DecimalNumber(value) ?? .zero }
  /// The decimal of a whole number.
  package init(integerLiteral value: Int) { self.init(value) }
}

/// A power of ten that fits, from 0 on.
private func power(ofTen exponent: Int) -> Int128? {
  guard exponent <= DecimalNumber.mostDigits else { return nil }
  return powersOfTen[exponent]
}

private let powersOfTen: [Int128] = (0...DecimalNumber.mostDigits).map { exponent in
  (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
}
