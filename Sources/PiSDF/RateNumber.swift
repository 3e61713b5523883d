package import Dataflow
import Foundation

/// A value of an expression: a fraction wherever that is exact, otherwise the nearest binary number,
/// as of a logarithm.
package enum RateNumber: Hashable, Sendable {
  case exact(Fraction)
  /// A finite number.
  case real(Double)

  /// An integer.
  init(_ integer: Int64) { self = .exact(Fraction(integer)) }

  /// A truth: 1 or 0.
  init(_ truth: Bool) { self.init(truth ? 1 : 0) }

  /// A binary number.
  ///
  /// - Throws: ``RateFailure`` where it is none or infinite.
  init(finite number: Double) throws(RateFailure) {
    guard !number.isNaN else { throw RateFailure("a value that is no real number") }
    guard number.isFinite else { throw RateFailure("an infinite value") }
    self = .real(number)
  }

  /// A fraction.
  ///
  /// - Throws: ``RateFailure`` where there is none, as it does not fit.
  init(fitting fraction: Fraction?) throws(RateFailure) {
    guard let fraction else { throw RateFailure("a value does not fit 64 bits") }
    self = .exact(fraction)
  }
}

/// Why an expression has no value.
struct RateFailure: Error, Hashable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension RateNumber {
  /// The nearest binary number.
  var double: Double {
    switch self {
    case .exact(let fraction): fraction.doubleValue
    case .real(let number): number
    }
  }

  var isZero: Bool { double == 0 }

  /// The nearest integer, of two the greater; nil where it does not fit.
  var rounded: Int64? {
    switch self {
    case .exact(let fraction):
      return Fraction(1, 2).flatMap(fraction.adding)?.floor
        ?? (fraction.denominator == 1 ? fraction.numerator : nil)
    case .real(let number):
      let whole = number.rounded(.down)
      return Int64(exactly: number - whole >= 0.5 ? whole + 1 : whole)
    }
  }

  /// Whether it is an integer, up to the error of binary numbers.
  var isWhole: Bool {
    switch self {
    case .exact(let fraction): fraction.denominator == 1
    case .real(let number): abs(number - number.rounded()) <= 1e-9 * max(1, abs(number))
    }
  }

  /// The number without what is behind its point, as far as 64 bits go.
  var truncated: Int64? {
    switch self {
    case .exact(let fraction): fraction.numerator / fraction.denominator
    case .real(let number): Int64(exactly: number.rounded(.towardZero))
    }
  }

  static func < (a: RateNumber, b: RateNumber) -> Bool {
    if case .exact(let a) = a, case .exact(let b) = b { return a < b }
    return a.double < b.double
  }

  /// Whether two numbers have the same value.
  func equals(_ other: RateNumber) -> Bool { !(self < other) && !(other < self) }
}

extension RateNumber: CustomStringConvertible {
  /// A fraction as `n/d`, an integer without `/1`.
  package var description: String {
    switch self {
    case .exact(let fraction):
      fraction.denominator == 1 ? "\(fraction.numerator)" : "\(fraction)"
    case .real(let number): "\(number)"
    }
  }
}

// MARK: - Arithmetic

extension RateNumber {
  func adding(_ other: RateNumber) throws(RateFailure) -> RateNumber {
    try combined(with: other, { $0.adding($1) }, +)
  }

  func multiplied(by other: RateNumber) throws(RateFailure) -> RateNumber {
    try combined(with: other, { $0.multiplied(by: $1) }, *)
  }

  func negated() throws(RateFailure) -> RateNumber { try multiplied(by: RateNumber(-1)) }

  func divided(by other: RateNumber) throws(RateFailure) -> RateNumber {
    if other.isZero { throw RateFailure("a division by 0") }
    return try combined(with: other, { $0.divided(by: $1) }, /)
  }

  /// What is left after the quotient's integer part towards 0.
  func remainder(by other: RateNumber) throws(RateFailure) -> RateNumber {
    if other.isZero { throw RateFailure("a division by 0") }
    return try combined(
      with: other, { $0.remainder(by: $1) }, { $0.truncatingRemainder(dividingBy: $1) })
  }

  func raised(to other: RateNumber) throws(RateFailure) -> RateNumber {
    if isZero, other < RateNumber(0) { throw RateFailure("a division by 0") }
    if case .exact(let base) = self, case .exact(let exponent) = other, exponent.denominator == 1 {
      return try RateNumber(fitting: base.raised(to: exponent.numerator))
    }
    return try RateNumber(finite: pow(double, other.double))
  }

  private func combined(
    with other: RateNumber, _ exact: (Fraction, Fraction) -> Fraction?,
    _ real: (Double, Double) -> Double
  ) throws(RateFailure) -> RateNumber {
    if case .exact(let a) = self, case .exact(let b) = other {
      return try RateNumber(fitting: exact(a, b))
    }
    return try RateNumber(finite: real(double, other.double))
  }
}

extension Fraction {
  /// What is left after the quotient's integer part towards 0.
  fileprivate func remainder(by divisor: Fraction) -> Fraction? {
    guard let quotient = divided(by: divisor) else { return nil }
    let whole = quotient < .zero ? quotient.ceiling : quotient.floor
    return divisor.multiplied(by: Fraction(whole))?.multiplied(by: Fraction(-1))
      .flatMap(adding)
  }

  /// The power by repeated squaring, in which no square is made that is not needed.
  fileprivate func raised(to exponent: Int64) -> Fraction? {
    var rest = exponent.magnitude
    guard var square = exponent < 0 ? Fraction.one.divided(by: self) : self else { return nil }
    var power = Fraction.one
    while rest > 0 {
      if rest & 1 == 1 {
        guard let product = power.multiplied(by: square) else { return nil }
        power = product
      }
      rest >>= 1
      if rest > 0 {
        guard let next = square.multiplied(by: square) else { return nil }
        square = next
      }
    }
    return power
  }
}
