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
    try sum()
    guard next == nil else { throw unexpected("an operator") }
    return steps
  }
}

// MARK: - Rules, one each

extension RateExpressionParser {
  private mutating func sum() throws(PiSDFError) {
    try product()
    while let step: RateExpression.Step = accept(["+": .add, "-": .subtract]) {
      try product()
      steps.append(step)
    }
  }

  private mutating func product() throws(PiSDFError) {
    try signed()
    while let step: RateExpression.Step = accept(["*": .multiply, "/": .divide, "%": .remainder]) {
      try signed()
      steps.append(step)
    }
  }

  private mutating func signed() throws(PiSDFError) {
    var isNegative = false
    while let isMinus: Bool = accept(["-": true, "+": false]) { isNegative = isNegative != isMinus }
    try power()
    if isNegative { steps.append(.negate) }
  }

  private mutating func power() throws(PiSDFError) {
    try primary()
    guard accept("^") else { return }
    try nested { parser throws(PiSDFError) in try parser.signed() }
    steps.append(.power)
  }

  private mutating func primary() throws(PiSDFError) {
    if accept("(") {
      try nested { parser throws(PiSDFError) in try parser.sum() }
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
    let digits = take { $0.isDigit || $0 == "." }
    guard let value = Fraction(digits) else {
      throw failure("\"\(digits.prefix(40))\" is no number that fits 64 bits")
    }
    steps.append(.number(value))
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
      try nested { parser throws(PiSDFError) in try parser.sum() }
      count += 1
    } while accept(",")
    guard accept(")") else { throw unexpected("\",\" or \")\"") }
    switch (name, count) {
    case ("min", _): steps.append(.min(count))
    case ("max", _): steps.append(.max(count))
    case ("ceil", 1): steps.append(.ceil)
    case ("floor", 1): steps.append(.floor)
    case ("ceil", _), ("floor", _): throw failure("\(name) takes one value, found \(count)")
    default: throw failure("there is no function \"\(name.prefix(40))\"")
    }
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

  private mutating func accept<Value>(_ choices: [Character: Value]) -> Value? {
    guard let next, let value = choices[next] else { return nil }
    place += 1
    return value
  }

  private mutating func accept(_ character: Character) -> Bool {
    accept([character: true]) ?? false
  }

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
