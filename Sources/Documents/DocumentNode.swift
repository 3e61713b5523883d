import Diagnostics
import Files
package import Foundation
package import Quantities

/// A value of a document with its place, from which it is read with checks.
package struct DocumentNode: Sendable {
  /// The value that the document has there.
  package let value: DocumentValue
  /// The key path, as `elements[2].ports`; empty for the whole document.
  package let path: String
  /// What errors call the file.
  package let file: String

  /// A value with its key path in a file, by which errors name it.
  package init(_ value: DocumentValue, path: String = "", file: String) {
    self.value = value
    self.path = path
    self.file = file
  }
}

extension DocumentNode {
  /// Reads a document; one that begins with `{` or `[` is JSON, any other YAML.
  ///
  /// - Throws: ``DocumentError/malformed(file:reason:)``.
  package init(_ data: Data, file: String) throws {
    if let found = FileKind.found(inPlaceOfText: data) {
      throw DocumentError.malformed(file: file, reason: "\(found); expected YAML or JSON")
    }
    let first = data.first { !Self.isSpace($0) }
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let value = try isJSON ? DocumentValue.json(data, file: file) : .yaml(data, file: file)
    self.init(value, file: file)
  }

  /// Reads the document in a file.
  ///
  /// - Throws: ``DocumentError``.
  package init(path: String) throws {
    guard isRegularFile(path) else {
      let exists = FileManager.default.fileExists(atPath: path)
      throw DocumentError.unreadable(
        file: path,
        reason: FileKind(folder: path).map { "\($0.noun); expected YAML or JSON" }
          ?? (exists ? "it is not a regular file" : "there is no such file"))
    }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw DocumentError.unreadable(file: path, reason: error.systemReason)
    }
    try self.init(data, file: path)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// An error that says what was expected here.
  package func invalid(_ expected: String) -> DocumentError {
    .invalid(file: file, path: path, expected: expected, found: value.summary)
  }

  // MARK: Scalars

  /// The value as a text that is not empty.
  ///
  /// - Throws: ``DocumentError`` where it is none.
  package func text() throws -> String {
    guard case .text(let text) = value, !text.isEmpty else { throw invalid("a text") }
    return text
  }

  /// The value as a name: a text, or a whole number that stands for one.
  ///
  /// - Throws: ``DocumentError`` where it is neither.
  package func name() throws -> String {
    switch value {
    case .integer(let number): return "\(number)"
    default: return try text()
    }
  }

  /// The value as a truth value.
  ///
  /// - Throws: ``DocumentError`` where it is none.
  package func boolean() throws -> Bool {
    guard case .boolean(let value) = value else { throw invalid("true or false") }
    return value
  }

  /// The value as a whole number in a range.
  ///
  /// - Throws: ``DocumentError`` where it is none, or out of the range.
  package func integer(in range: ClosedRange<Int>) throws -> Int {
    guard case .integer(let number) = value, range.contains(number) else {
      let bound = range.upperBound == .max ? "" : " to \(range.upperBound)"
      throw invalid("a whole number from \(range.lowerBound)\(bound)")
    }
    return number
  }

  /// The value as an exact decimal number.
  ///
  /// - Throws: ``DocumentError`` where it is none.
  package func decimal() throws -> DecimalNumber {
    switch value {
    case .integer(let value): return DecimalNumber(value)
    case .number(let value): return value
    case .text(let text) where text.contains { "eE".contains($0) }:
      // To YAML 1.1 an exponent without a point or a sign makes a text: 1e3.
      guard let value = DecimalNumber(text) else { throw invalid("a number") }
      return value
    default: throw invalid("a number")
    }
  }

  /// The value as a finite number that is not below a bound.
  ///
  /// - Throws: ``DocumentError`` where it is none, or below the bound.
  package func number(atLeast bound: Double) throws -> Double {
    let number = try decimal().value
    guard number.isFinite, number >= bound else { throw invalid("a number of at least \(bound)") }
    return number
  }

  /// The value as one of the words of an enumeration.
  ///
  /// - Throws: ``DocumentError`` where it is none of them.
  package func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws -> Word where Word.RawValue == String {
    if case .text(let text) = value, let word = Word(rawValue: text) { return word }
    throw invalid(Word.allCases.map(\.rawValue).joined(separator: " or "))
  }

  // MARK: Collections

  /// The items of a list.
  ///
  /// - Throws: ``DocumentError`` where the value is no list.
  package func list() throws -> [DocumentNode] {
    guard case .list(let items) = value else { throw invalid("a list") }
    return items.enumerated().map { index, item in
      DocumentNode(item, path: "\(path)[\(index)]", file: file)
    }
  }

  /// The members of an object whose keys are free.
  ///
  /// - Throws: ``DocumentError`` where the value is no object, or has a key twice.
  package func members() throws -> [(key: String, node: DocumentNode)] {
    guard case .object(let members) = value else { throw invalid("an object") }
    var seen: Set<String> = []
    return try members.map { member in
      guard seen.insert(member.key).inserted else {
        throw DocumentError.key(
          file: file, path: inner(member.key), reason: "the key is there twice")
      }
      return (member.key, DocumentNode(member.value, path: inner(member.key), file: file))
    }
  }

  /// The members of an object whose keys are known.
  ///
  /// - Throws: ``DocumentError/key(file:path:reason:)`` for a key that is not among them.
  package func fields(_ keys: [String]) throws -> DocumentFields {
    let members = try members()
    for (key, node) in members where !keys.contains(key) {
      throw DocumentError.key(
        file: file, path: node.path,
        reason: "expected one of the keys \(keys.joined(separator: ", "))")
    }
    return DocumentFields(object: self, members: Dictionary(uniqueKeysWithValues: members))
  }

  /// The members of an object of which only some are read.
  ///
  /// - Throws: ``DocumentError`` where the value is no object, or has a key twice.
  package func fields() throws -> DocumentFields {
    DocumentFields(object: self, members: Dictionary(uniqueKeysWithValues: try members()))
  }

  /// The path of a member.
  func inner(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
