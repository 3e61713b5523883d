import Dataflow

/// An arithmetic expression over the names of parameters, as `max(1, ceil(width / 2)) * agg^2`.
///
/// It knows `+ - * / % ^`, parentheses, `min`, `max`, `ceil`, `floor`, integers and decimals.
/// Values are exact fractions of 64-bit integers; a value that does not fit is an error. `%` takes
/// the sign of its left side, `^` binds tighter than a sign before it and groups to the right.
package struct RateExpression: Hashable, Sendable {
  /// The expression as written.
  package let text: String
  /// The steps in postfix order, so that neither depth nor length strains the stack.
  let steps: [Step]

  /// A step of the evaluation, which replaces what it takes from the top of the stack.
  enum Step: Hashable, Sendable {
    case number(Fraction)
    case name(String)
    case negate, add, subtract, multiply, divide, remainder, power, ceil, floor
    /// The least of so many values.
    case min(Int)
    /// The greatest of so many values.
    case max(Int)
  }

  /// Parses an expression.
  ///
  /// - Throws: ``PiSDFError/expression(text:reason:)``.
  package init(_ text: String) throws(PiSDFError) {
    var parser = RateExpressionParser(text)
    steps = try parser.parse()
    self.text = text
  }

  /// An integer.
  package init(_ value: Int64) {
    text = "\(value)"
    steps = [.number(Fraction(value))]
  }
}

extension RateExpression {
  /// The names in the order of their first use.
  package var names: [String] {
    var seen: Set<String> = []
    return steps.compactMap { step in
      guard case .name(let name) = step, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  /// The exact value.
  ///
  /// - Parameter lookup: Gives the value of a name, `nil` when it has none.
  /// - Throws: ``PiSDFError/expression(text:reason:)`` for a name without a value, a division by 0, a
  ///   power that is no fraction, or a value beyond 64 bits.
  /// - Complexity: O(*n*) operations for *n* operators.
  package func value(_ lookup: (String) -> Int64?) throws(PiSDFError) -> Fraction {
    var stack: [Fraction] = []
    for step in steps {
      switch step {
      case .number(let number): stack.append(number)
      case .name(let name):
        guard let value = lookup(name) else { throw failure("there is no parameter \"\(name)\"") }
        stack.append(Fraction(value))
      case .negate, .ceil, .floor:
        stack.append(try checked(step.applied(to: pop(&stack))))
      case .min(let count), .max(let count):
        let values = stack.suffix(count)
        stack.removeLast(values.count)
        let isMinimum = if case .min = step { true } else { false }
        stack.append(try checked(isMinimum ? values.min() : values.max()))
      case .add, .subtract, .multiply, .divide, .remainder, .power:
        let right = pop(&stack)
        let left = pop(&stack)
        if right == .zero, step == .divide || step == .remainder {
          throw failure("a division by 0")
        }
        if step == .power { try checkPower(left, right) }
        stack.append(try checked(step.applied(to: left, right)))
      }
    }
    return pop(&stack)
  }

  /// The value as an integer.
  ///
  /// - Throws: ``PiSDFError/expression(text:reason:)``, also for a value that is no integer.
  func integer(_ lookup: (String) -> Int64?) throws(PiSDFError) -> Int64 {
    let value = try value(lookup)
    guard value.denominator == 1 else { throw failure("expected an integer, found \(value)") }
    return value.numerator
  }

  private func checkPower(_ base: Fraction, _ exponent: Fraction) throws(PiSDFError) {
    guard exponent.denominator == 1 else {
      throw failure("expected an integer exponent, found \(exponent)")
    }
    if base == .zero, exponent < .zero { throw failure("a division by 0") }
  }

  private func checked(_ value: Fraction?) throws(PiSDFError) -> Fraction {
    guard let value else { throw failure("a value does not fit 64 bits") }
    return value
  }

  private func failure(_ reason: String) -> PiSDFError { .expression(text: text, reason: reason) }

  /// The parser leaves no step without its values, so that the stack is never empty here.
  private func pop(_ stack: inout [Fraction]) -> Fraction { stack.popLast() ?? .zero }
}

extension RateExpression.Step {
  fileprivate func applied(to value: Fraction) -> Fraction? {
    switch self {
    case .negate: value.multiplied(by: Fraction(-1))
    case .ceil: Fraction(value.ceiling)
    default: Fraction(value.floor)
    }
  }

  fileprivate func applied(to left: Fraction, _ right: Fraction) -> Fraction? {
    switch self {
    case .add: left.adding(right)
    case .subtract: right.multiplied(by: Fraction(-1)).flatMap(left.adding)
    case .multiply: left.multiplied(by: right)
    case .divide: left.divided(by: right)
    case .remainder: left.remainder(by: right)
    default: left.raised(to: right.numerator)
    }
  }
}

extension Fraction {
  /// What is left after the quotient's integer part towards 0.
  fileprivate func remainder(by divisor: Fraction) -> Fraction? {
    guard let quotient = divided(by: divisor) else { return nil }
    let whole = quotient < .zero ? quotient.ceiling : quotient.floor
    return divisor.multiplied(by: Fraction(whole))?.multiplied(by: Fraction(-1))
      .flatMap(adding)
  }

  /// The power by repeated squaring, in which no square is made that is not needed.
  fileprivate func raised(to exponent: Int64) -> Fraction? {
    var rest = exponent.magnitude
    guard var square = exponent < 0 ? Fraction.one.divided(by: self) : self else { return nil }
    var power = Fraction.one
    while rest > 0 {
      if rest & 1 == 1 {
        guard let product = power.multiplied(by: square) else { return nil }
        power = product
      }
      rest >>= 1
      if rest > 0 {
        guard let next = square.multiplied(by: square) else { return nil }
        square = next
      }
    }
    return power
  }
}

extension RateExpression: ExpressibleByIntegerLiteral {
  /// An integer.
  package init(integerLiteral value: Int64) { self.init(value) }
}
