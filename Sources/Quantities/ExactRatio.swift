/// A fraction from 0 on of two whole numbers of 128 bits: what amounts and rates make of one another before
/// it is rounded, once. It is not reduced unless one asks for it.
package struct ExactRatio: Hashable, Sendable {
  /// The dividend, which may have divisors in common with the denominator.
  package let numerator: UInt128
  /// The divisor, at least 1.
  package let denominator: UInt128

  /// The fraction 0/1.
  package static let zero = ExactRatio(0, 1)
  /// What does not fit: more than any number of ticks, which is an error wherever it is used.
  package static let excessive = ExactRatio(.max, 1)

  /// A fraction of two whole numbers, as they are.
  ///
  /// - Precondition: The denominator is not 0.
  package init(_ numerator: UInt128, _ denominator: UInt128) {
    precondition(denominator > 0)
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  /// An amount over a rate above 0, such as the seconds that a number of bytes takes; excessive
  /// where that does not fit.
  package init(_ amount: UInt128, over rate: DecimalNumber) {
    guard let rate = rate.ratio, rate.numerator > 0 else {
      self = .excessive
      return
    }
    let (product, overflow) = amount.multipliedReportingOverflow(by: rate.denominator)
    self = overflow ? .excessive : ExactRatio(product, rate.numerator)
  }
}

extension ExactRatio {
  /// The nearest binary number, up to the last digit.
  package var value: Double { Double(numerator) / Double(denominator) }

  /// The same in lowest terms.
  package var reduced: ExactRatio {
    var (a, b) = (numerator, denominator)
    while b != 0 { (a, b) = (b, a % b) }
    return ExactRatio(numerator / a, denominator / a)
  }

  /// The fraction times a part over a whole; excessive where that does not fit.
  package func share(_ part: Int, of whole: Int) -> ExactRatio {
    let part = ExactRatio(UInt128(max(0, part)), UInt128(max(1, whole))).reduced
    let (top, topOverflow) = numerator.multipliedReportingOverflow(by: part.numerator)
    let (bottom, bottomOverflow) = denominator.multipliedReportingOverflow(by: part.denominator)
    return topOverflow || bottomOverflow ? .excessive : ExactRatio(top, bottom)
  }

  /// The ticks of this and other seconds: their sum, rounded up once; the most there are where it
  /// does not fit.
  package func ticks(adding other: ExactRatio = .zero) -> Int64 {
    guard let (whole, rest) = ticksAndRest, let (more, otherRest) = other.ticksAndRest else {
      return .max
    }
    var broken: UInt128 = rest == 0 && otherRest == 0 ? 0 : 1
    if broken == 1, rest > 0 {
      let missing = ExactRatio(denominator - rest, denominator)
      if ExactRatio(otherRest, other.denominator) > missing { broken = 2 }
    }
    let (sum, overflow) = whole.addingReportingOverflow(more)
    return overflow ? .max : Int64(clamping: sum.addingReportingOverflow(broken).partialValue)
  }

  /// The whole ticks of the seconds, and what is left in the fraction's own parts.
  private var ticksAndRest: (whole: UInt128, rest: UInt128)? {
    let (product, overflow) = numerator.multipliedReportingOverflow(by: ticksPerSecond)
    if !overflow {
      let parts = product.quotientAndRemainder(dividingBy: denominator)
      return (parts.quotient, parts.remainder)
    }
    let wide = numerator.multipliedFullWidth(by: ticksPerSecond)
    guard wide.high < denominator else { return nil }
    let parts = denominator.dividingFullWidth(wide)
    return (parts.quotient, parts.remainder)
  }
}

extension ExactRatio: Comparable {
  /// Compares the exact fractions without rounding.
  package static func < (left: Self, right: Self) -> Bool {
    let (first, second) = (
      left.numerator.multipliedFullWidth(by: right.denominator),
      right.numerator.multipliedFullWidth(by: left.denominator)
    )
    return (first.high, first.low) < (second.high, second.low)
  }
}

extension ExactRatio: CustomStringConvertible {
  /// The fraction as `n/d`, also when `d` is 1.
  package var description: String { "\(numerator)/\(denominator)" }
}

/// Exactly.
private let ticksPerSecond = UInt128(Ticks.perSecond)
