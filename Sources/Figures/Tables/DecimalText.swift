import Foundation

/// Decimal numbers as text, the same in every locale.
package enum DecimalText {
  /// The number rounded to at most a number of digits after the point, without trailing zeros.
  package static func fixed(_ value: Double, digits: Int) -> String {
    if let text = special(value) { return text }
    let scale = pow(10, Double(digits))
    let scaled = (value * scale).rounded()
    guard abs(scaled) < 9e15 else { return "\(value)" }
    let units = Int(scaled)
    var text = String(units.magnitude)
    if digits > 0 {
      text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
      text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return units < 0 ? "-" + text : text
  }

  /// The number with exactly a number of digits after the point.
  static func padded(_ value: Double, digits: Int) -> String {
    var text = fixed(value, digits: digits)
    guard digits > 0, value.isFinite else { return text }
    let places = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?
      .count
    if places == nil { text += "." }
    return text + String(repeating: "0", count: max(0, digits - (places ?? 0)))
  }

  /// The number rounded to a number of significant digits, in scientific notation when very large
  /// or small.
  package static func significant(_ value: Double, digits: Int = 4) -> String {
    if let text = special(value) { return text }
    let exponent = decimalExponent(of: value, digits: digits)
    if (-4...14).contains(exponent) {
      let places = max(0, digits - 1 - exponent)
      return fixed(rounded(value, digits: digits), digits: places)
    }
    let mantissa = value / pow(10, Double(exponent))
    return fixed(mantissa, digits: digits - 1) + "e\(exponent)"
  }

  /// The exponent of the number in scientific notation, after rounding it to some significant
  /// digits.
  static func decimalExponent(of value: Double, digits: Int) -> Int {
    guard value != 0, value.isFinite else { return 0 }
    let exponent = Int(log10(abs(value)).rounded(.down))
    let mantissa = abs(value) / pow(10, Double(exponent))
    let scale = pow(10, Double(digits - 1))
    let roundedMantissa = (mantissa * scale).rounded() / scale
    if roundedMantissa >= 10 { return exponent + 1 }
    return roundedMantissa < 1 ? exponent - 1 : exponent
  }

  /// The number rounded to a number of significant digits.
  static func rounded(_ value: Double, digits: Int) -> Double {
    let places = digits - 1 - decimalExponent(of: value, digits: digits)
    let scale = pow(10, Double(abs(places)))
    guard scale.isFinite else { return value }
    return places >= 0 ? (value * scale).rounded() / scale : (value / scale).rounded() * scale
  }

  private static func special(_ value: Double) -> String? {
    if value == 0 { return "0" }
    if value.isNaN { return "n/a" }
    if value.isInfinite { return value < 0 ? "-∞" : "∞" }
    return nil
  }
}
