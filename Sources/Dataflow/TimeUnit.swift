/// How many ticks make the unit that a graph's times are told in.
///
/// Times are whole ticks wherever they are worked with. A file with times such as `0.5` has a unit of
/// several ticks: the fewest that make all of its times whole.
package struct TimeUnit: Hashable, Sendable {
  /// The ticks of a unit, at least 1 and without prime factors but 2 and 5, so that every time is
  /// a finite decimal.
  package let ticks: Int64

  /// A unit of one tick.
  package static let tick = TimeUnit(uncheckedTicks: 1)

  private init(uncheckedTicks ticks: Int64) { self.ticks = ticks }

  /// The largest unit in which times are whole ticks, and the times in ticks; nil where they do not
  /// fit, or are no decimals.
  package static func whole(_ times: [[Fraction]]) -> (unit: TimeUnit, ticks: [[Int64]])? {
    var multiple: Int64 = 1
    for time in times.joined() where time.denominator > 1 {
      guard let next = leastCommonMultiple(multiple, time.denominator) else { return nil }
      multiple = next
    }
    var rest = multiple
    for factor in [2, 5] as [Int64] { while rest % factor == 0 { rest /= factor } }
    guard rest == 1 else { return nil }
    var ticks: [[Int64]] = []
    ticks.reserveCapacity(times.count)
    for list in times {
      var whole: [Int64] = []
      whole.reserveCapacity(list.count)
      for time in list {
        guard let product = checkedProduct(time.numerator, multiple / time.denominator) else {
          return nil
        }
        whole.append(product)
      }
      ticks.append(whole)
    }
    return (TimeUnit(uncheckedTicks: multiple), ticks)
  }

  /// What is wrong where there is no such unit.
  package static let noCommonUnit =
    "the execution times have no common unit of which all are multiples in 64 bits"

  /// A number of ticks in units, as a decimal: `0.5`.
  package func decimal(_ count: Int64) -> String {
    guard ticks > 1 else { return "\(count)" }
    let (whole, rest) = count.magnitude.quotientAndRemainder(dividingBy: ticks.magnitude)
    var text = (count < 0 ? "-" : "") + "\(whole)"
    if rest > 0 { text += "." }
    var remainder = UInt128(rest)
    while remainder > 0 {
      let (digit, next) = (remainder * 10).quotientAndRemainder(dividingBy: UInt128(ticks))
      text += "\(digit)"
      remainder = next
    }
    return text
  }
}
