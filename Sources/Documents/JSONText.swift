import Foundation

/// Values as JSON for machines: keys in snake case and sorted, so that the same value gives the same
/// bytes.
package enum JSONText {
  /// The JSON of a value, ending in a line break.
  ///
  /// - Throws: `EncodingError` for numbers that JSON does not have.
  package static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
