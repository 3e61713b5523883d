import Foundation

/// The units that a quantity is written in, by name; the first is the base unit.
///
/// Texts have the form `4 GB/s`: a number and a unit. A number alone is in the base unit.
package struct UnitTable: Sendable {
  /// A unit and how many base units it is.
  package struct Unit: Sendable {
    /// The symbol of the unit, as `ms`.
    package let name: String
    let scale: DecimalNumber
  }

  /// The name of the quantity, for messages.
  package let quantity: String
  /// The units, the base unit first.
  package let units: [Unit]

  private init(_ quantity: String, _ units: [(String, DecimalNumber)]) {
    self.quantity = quantity
    self.units = units.map { Unit(name: $0, scale: $1) }
  }
}

extension UnitTable {
  /// Operations per second; a multiply-accumulate counts as two.
  package static let rate = UnitTable(
    "rate", [("op/s", 1), ("kop/s", 1e3), ("Mop/s", 1e6), ("Gop/s", 1e9), ("Top/s", 1e12)])
  /// Bandwidths, in bytes per second.
  package static let bandwidth = UnitTable(
    "bandwidth", [("B/s", 1), ("kB/s", 1e3), ("MB/s", 1e6), ("GB/s", 1e9), ("TB/s", 1e12)])
  /// Sizes, in bytes.
  package static let size = UnitTable(
    "size",
    [
      ("B", 1), ("kB", 1e3), ("KiB", 1024), ("MB", 1e6), ("MiB", 1_048_576), ("GB", 1e9),
      ("GiB", 1_073_741_824),
    ])
  /// Times, in seconds.
  package static let time = UnitTable(
    "time", [("s", 1), ("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("ps", 1e-12)])
  /// Times that a user waits for, in seconds, from a millisecond on.
  package static let duration = UnitTable(
    "time", [("s", 1), ("ms", 1e-3), ("min", 60), ("h", 3_600), ("m", 60), ("sec", 1)])
  /// Powers, in watts.
  package static let power = UnitTable(
    "power", [("W", 1), ("mW", 1e-3), ("uW", 1e-6), ("µW", 1e-6), ("kW", 1e3)])
  /// Energies, in joules.
  package static let energy = UnitTable(
    "energy", [("J", 1), ("mJ", 1e-3), ("uJ", 1e-6), ("µJ", 1e-6), ("kJ", 1e3)])
  /// Rates of events, per second.
  package static let frequency = UnitTable(
    "rate", [("/s", 1), ("k/s", 1e3), ("fps", 1), ("Hz", 1), ("kHz", 1e3)])
  /// Clock frequencies, in megahertz.
  package static let clock = UnitTable(
    "clock", [("MHz", 1), ("kHz", 1e-3), ("GHz", 1e3)])
  /// Energies per byte, in joules per byte.
  package static let energyPerByte = UnitTable(
    "energy per byte",
    [("J/B", 1), ("uJ/B", 1e-6), ("µJ/B", 1e-6), ("nJ/B", 1e-9), ("pJ/B", 1e-12)])

  /// What a text should look like, for messages.
  package var expectation: String {
    "a \(quantity) as \"1 \(units[min(2, units.count - 1)].name)\" (units: "
      + units.map(\.name).joined(separator: ", ") + ")"
  }

  /// The number of a text in base units, exactly; nil where it is no number with one of the units, or has
  /// more than 38 digits.
  package func number(of text: String) -> DecimalNumber? {
    let trimmed = text.drop(while: \.isWhitespace)
    let end = trimmed.firstIndex { !"0123456789.+-eE".contains($0) } ?? trimmed.endIndex
    guard let number = DecimalNumber(String(trimmed[..<end])) else { return nil }
    let name = trimmed[end...].split(whereSeparator: \.isWhitespace)
    if name.isEmpty { return number }
    guard name.count == 1, let unit = unit(String(name[0])) else { return nil }
    return number.times(unit.scale)
  }

  /// The unit of a name, in other cases of its letters too where these mean the same: `15 FPS`, but not
  /// `1 MW`, which is no milliwatt.
  private func unit(_ name: String) -> Unit? {
    if let unit = units.first(where: { $0.name == name }) { return unit }
    let alike = units.filter {
      $0.name.lowercased() == name.lowercased() && !Self.meansAnother($0.name, name)
    }
    return alike.count == 1 ? alike[0] : nil
  }

  /// Whether cases tell two spellings apart: bits and bytes, thousandths and millions, 1,000 and 1,024 bytes.
  private static func meansAnother(_ unit: String, _ name: String) -> Bool {
    let isWord = unit.count >= 3 && unit.allSatisfy(\.isLowercase)
    let prefixes = unit.contains("B") ? "kmp" : "mp"
    return !isWord
      && zip(unit, name).enumerated().contains { place, letters in
        letters.0 != letters.1
          && (letters.0.lowercased() == "b"
            || place == 0 && prefixes.contains(letters.0.lowercased()))
      }
  }

  /// The value of a text in base units, or nil where it is no number with one of the units.
  package func value(of text: String) -> Double? {
    guard let value = number(of: text)?.value, value.isFinite else { return nil }
    return value
  }

  /// A value for readers, with four digits and the unit that keeps the number from 1 to 1,000.
  package func rounded(_ value: Double) -> String {
    let unit =
      units.filter {
        abs(value) >= $0.scale.value && !$0.name.contains("i") && !$0.name.hasPrefix("u")
      }
      .max { $0.scale < $1.scale } ?? units[0]
    let number = value / unit.scale.value
    guard number.isFinite, number != 0, abs(number) < 1e15 else { return "\(number) \(unit.name)" }
    let digits = max(0, 4 - Int(log10(abs(number)).rounded(.down)) - 1)
    let scale = pow(10, Double(digits))
    let text = "\((number * scale).rounded() / scale)"
    return "\(text.hasSuffix(".0") ? String(text.dropLast(2)) : text) \(unit.name)"
  }

  /// The shortest text that reads back as exactly this number, preferably with a number from 1 to 1,000.
  package func text(_ number: DecimalNumber) -> String {
    let candidates = units.compactMap { unit -> (text: String, cost: Int)? in
      guard let scaled = number.over(unit.scale) else { return nil }
      let text = "\(scaled) \(unit.name)"
      return (text, text.count + ((1..<1000).contains(scaled.value) ? 0 : 3))
    }
    return candidates.min { $0.cost < $1.cost }?.text ?? "\(number) \(units[0].name)"
  }

  /// The shortest text that reads back as exactly this value.
  package func text(_ value: Double) -> String {
    DecimalNumber(value).map { text($0) } ?? "\(value) \(units[0].name)"
  }
}
