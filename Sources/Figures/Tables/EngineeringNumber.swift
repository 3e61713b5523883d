import Foundation

/// Quantities with the SI prefix that keeps the number between 1 and 1000.
package enum EngineeringNumber {
  /// The quantity as text, for instance `12.34 ms` for 0.01234 s.
  ///
  /// Bytes have no prefix below one and seconds none above; a quantity beyond all prefixes is
  /// written in scientific notation. Without a unit the number stands alone.
  package static func text(_ value: Double, unit: String, digits: Int = 4) -> String {
    guard !unit.isEmpty else { return DecimalText.significant(value, digits: digits) }
    let prefix = Prefix(for: value, unit: unit, digits: digits)
    return DecimalText.significant(value / prefix.factor, digits: digits)
      + " \(prefix.symbol)\(unit)"
  }

  /// A power of 1000 and its symbol.
  struct Prefix: Hashable, Sendable {
    var symbol: String
    var factor: Double

    /// The prefix for a quantity in a unit.
    init(for value: Double, unit: String, digits: Int = 4) {
      let exponent = DecimalText.decimalExponent(of: value, digits: digits)
      let step = (Double(exponent) / 3).rounded(.down)
      let index = min(max(Int(step), Self.lowest(unit)), Self.highest(unit))
      symbol = Self.symbols[index + 5]
      factor = pow(1000, Double(index))
    }

    private static let symbols = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T", "P", "E"]

    private static func lowest(_ unit: String) -> Int {
      switch unit {
      case "%": 0
      default: unit.hasPrefix("B") ? 0 : -5
      }
    }

    private static func highest(_ unit: String) -> Int { unit == "s" || unit == "%" ? 0 : 6 }
  }
}
