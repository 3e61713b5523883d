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

  /// The digits of a whole number.
  var wholeNumber: String? {
    switch self {
    case .integer(let number): "\(number)"
    case .number(let number): number.whole.map { "\($0)" } ?? "\(number)"
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
