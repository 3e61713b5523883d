import Dataflow

/// Turns a text into the steps of an expression by recursive descent.
struct RateExpressionParser {
  private let text: String
  private let characters: [Character]
  private var place = 0
  private var depth = 0
  private var steps: [RateExpression.Step] = []

  /// The deepest nesting of parentheses and powers.
  private static let depthLimit = 100
  /// The longest text in characters.
  private static let lengthLimit = 20_000

  init(_ text: String) {
    self.text = text
    characters = Array(text.prefix(Self.lengthLimit + 1))
  }

  mutating func parse() throws(PiSDFError) -> [RateExpression.Step] {
    guard characters.count <= Self.lengthLimit else {
      throw failure("longer than \(Self.lengthLimit) characters")
    }
    try expression()
    guard next == nil else { throw unexpected("an operator") }
    return steps
  }
}

// MARK: - Rules, one each

extension RateExpressionParser {
  private mutating func expression() throws(PiSDFError) {
    try conjunction()
    while accept("||") {
      try conjunction()
      steps.append(.or)
    }
  }

  private mutating func conjunction() throws(PiSDFError) {
    try equality()
    while accept("&&") {
      try equality()
      steps.append(.and)
    }
  }

  private mutating func equality() throws(PiSDFError) {
    try comparison()
    while let step: RateExpression.Step = accept([("==", .equal), ("!=", .unequal)]) {
      try comparison()
      steps.append(step)
    }
  }

  private mutating func comparison() throws(PiSDFError) {
    try sum()
    while let step: RateExpression.Step = accept([
      ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater),
    ]) {
      try sum()
      steps.append(step)
    }
  }

  private mutating func sum() throws(PiSDFError) {
    try product()
    while let step: RateExpression.Step = accept([("+", .add), ("-", .subtract)]) {
      try product()
      steps.append(step)
    }
  }

  private mutating func product() throws(PiSDFError) {
    try signed()
    while let step: RateExpression.Step = accept([
      ("*", .multiply), ("/", .divide), ("%", .remainder),
    ]) {
      try signed()
      steps.append(step)
    }
  }

  private mutating func signed() throws(PiSDFError) {
    var signs: [RateExpression.Step?] = []
    while let sign: RateExpression.Step? = accept([("-", .negate), ("+", nil), ("!", .not)]) {
      signs.append(sign)
    }
    try power()
    // Two minus signs are none.
    for sign in signs.reversed() {
      guard let sign else { continue }
      if sign == .negate, steps.last == .negate { steps.removeLast() } else { steps.append(sign) }
    }
  }

  private mutating func power() throws(PiSDFError) {
    try primary()
    guard accept("^") else { return }
    try nested { parser throws(PiSDFError) in try parser.signed() }
    steps.append(.power)
  }

  private mutating func primary() throws(PiSDFError) {
    if accept("(") {
      try nested { parser throws(PiSDFError) in try parser.expression() }
      guard accept(")") else { throw unexpected("\")\"") }
    } else if let first = next, first.isDigit || first == "." {
      try number()
    } else if let first = next, first.isLetter || first == "_" {
      try named()
    } else {
      throw unexpected("a number, a name or \"(\"")
    }
  }

  private mutating func number() throws(PiSDFError) {
    var digits = take { $0.isDigit || $0 == "." }
    if digits.hasPrefix("."), digits.count > 1 { digits = "0" + digits }
    let exponent = exponent()
    digits += exponent
    if let value = Fraction(digits.hasSuffix(".") ? String(digits.dropLast()) : digits) {
      steps.append(.number(.exact(value)))
    } else if !exponent.isEmpty, let value = Double(digits), value.isFinite {
      steps.append(.number(.real(value)))
    } else {
      throw failure("\"\(digits.prefix(40))\" is no number that fits 64 bits")
    }
  }

  /// A power of ten behind digits, as `e6` or `E-3`; empty where none follows.
  private mutating func exponent() -> String {
    let start = place
    guard let mark = current, mark == "e" || mark == "E" else { return "" }
    place += 1
    if current == "+" || current == "-" { place += 1 }
    guard let digit = current, digit.isDigit else {
      place = start
      return ""
    }
    _ = take { $0.isDigit }
    return String(characters[start..<place])
  }

  /// A parameter, or a function with its values.
  private mutating func named() throws(PiSDFError) {
    let name = take { $0.isLetter || $0.isDigit || $0 == "_" }
    guard accept("(") else {
      steps.append(.name(name))
      return
    }
    var count = 0
    repeat {
      try nested { parser throws(PiSDFError) in try parser.expression() }
      count += 1
    } while accept(",")
    guard accept(")") else { throw unexpected("\",\" or \")\"") }
    guard let function = RateFunction(rawValue: name) else {
      throw failure("there is no function \"\(name.prefix(40))\"")
    }
    if let complaint = function.complaint(about: count) { throw failure(complaint) }
    steps.append(.call(function, count))
  }

  private mutating func nested(
    _ rule: (inout Self) throws(PiSDFError) -> Void
  ) throws(PiSDFError) {
    depth += 1
    guard depth <= Self.depthLimit else { throw failure("nested too deeply") }
    try rule(&self)
    depth -= 1
  }
}

// MARK: - Characters

extension RateExpressionParser {
  /// The next character that is not blank.
  private var next: Character? {
    mutating get {
      while place < characters.count, characters[place].isWhitespace { place += 1 }
      return place < characters.count ? characters[place] : nil
    }
  }

  /// The next character, blank or not.
  private var current: Character? { place < characters.count ? characters[place] : nil }

  /// Takes the first of some signs that comes next.
  private mutating func accept<Value>(_ choices: [(sign: String, value: Value)]) -> Value? {
    guard next != nil else { return nil }
    for (sign, value) in choices where characters[place...].starts(with: sign) {
      place += sign.count
      return value
    }
    return nil
  }

  private mutating func accept(_ sign: String) -> Bool { accept([(sign, true)]) ?? false }

  private mutating func take(while isPart: (Character) -> Bool) -> String {
    let start = place
    while place < characters.count, isPart(characters[place]) { place += 1 }
    return String(characters[start..<place])
  }

  private mutating func unexpected(_ expected: String) -> PiSDFError {
    guard let next else { return failure("ends where \(expected) was expected") }
    return failure("expected \(expected) at character \(place + 1), found \"\(next)\"")
  }

  private func failure(_ reason: String) -> PiSDFError { .expression(text: text, reason: reason) }
}

extension Character {
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
