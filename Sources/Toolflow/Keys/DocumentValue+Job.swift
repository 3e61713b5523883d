import Diagnostics
import Documents
import Quantities

extension DocumentValue {
  /// A text, or the number that it is the shortest way to write.
  init(plain text: String) {
    if let number = Int(text), "\(number)" == text {
      self = .integer(number)
    } else if let number = DecimalNumber(text), "\(number)" == text {
      self = .number(number)
    } else {
      self = .text(text)
    }
  }

  /// A text, or the digits of a number.
  var plainText: String? {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    default: nil
    }
  }

  /// Some texts, or one alone.
  var plainTexts: [String]? {
    guard case .list(let items) = self else { return plainText.map { [$0] } }
    let texts = items.compactMap(\.plainText)
    return texts.count == items.count ? texts : nil
  }

  /// Some texts or numbers, or one alone.
  ///
  /// - Throws: `RequestError` naming the key and the place of what is neither.
  func plainTexts(of key: String) throws -> [String] {
    try items(of: key).map { place, item in
      guard let text = item.plainText else { throw item.invalid(place, "a text or a number") }
      return text
    }
  }

  /// Some texts, or one alone. A number is none: of `1.10` and `007` a document keeps the value alone.
  ///
  /// - Throws: `RequestError` naming the key and the place of what is none.
  func texts(of key: String) throws -> [String] {
    try items(of: key).map { place, item in try item.text(of: place) }
  }

  /// A text; see ``texts(of:)``.
  func text(of key: String) throws -> String {
    switch self {
    case .text(let text): return text
    case .integer, .number: throw invalid(key, "a text, in quotes where it looks like a number")
    default: throw invalid(key, "a text")
    }
  }

  private func items(of key: String) -> [(place: String, item: DocumentValue)] {
    guard case .list(let items) = self else { return [(key, self)] }
    return items.enumerated().map { ("\(key)[\($0)]", $1) }
  }

  /// The digits of a whole number.
  var wholeNumber: String? {
    switch self {
    case .integer(let number): "\(number)"
    case .number(let number): number.wholeDigits ?? "\(number)"
    case .text(let text): text
    default: nil
    }
  }

  /// The value in a line: a text as it is, others as JSON.
  var line: String {
    if let plainText { return plainText }
    let lines = json().split(separator: "\n").map { $0.drop { $0 == " " } }
    return lines.joined(separator: " ")
  }

  /// An error with the expected form of a key's value.
  func invalid(_ key: String, _ expected: String) -> RequestError {
    RequestError(key, "expected \(expected), found \(foundText)")
  }

  /// The value as errors quote it: numbers without quotes, also those of a command line.
  private var foundText: String {
    if case .text(let text) = self, Int(text) != nil { return text }
    return summary
  }

  // MARK: JSON schemas

  /// A text.
  static let string = DocumentValue.object([("type", .text("string"))])

  /// A text or a number.
  static let scalar = DocumentValue.object([
    ("type", .list([.text("string"), .text("number")]))
  ])

  /// A list of values of a schema, or one of them alone.
  static func list(of item: DocumentValue) -> DocumentValue {
    .object([
      (
        "anyOf",
        .list([item, .object([("type", .text("array")), ("items", item)])])
      )
    ])
  }
}

extension DecimalNumber {
  /// The digits of a whole number that is not negative; nil for any other, and for one of more than 20 noughts.
  fileprivate var wholeDigits: String? {
    guard digits >= 0, exponent >= 0, exponent <= 20 else { return nil }
    return "\(digits)" + String(repeating: "0", count: exponent)
  }
}
