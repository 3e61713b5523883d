import Documents
import Quantities

/// Quantities of a document: texts with a unit, or numbers in base units.
extension DocumentNode {
  func rate() throws -> OperationsPerSecond {
    OperationsPerSecond(try quantity(.rate, isPositive: true))
  }

  func bandwidth() throws -> BytesPerSecond {
    BytesPerSecond(try quantity(.bandwidth, isPositive: true))
  }

  func time() throws -> Seconds { Seconds(try quantity(.time)) }

  func power() throws -> Watts { Watts(try quantity(.power)) }

  func energyPerByte() throws -> Joules { Joules(try quantity(.energyPerByte)) }

  /// A size in whole bytes.
  func bytes() throws -> Int {
    guard let bytes = Int(exactly: try quantity(.size).rounded(.down)) else {
      throw invalid("a size below 2^63 bytes")
    }
    return bytes
  }

  private func quantity(_ units: UnitTable, isPositive: Bool = false) throws -> Double {
    let found: Double?
    switch value {
    case .integer(let number): found = Double(number)
    case .number(let number): found = number
    case .text(let text): found = units.value(of: text)
    default: found = nil
    }
    guard let found, found.isFinite else { throw invalid(units.expectation) }
    guard isPositive ? found > 0 : found >= 0 else {
      throw invalid("a \(units.quantity) \(isPositive ? "above" : "of at least") 0")
    }
    return found
  }
}
