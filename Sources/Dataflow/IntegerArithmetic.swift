/// The greatest common divisor by Euclid's algorithm; that of 0 and 0 is 1, so that one can divide
/// by it.
package func greatestCommonDivisor<Integer: BinaryInteger>(_ a: Integer, _ b: Integer) -> Integer {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a == 0 ? 1 : a
}

/// The least common multiple of two positive integers, `nil` when it does not fit.
func leastCommonMultiple<Integer: FixedWidthInteger>(_ a: Integer, _ b: Integer) -> Integer? {
  if a == b { return a }
  let (multiple, overflow) = (a / greatestCommonDivisor(a, b)).multipliedReportingOverflow(by: b)
  return overflow ? nil : multiple
}

/// The sum, `nil` when it does not fit.
func checkedSum(_ a: Int64, _ b: Int64) -> Int64? {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? nil : sum
}

/// The product, `nil` when it does not fit.
func checkedProduct(_ a: Int64, _ b: Int64) -> Int64? {
  let (product, overflow) = a.multipliedReportingOverflow(by: b)
  return overflow ? nil : product
}

/// The least number that is not below a limit and leaves the residue of another.
func least(from limit: Int64, congruentTo number: Int64, modulo divisor: Int64) -> Int64 {
  limit + remainder(number - limit, divisor)
}

/// The greatest number that is not above a limit and leaves the residue of another.
func greatest(upTo limit: Int64, congruentTo number: Int64, modulo divisor: Int64) -> Int64 {
  limit - remainder(limit - number, divisor)
}

/// The residue from 0 on, also of a number below it.
func remainder(_ number: Int64, _ divisor: Int64) -> Int64 {
  let rest = number % divisor
  return rest < 0 ? rest + divisor : rest
}

extension Optional {
  /// The value, or the overflow error for the named quantity.
  func orOverflow(_ quantity: @autoclosure () -> String) throws(DataflowError) -> Wrapped {
    guard let self else { throw .overflow(quantity: quantity()) }
    return self
  }
}
