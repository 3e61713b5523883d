import Diagnostics
import Documents

/// Names with what is said of each, as inputs with their shapes.
///
/// In a document it is an object, `{data: [1, 3, 224, 224]}`; on a command line texts, `data=1,3,224,224`.
struct NamedTexts {
  let texts: [String: [String]]

  /// - Parameters:
  ///   - expected: What a text should look like.
  ///   - isPairs: Whether a text has several names, each with a value: `a=1,b=2`.
  /// - Throws: `RequestError`.
  init(
    _ value: DocumentValue, _ key: String, expected: String, isPairs: Bool = false
  ) throws {
    var found: [String: [String]] = [:]
    func add(_ name: String, _ values: [String]) throws {
      guard found.updateValue(values, forKey: name) == nil else {
        throw RequestError(key, "\(name) is given twice")
      }
    }
    if case .object(let members) = value {
      for member in members {
        guard let values = member.value.plainTexts, !values.isEmpty else {
          throw member.value.invalid("\(key).\(member.key)", "a value or a list of values")
        }
        try add(member.key, values)
      }
    } else {
      guard let texts = value.plainTexts else { throw value.invalid(key, expected) }
      for text in isPairs ? texts.flatMap({ Self.list($0) }) : texts {
        guard let separator = text.lastIndex(of: "="), separator != text.startIndex,
          text.index(after: separator) != text.endIndex
        else { throw Self.malformed(key, expected, text) }
        let values = Self.list(text[text.index(after: separator)...])
        guard !values.contains("") else { throw Self.malformed(key, expected, text) }
        try add(String(text[..<separator]), values)
      }
    }
    texts = found
  }

  /// The document of names with values, in the order of the names; nil for none.
  static func document(_ texts: [String: [String]], isSingle: Bool = false) -> DocumentValue? {
    guard !texts.isEmpty else { return nil }
    return .object(
      texts.sorted { $0.key < $1.key }.map { name, values in
        let values = values.map(DocumentValue.init(plain:))
        return .init(name, isSingle && values.count == 1 ? values[0] : .list(values))
      })
  }

  /// The JSON schema.
  static let schema = DocumentValue.object([
    (
      "anyOf",
      .list([
        .object([
          ("type", .text("object")), ("additionalProperties", .list(of: .scalar)),
        ]), .list(of: .scalar),
      ])
    )
  ])

  static func list(_ text: some StringProtocol) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map {
      String($0.drop { $0 == " " })
    }
  }

  static func malformed(_ key: String, _ expected: String, _ found: String) -> RequestError {
    RequestError(key, "expected \(expected), found \"\(found)\"")
  }
}

extension JobForm where Value == [String: [Int]] {
  /// Shapes of named tensors; sizes may also be put apart by `x`.
  static let shapes = JobForm(schema: NamedTexts.schema) { value, key in
    let expected = "name=d,d,… as data=1,3,224,224"
    return try NamedTexts(value, key, expected: expected).texts.reduce(into: [:]) { shapes, named in
      shapes[named.key] = try NamedTexts.sizes(named, key, expected)
    }
  } write: {
    NamedTexts.document($0.mapValues { $0.map { "\($0)" } })
  }
}

extension JobForm where Value == [String: Int] {
  /// Sizes of named dimensions.
  static let dimensions = JobForm(schema: NamedTexts.schema) { value, key in
    let expected = "name=size,… as batch=1"
    let named = try NamedTexts(
      value, key, expected: "name=size,… as batch=1,sequence=128", isPairs: true)
    return try named.texts.reduce(into: [:]) { sizes, named in
      let found = try NamedTexts.sizes(named, key, expected)
      guard found.count == 1 else { throw NamedTexts.malformed(key, expected, named) }
      sizes[named.key] = found[0]
    }
  } write: {
    NamedTexts.document($0.mapValues { ["\($0)"] }, isSingle: true)
  }
}

extension JobForm where Value == [String: [String]] {
  /// Values of named inputs.
  static let values = JobForm(schema: NamedTexts.schema) { value, key in
    try NamedTexts(value, key, expected: "name=value,… as rate=16000").texts
  } write: {
    NamedTexts.document($0, isSingle: true)
  }
}

extension JobForm where Value == [String: Int64] {
  /// Whole numbers of named parameters.
  static let integers = JobForm(schema: NamedTexts.schema) { value, key in
    let expected = "name=value with an integer"
    if case .object = value {
      return try NamedTexts(value, key, expected: expected).texts.reduce(into: [:]) {
        numbers, named in
        guard named.value.count == 1, let number = Int64(named.value[0]) else {
          throw NamedTexts.malformed(key, expected, named)
        }
        numbers[named.key] = number
      }
    }
    guard let texts = value.plainTexts else { throw value.invalid(key, expected) }
    return try texts.reduce(into: [:]) { numbers, text in
      guard let separator = text.lastIndex(of: "="), separator != text.startIndex,
        let number = Int64(text[text.index(after: separator)...])
      else { throw NamedTexts.malformed(key, expected, text) }
      let name = text[..<separator]
      guard numbers.updateValue(number, forKey: String(name)) == nil else {
        throw RequestError(key, "\"\(name)\" is given twice")
      }
    }
  } write: {
    NamedTexts.document($0.mapValues { ["\($0)"] }, isSingle: true)
  }
}

extension NamedTexts {
  typealias Named = (key: String, value: [String])

  static func sizes(_ named: Named, _ key: String, _ expected: String) throws -> [Int] {
    let parts = named.value.flatMap {
      $0.split(omittingEmptySubsequences: false) { "x×".contains($0) }.map(String.init)
    }
    let sizes = parts.compactMap { Int($0) }
    guard sizes.count == parts.count, sizes.allSatisfy({ $0 > 0 }) else {
      throw malformed(key, expected, named)
    }
    return sizes
  }

  static func malformed(_ key: String, _ expected: String, _ named: Named) -> RequestError {
    malformed(key, expected, "\(named.key)=\(named.value.joined(separator: ","))")
  }
}
