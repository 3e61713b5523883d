import Documents
import Quantities

/// Quantities of a document: texts with a unit, or numbers in base units.
extension DocumentNode {
  func rate() throws -> OperationsPerSecond {
    OperationsPerSecond(exact: try divisor(try number(.rate, isPositive: true)))
  }

  func bandwidth() throws -> BytesPerSecond {
    BytesPerSecond(exact: try divisor(try number(.bandwidth, isPositive: true)))
  }

  func time() throws -> StatedSeconds {
    let number = try number(.time)
    guard number.ratio != nil else { throw invalid("a time with at most 38 decimals") }
    return StatedSeconds(exact: number)
  }

  func power() throws -> Watts { Watts(try value(.power)) }

  func energyPerByte() throws -> Joules { Joules(try value(.energyPerByte)) }

  /// A size in whole bytes.
  func bytes() throws -> Int {
    guard let bytes = try number(.size).floor else { throw invalid("a size below 2^63 bytes") }
    return bytes
  }

  /// A number that amounts of 64 bits can be divided by exactly.
  func divisor(_ number: DecimalNumber?) throws -> DecimalNumber {
    guard let number, isDivisor(number) else {
      throw invalid("a number below 10^38 with at most 19 decimals")
    }
    return number
  }

  private func value(_ units: UnitTable) throws -> Double {
    let value = try number(units).value
    guard value.isFinite else { throw invalid(units.expectation) }
    return value
  }

  private func number(_ units: UnitTable, isPositive: Bool = false) throws -> DecimalNumber {
    let found: DecimalNumber?
    switch value {
    case .integer(let number): found = DecimalNumber(number)
    case .number(let number): found = number
    case .text(let text): found = units.number(of: text)
    default: found = nil
    }
    guard let found else {
      if case .text(let text) = value, text.count(where: \.isNumber) > DecimalNumber.mostDigits {
        throw invalid("a number of at most \(DecimalNumber.mostDigits) digits")
      }
      throw invalid(units.expectation)
    }
    guard isPositive ? found > .zero : found >= .zero else {
      throw invalid("a \(units.quantity) \(isPositive ? "above" : "of at least") 0")
    }
    return found
  }
}

/// Whether any amount of 64 bits can be divided by a number exactly.
func isDivisor(_ number: DecimalNumber) -> Bool {
  guard let ratio = number.ratio else { return false }
  return ratio.numerator > 0 && ratio.denominator <= 10_000_000_000_000_000_000
}

/// The bytes of a megabyte in ALOHA's formats.
let mebibyte: DecimalNumber = 1_048_576
