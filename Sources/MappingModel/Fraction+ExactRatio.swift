import Dataflow
package import Quantities

extension Fraction {
  /// A fraction of 128-bit parts where it fits, in lowest terms; else rounded up to a thousandth or so. Nil for
  /// what is too large.
  package init?(nearest ratio: ExactRatio) {
    if let top = Int128(exactly: ratio.numerator), let bottom = Int128(exactly: ratio.denominator),
      let exact = Fraction(reducing: top, over: bottom)
    {
      self = exact
      return
    }
    let parts: UInt128 = 1024
    let (whole, rest) = ratio.numerator.quotientAndRemainder(dividingBy: ratio.denominator)
    guard whole <= UInt128(Int64.max >> 11) else { return nil }
    let (broken, overflow) = rest.multipliedReportingOverflow(by: parts)
    let more = overflow ? parts : (broken + ratio.denominator - 1) / ratio.denominator
    self.init(Int64(whole * parts + more), Int64(parts))
  }
}
