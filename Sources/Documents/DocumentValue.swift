package import Quantities

/// A value of a YAML or JSON document.
package indirect enum DocumentValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// A number that is not a whole one of 64 bits, exactly as it is written.
  case number(DecimalNumber)
  case text(String)
  case list([DocumentValue])
  case object([Member])

  /// One key of an object with its value, in the order of the document.
  package struct Member: Hashable, Sendable {
    /// The name of the member.
    package var key: String
    /// The value of the member.
    package var value: DocumentValue

    /// A member of an object.
    package init(_ key: String, _ value: DocumentValue) {
      self.key = key
      self.value = value
    }
  }
}

extension DocumentValue {
  /// An object without the members that have no value.
  package static func object(_ members: [(String, DocumentValue?)]) -> DocumentValue {
    .object(members.compactMap { key, value in value.map { Member(key, $0) } })
  }

  /// The value in short, for messages: texts and numbers as they are, others by their kind.
  package var summary: String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return "\(value)"
    case .integer(let value): return "\(value)"
    case .number(let value): return "\(value)"
    case .text(let text):
      return text.count <= 60 ? text.debugDescription : "\(text.prefix(60).debugDescription)…"
    case .list(let items): return "a list of \(items.count)"
    case .object: return "an object"
    }
  }
}
