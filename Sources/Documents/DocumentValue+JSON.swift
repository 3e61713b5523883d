import Diagnostics
import Escaping
import Foundation
import Quantities

extension DocumentValue {
  /// Reads JSON.
  ///
  /// - Throws: ``DocumentError/malformed(file:reason:)`` with the line.
  static func json(_ data: Data, file: String) throws -> DocumentValue {
    do {
      try refuseRepeatedKeys(data, file: file)
      return try JSONDecoder().decode(DocumentValue.self, from: data)
    } catch let error as DocumentError {
      throw error
    } catch let error as DecodingError {
      throw DocumentError.malformed(file: file, reason: error.message(in: data))
    } catch {
      throw DocumentError.malformed(file: file, reason: "\(error)")
    }
  }

  /// The value as indented JSON, objects in the order of their members.
  package func json(indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .null: return "null"
    case .boolean(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .number(let value): return "\(value)"
    case .text(let text): return text.jsonQuoted
    case .list(let items):
      guard !items.isEmpty else { return "[]" }
      let lines = items.map { inner + $0.json(indentation: inner) }
      return "[\n\(lines.joined(separator: ",\n"))\n\(indentation)]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map {
        "\(inner)\($0.key.jsonQuoted): \($0.value.json(indentation: inner))"
      }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    }
  }
}

extension DocumentValue: Decodable {
  /// A key of any name.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Decodes any JSON value; the members of an object come in the order of their keys.
  ///
  /// - Throws: `DecodingError` where the decoder holds no such value.
  package init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      let keys = container.allKeys.sorted { $0.stringValue < $1.stringValue }
      self = .object(
        try keys.map {
          Member($0.stringValue, try container.decode(DocumentValue.self, forKey: $0))
        })
      return
    }
    if var container = try? decoder.unkeyedContainer() {
      var items: [DocumentValue] = []
      while !container.isAtEnd { items.append(try container.decode(DocumentValue.self)) }
      self = .list(items)
      return
    }
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let number = try? container.decode(DecimalNumber.self) {
      self = number.whole.map { .integer($0) } ?? .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

extension DocumentValue: Encodable {
  /// Writes the value; the keys of objects stay as they are under every strategy for keys, and lose their order.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value):
      if let decimal = Decimal(string: "\(value)", locale: nil) {
        try container.encode(decimal)
      } else {
        try container.encode(value.value)
      }
    case .text(let value): try container.encode(value)
    case .list(let items): try container.encode(items)
    case .object(let members):
      try container.encode(
        Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}
