import Diagnostics
package import Documents

/// The keys of a job with what is said of each, as a file, a command line or a record of a run holds them.
package struct JobDocument: Hashable, Sendable {
  /// What is asked for.
  package let kind: JobKind
  /// The keys in their order, each once.
  package private(set) var values: [DocumentValue.Member] = []

  /// A document in which nothing is said yet.
  package init(_ kind: JobKind) { self.kind = kind }

  /// Reads a document.
  ///
  /// - Throws: `DocumentError`, or `RequestError` for one that does not say what is asked for.
  package init(_ node: DocumentNode) throws {
    let members = try node.members()
    let key = Self.kindKey
    guard let kind = members.first(where: { $0.key == key })?.node.value else {
      let kinds = JobKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw RequestError(key, "it is missing; expected one of \(kinds)")
    }
    self.init(try JobForm<JobKind>.word.read(kind, key))
    for (key, node) in members where key != Self.kindKey && node.value != .null {
      values.append(.init(key, node.value))
    }
  }

  /// What is said of a key; nil for nothing.
  package subscript(key: String) -> DocumentValue? {
    get { values.first { $0.key == key }?.value }
    set {
      if let index = values.firstIndex(where: { $0.key == key }) {
        if let newValue { values[index].value = newValue } else { values.remove(at: index) }
      } else if let newValue {
        values.append(.init(key, newValue))
      }
    }
  }

  /// The document as one object, whose first member says what is asked for.
  package var value: DocumentValue {
    .object([.init(Self.kindKey, .text(kind.rawValue))] + values)
  }

  /// The key that says what is asked for.
  package static let kindKey = "job"
}

extension JobDocument {
  /// Whether one of some keys is given, by its name or by name and value; a flag that is false is not.
  func hasOne(of keys: [String]) -> Bool {
    keys.contains { key in
      let words = key.split(separator: " ", maxSplits: 1).map(String.init)
      guard let value = self[words[0]], value != .boolean(false) else { return false }
      return words.count == 1 || value.plainTexts?.contains(words[1]) == true
    }
  }

  /// Whether a key is an argument of the job and no option.
  static func isPositional(_ key: String) -> Bool { key == "input" || key == "format" }
}

extension JobDocument: Encodable {
  /// Writes the document as one object.
  package func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
