import Foundation
import Quantities

extension DecimalNumber: Decodable {
  /// Reads a number of a JSON file from its digits, not by way of a binary number.
  ///
  /// The decoder gives digits as a `Decimal` only, which has no numbers beyond 10^±128 or so.
  ///
  /// - Throws: `DecodingError` where the value is no number.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let binary = try container.decode(Double.self)
    if let exact = (try? container.decode(Decimal.self)).flatMap({ DecimalNumber("\($0)") }) {
      self = exact
      return
    }
    guard let number = DecimalNumber(binary) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected a number")
    }
    self = number
  }
}
