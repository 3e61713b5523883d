import Quantities

/// The values of a file, checked and in our units.
extension ALOHAPlatformFormat.Translation {
  /// What a value that must be above zero measures, as messages say it.
  enum Measure: String {
    case rate = "a rate above 0 Gop/s"
    case bandwidth = "a bandwidth above 0 GB/s"
  }

  /// A value above zero, multiplied into our unit.
  func positive(
    _ value: Double, times scale: Double, at path: String, _ measure: Measure
  ) throws(PlatformError) -> Double {
    guard value > 0 else { throw invalid(path, measure.rawValue, number(value)) }
    guard (value * scale).isFinite else {
      throw invalid(path, measure.rawValue + " that fits a 64-bit number", number(value))
    }
    return value * scale
  }

  /// A power in W that is not negative.
  func power(_ value: Double, at path: String) throws(PlatformError) -> Watts {
    guard value >= 0, value.isFinite else {
      throw invalid(path, "a power of at least 0 W", number(value))
    }
    return Watts(value)
  }

  /// A size in MB, in whole bytes.
  func bytes(_ value: Double, at path: String, allowZero: Bool) throws(PlatformError) -> Int {
    guard value > 0 || (allowZero && value == 0) else {
      throw invalid(path, "a size \(allowZero ? "of at least" : "above") 0 MB", number(value))
    }
    guard let bytes = Int(exactly: (value * 1_048_576).rounded(.down)) else {
      throw invalid(path, "a size below 2^63 bytes in MB", number(value))
    }
    return bytes
  }

  /// The width of a value in bits.
  func width(_ value: Int, at path: String) throws(PlatformError) -> Int {
    guard (1...64).contains(value) else {
      throw invalid(path, "a width of 1 to 64 bits", "\(value)")
    }
    return value
  }

  func invalid(_ path: String, _ expected: String, _ found: String) -> PlatformError {
    .invalid(file: file, path: path, expected: expected, found: found)
  }

  /// Writes 0 and not 0.0, as the file does.
  private func number(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}
