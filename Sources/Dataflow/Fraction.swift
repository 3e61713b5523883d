/// An exact fraction in lowest terms with a positive denominator.
///
/// Every operation whose result does not fit returns `nil` and never rounds.
package struct Fraction: Hashable, Sendable {
  /// The numerator, which carries the sign.
  package let numerator: Int64
  /// The denominator, at least 1.
  package let denominator: Int64

  /// The fraction 0/1.
  package static let zero = Fraction(0)
  /// The fraction 1/1.
  package static let one = Fraction(1)

  /// An integer as a fraction.
  package init(_ integer: Int64) {
    numerator = integer
    denominator = 1
  }

  /// A quotient in lowest terms, `nil` when the denominator is 0 or the result does not fit 64
  /// bits.
  package init?(_ numerator: Int64, _ denominator: Int64) {
    self.init(reducing: Int128(numerator), over: Int128(denominator))
  }

  /// A 128-bit quotient in lowest terms, `nil` when the denominator is 0 or the result does not fit
  /// 64 bits.
  package init?(reducing numerator: Int128, over denominator: Int128) {
    guard denominator != 0 else { return nil }
    let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    let isNegative = (numerator < 0) != (denominator < 0)
    guard let top = Int64(exactly: numerator.magnitude / divisor),
      let bottom = Int64(exactly: denominator.magnitude / divisor)
    else { return nil }
    self.numerator = isNegative ? -top : top
    self.denominator = bottom
  }

  /// Divides in 64 bits where possible, which is many times faster than in 128.
  private static func commonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
    guard let small = UInt64(exactly: a), let other = UInt64(exactly: b) else {
      return greatestCommonDivisor(a, b)
    }
    return UInt128(greatestCommonDivisor(small, other))
  }
}

extension Fraction {
  /// The sum, `nil` when it does not fit.
  package func adding(_ other: Fraction) -> Fraction? {
    Fraction(
      reducing: Int128(numerator) * Int128(other.denominator)
        + Int128(other.numerator) * Int128(denominator),
      over: Int128(denominator) * Int128(other.denominator))
  }

  /// The product, `nil` when it does not fit.
  package func multiplied(by other: Fraction) -> Fraction? {
    Fraction(
      reducing: Int128(numerator) * Int128(other.numerator),
      over: Int128(denominator) * Int128(other.denominator))
  }

  /// The quotient, `nil` when it does not fit or the divisor is 0.
  package func divided(by other: Fraction) -> Fraction? {
    Fraction(
      reducing: Int128(numerator) * Int128(other.denominator),
      over: Int128(denominator) * Int128(other.numerator))
  }

  /// The greatest integer that is not above the fraction.
  package var floor: Int64 {
    let quotient = numerator / denominator
    return numerator % denominator < 0 ? quotient - 1 : quotient
  }

  /// The least integer that is not below the fraction.
  package var ceiling: Int64 {
    let quotient = numerator / denominator
    return numerator % denominator > 0 ? quotient + 1 : quotient
  }

  /// The nearest binary number.
  package var doubleValue: Double { Double(numerator) / Double(denominator) }
}

extension Fraction: Comparable {
  /// Compares the exact values without rounding.
  package static func < (a: Fraction, b: Fraction) -> Bool {
    Int128(a.numerator) * Int128(b.denominator) < Int128(b.numerator) * Int128(a.denominator)
  }
}

extension Fraction: CustomStringConvertible {
  /// The fraction as `n/d`, also when `d` is 1.
  package var description: String { "\(numerator)/\(denominator)" }
}

extension Fraction: LosslessStringConvertible {
  /// Reads `n/d`, an integer, or a decimal such as `0.25` or `25e-2`; `nil` also for what does not
  /// fit.
  package init?(_ text: String) {
    let quotient = text.split(separator: "/", omittingEmptySubsequences: false)
    if quotient.count == 2, let top = Int64(quotient[0]), let bottom = Int64(quotient[1]) {
      self.init(top, bottom)
      return
    }
    guard quotient.count == 1 else { return nil }
    self.init(decimal: text)
  }

  /// Reads digits, perhaps with a sign, decimals and an exponent.
  private init?(decimal text: String) {
    let scientific = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    let parts = scientific[0].split(separator: ".", omittingEmptySubsequences: false)
    guard scientific.count <= 2, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }),
      var exponent = scientific.count == 2 ? Int32(scientific[1]) : 0
    else { return nil }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.utf8.allSatisfy({ ("0"..."9").contains(UnicodeScalar($0)) }) else { return nil }
    var digits = parts[0] + decimals
    exponent = exponent.subtractingReportingOverflow(Int32(clamping: decimals.utf8.count)).0
    while digits.utf8.count > 1, digits.utf8.last == UInt8(ascii: "0") {
      digits.removeLast()
      exponent = exponent.addingReportingOverflow(1).0
    }
    guard let number = Int128(digits) else { return nil }
    // More than 38 places leave nothing that fits but nought.
    guard number == 0 || exponent.magnitude <= 38 else { return nil }
    let power = (0..<(number == 0 ? 0 : exponent.magnitude)).reduce(Int128(1)) { value, _ in
      value * 10
    }
    if exponent < 0 {
      self.init(reducing: number, over: power)
      return
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: power)
    guard !overflow else { return nil }
    self.init(reducing: product, over: 1)
  }
}
