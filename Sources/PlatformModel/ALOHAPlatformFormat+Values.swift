import Quantities

/// The values of a file, checked and in our units.
extension ALOHAPlatformFormat.Translation {
  /// What a value that must be above zero measures, as messages say it.
  enum Measure: String {
    case rate = "a rate above 0 Gop/s"
    case bandwidth = "a bandwidth above 0 GB/s"
  }

  /// A value above zero in 10⁹ of our unit, in our unit.
  func billions(
    _ value: DecimalNumber, at path: String, _ measure: Measure
  ) throws(PlatformError) -> DecimalNumber {
    guard value > .zero else { throw invalid(path, measure.rawValue, number(value.value)) }
    guard let scaled = value.times(1e9), isDivisor(scaled) else {
      throw invalid(
        path, measure.rawValue + ", below 10^38 with at most 19 decimals", number(value.value))
    }
    return scaled
  }

  /// A power in W that is not negative.
  func power(_ value: Double, at path: String) throws(PlatformError) -> Watts {
    guard value >= 0, value.isFinite else {
      throw invalid(path, "a power of at least 0 W", number(value))
    }
    return Watts(value)
  }

  /// A size in MB, in whole bytes.
  func bytes(
    _ value: DecimalNumber, at path: String, allowZero: Bool
  ) throws(PlatformError) -> Int {
    guard value > .zero || (allowZero && value == .zero) else {
      throw invalid(
        path, "a size \(allowZero ? "of at least" : "above") 0 MB", number(value.value))
    }
    guard let bytes = value.times(mebibyte)?.floor else {
      throw invalid(path, "a size below 2^63 bytes in MB", number(value.value))
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
