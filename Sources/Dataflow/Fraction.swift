/// An exact fraction in lowest terms with a positive denominator.
///
/// Every operation whose result does not fit returns `nil` and never rounds.
package struct Fraction: Hashable, Sendable {
  /// The numerator, which carries the sign.
  package let numerator: Int64
  /// The denominator, at least 1.
  package let denominator: Int64

  /// Nought.
  package static let zero = Fraction(0)
  /// One.
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
  package static func < (a: Fraction, b: Fraction) -> Bool {
    Int128(a.numerator) * Int128(b.denominator) < Int128(b.numerator) * Int128(a.denominator)
  }
}

extension Fraction: CustomStringConvertible {
  /// The fraction as `n/d`, also when `d` is 1.
  package var description: String { "\(numerator)/\(denominator)" }
}

extension Fraction: LosslessStringConvertible {
  /// Reads `n/d`, an integer, or a plain decimal such as `0.25`.
  package init?(_ text: String) {
    let quotient = text.split(separator: "/", omittingEmptySubsequences: false)
    if quotient.count == 2, let top = Int64(quotient[0]), let bottom = Int64(quotient[1]) {
      self.init(top, bottom)
      return
    }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard quotient.count == 1, parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else {
      return nil
    }
    let decimals = parts.count == 2 ? parts[1] : ""
    guard decimals.count <= 18, decimals.allSatisfy({ ("0"..."9").contains($0) }),
      let digits = Int64(parts[0] + decimals)
    else { return nil }
    self.init(digits, (0..<decimals.count).reduce(Int64(1)) { power, _ in power * 10 })
  }
}
