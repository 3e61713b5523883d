import Foundation

/// Values that are known up to an uncertainty, as text.
package enum UncertainText {
  /// The value with its uncertainty, for instance `≈ 98.32 ± 0.91 ms`; alone where it is known exactly.
  ///
  /// The uncertainty has two digits, rounded up, and the value as many places.
  package static func text(_ value: Double, _ uncertainty: Double, unit: String) -> String {
    guard uncertainty > 0, uncertainty.isFinite, value.isFinite else {
      return EngineeringNumber.text(value, unit: unit)
    }
    let prefix = EngineeringNumber.Prefix(for: value, unit: unit)
    let width = uncertainty / prefix.factor
    let places = 1 - Int(log10(width).rounded(.down))
    let scale = pow(10, Double(places))
    // Just above a multiple by rounding errors alone is not above it.
    let up = (width * scale - 1e-9).rounded(.up) / scale
    func number(_ value: Double) -> String {
      guard (0...9).contains(places) else { return DecimalText.significant(value) }
      return DecimalText.padded(value, digits: places)
    }
    return "≈ \(number(value / prefix.factor)) ± \(number(up)) \(prefix.symbol)\(unit)"
  }
}
