import Diagnostics
import Documents
import Quantities

/// How values of a kind stand in a document.
///
/// Each form reads what a file holds, numbers and lists, and the text that a command line has in its place.
package struct JobForm<Value: Sendable>: Sendable {
  /// The JSON schema of what is read.
  let schema: DocumentValue
  /// Reads a value of a key; throws `RequestError` naming the key and what was expected.
  let read: @Sendable (DocumentValue, _ key: String) throws -> Value
  /// The value in its shortest form; nil for one that needs no words.
  let write: @Sendable (Value) -> DocumentValue?
}

extension JobForm where Value == String {
  /// Any text.
  static let text = JobForm(schema: .string) { value, key in
    try value.text(of: key)
  } write: {
    .text($0)
  }

  /// A text or a number, which must be readable.
  ///
  /// - Parameter check: Throws what is wrong with a text, given the key.
  static func scalar(_ check: @escaping @Sendable (String, String) throws -> Void) -> JobForm {
    JobForm(schema: .scalar) { value, key in
      guard let text = value.plainText else { throw value.invalid(key, "a text or a number") }
      try check(text, key)
      return text
    } write: {
      DocumentValue(plain: $0)
    }
  }
}

extension JobForm where Value == [String] {
  /// Names or paths, each in full.
  static let texts = texts { _, _ in }

  /// Texts that must be readable.
  ///
  /// - Parameter check: Throws what is wrong with a text, given the key.
  static func texts(_ check: @escaping @Sendable (String, String) throws -> Void) -> JobForm {
    JobForm(schema: .list(of: .string)) { value, key in
      let texts = try value.texts(of: key)
      for text in texts { try check(text, key) }
      return texts
    } write: {
      $0.isEmpty ? nil : .list($0.map(DocumentValue.text))
    }
  }

  /// Names with commas between them, or each alone.
  static let names = JobForm(schema: .list(of: .string)) { value, key in
    let names = try value.texts(of: key).flatMap { NamedTexts.list($0) }
    guard !names.contains("") else {
      throw RequestError(
        key, "expected names as a,b, found \"\(names.joined(separator: ","))\"")
    }
    return names
  } write: {
    $0.isEmpty ? nil : .list($0.map(DocumentValue.text))
  }
}

extension JobForm where Value == Bool {
  /// True or false.
  static let flag = JobForm(schema: .object([("type", .text("boolean"))])) { value, key in
    guard case .boolean(let flag) = value else { throw value.invalid(key, "true or false") }
    return flag
  } write: {
    $0 ? .boolean(true) : nil
  }
}

extension JobForm where Value == Int {
  /// A whole number in a range.
  static func integer(_ range: ClosedRange<Int> = Int.min...Int.max) -> JobForm {
    JobForm(
      schema: .object([
        ("type", .list([.text("integer"), .text("string")])),
        ("minimum", range.lowerBound == .min ? nil : .integer(range.lowerBound)),
        ("maximum", range.upperBound == .max ? nil : .integer(range.upperBound)),
      ])
    ) { value, key in
      guard let number = value.wholeNumber.flatMap(Int.init), range.contains(number) else {
        let expected =
          range.lowerBound == .min
          ? "a whole number"
          : range.upperBound == .max
            ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        throw value.invalid(key, expected)
      }
      return number
    } write: {
      .integer($0)
    }
  }
}

extension JobForm where Value == UInt64 {
  /// A seed of random numbers.
  static let seed = JobForm(
    schema: .object([
      ("type", .list([.text("integer"), .text("string")])), ("minimum", .integer(0)),
    ])
  ) { value, key in
    guard let seed = value.wholeNumber.flatMap(UInt64.init) else {
      throw value.invalid(key, "a whole number from 0 to \(UInt64.max)")
    }
    return seed
  } write: {
    // Larger numbers are not integers to every reader of YAML and JSON.
    Int(exactly: $0).map(DocumentValue.integer) ?? .text("\($0)")
  }
}

extension JobForm where Value == Double {
  /// A time in seconds, a number alone or with its unit.
  static let seconds = JobForm(schema: .scalar) { value, key in
    guard let text = value.plainText, let seconds = UnitTable.duration.value(of: text), seconds >= 0
    else { throw value.invalid(key, "a time as 90, 90s or 2min") }
    return seconds
  } write: {
    $0 == $0.rounded() && $0 < 1e15
      ? .integer(Int($0)) : DecimalNumber($0).map(DocumentValue.number)
  }
}

extension JobForm where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
  /// One of some words.
  static var word: JobForm {
    let names = Value.allCases.map(\.rawValue)
    return JobForm(schema: .object([("enum", .list(names.map(DocumentValue.text)))])) {
      value, key in
      guard let text = value.plainText, let word = Value(rawValue: text) else {
        let similar = value.plainText?.similar(in: names).asQuestion ?? ""
        throw RequestError(
          key, "expected \(names.joined(separator: ", ")), found \(value.summary)\(similar)")
      }
      return word
    } write: {
      .text($0.rawValue)
    }
  }
}

extension JobForm {
  /// Values that are made of a list of texts, or of one with commas.
  ///
  /// - Parameters:
  ///   - read: Makes the value of texts and key.
  ///   - write: The texts of a value.
  static func commaList(
    _ read: @escaping @Sendable ([String], String) throws -> Value,
    write: @escaping @Sendable (Value) -> [String]
  ) -> JobForm {
    JobForm(schema: .list(of: .scalar)) { value, key in
      try read(try value.plainTexts(of: key).flatMap { NamedTexts.list($0) }, key)
    } write: {
      let texts = write($0)
      return texts.isEmpty ? nil : .list(texts.map(DocumentValue.init(plain:)))
    }
  }

  /// Values that are made of a text.
  static func parsed(
    _ read: @escaping @Sendable (String, String) throws -> Value,
    write: @escaping @Sendable (Value) -> String
  ) -> JobForm {
    JobForm(schema: .scalar) { value, key in
      guard let text = value.plainText else { throw value.invalid(key, "a text") }
      return try read(text, key)
    } write: {
      DocumentValue(plain: write($0))
    }
  }
}
