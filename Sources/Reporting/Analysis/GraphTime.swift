import Dataflow

/// A time as answers about graphs give it, in the unit of the graph's times: an exact fraction, in JSON
/// an integer where it is whole and otherwise `"n/d"`.
package struct GraphTime: Hashable, Sendable {
  private let numerator: Int128
  private let denominator: Int128

  /// A number of ticks in units.
  init(_ ticks: Fraction, in unit: TimeUnit) {
    // A divisor of the numerator leaves no other in common with the denominator.
    let divisor = commonDivisor(ticks.numerator, unit.ticks)
    numerator = Int128(ticks.numerator / divisor)
    denominator = Int128(ticks.denominator) * Int128(unit.ticks / divisor)
  }

  /// The fraction as `n/d`, whole numbers too.
  var ratio: String { "\(numerator)/\(denominator)" }

  /// The iterations in a unit as `n/d` for the time of one; nil where that takes no time.
  var rate: String? { numerator == 0 ? nil : "\(denominator)/\(numerator)" }

  /// The nearest binary number.
  var doubleValue: Double { Double(numerator) / Double(denominator) }
}

extension GraphTime: CustomStringConvertible {
  /// The number, or `n/d` where it is not whole.
  package var description: String { denominator == 1 ? "\(numerator)" : ratio }
}

extension GraphTime: Encodable {
  /// Writes an integer where the time is whole, and otherwise the string `n/d`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if denominator == 1, let whole = Int64(exactly: numerator) {
      try container.encode(whole)
    } else {
      try container.encode(description)
    }
  }
}

extension CSDFGraph {
  /// A number of ticks in the unit of the graph's times.
  func time(_ ticks: Int64) -> GraphTime { GraphTime(Fraction(ticks), in: timeUnit) }

  /// A number of ticks in the unit of the graph's times.
  func time(_ ticks: Fraction) -> GraphTime { GraphTime(ticks, in: timeUnit) }
}

extension TimeUnit {
  /// What the unit is called in texts.
  var name: String { self == .tick ? "ticks" : "time units" }

  /// What one of it is called in texts.
  var singularName: String { self == .tick ? "tick" : "time unit" }
}

private func commonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return a == 0 ? 1 : abs(a)
}
