/// Quantities as texts for tables and lists, where a missing one is a dash.
package enum QuantityText {
  /// What stands for a value that is not known.
  package static let missing = "–"

  /// The values with one prefix for all, which the head of their column names; rates (`1/s`) have
  /// none.
  package static func column(
    _ title: String, unit: String, _ values: [Double?]
  ) -> (column: Table.Column, texts: [String]) {
    let magnitude = values.compactMap { $0 }.filter(\.isFinite).map(abs).max() ?? 0
    let prefix = EngineeringNumber.Prefix(for: magnitude, unit: unit)
    let isPlain = unit.isEmpty || unit.hasPrefix("1/")
    let factor = isPlain ? 1 : prefix.factor
    let texts = values.map { value in
      value.map { DecimalText.significant($0 / factor) } ?? missing
    }
    return (.number(title, unit: isPlain ? unit : prefix.symbol + unit), texts)
  }

  /// The value with a prefix of its own.
  package static func text(_ value: Double?, unit: String) -> String {
    value.map { EngineeringNumber.text($0, unit: unit) } ?? missing
  }

  /// A share in per cent.
  package static func share(_ value: Double) -> String {
    DecimalText.significant(value * 100, digits: 3) + " %"
  }

  /// A whole number with commas between its thousands.
  package static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }
}
