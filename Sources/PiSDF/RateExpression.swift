/// An arithmetic expression over the names of parameters, as `max(1, ceil(width / 2)) * agg^2`.
///
/// It knows what the expressions of PREESM know of real numbers: `+ - * / % ^`, comparisons and
/// `&& || !` that give 1 or 0, parentheses, the functions of ``RateFunction``, numbers such as `0.25`
/// and `128e6`, and where no parameter is called so `pi` and `e`. Values are exact fractions of 64-bit
/// integers, beyond which there is an error, and binary numbers behind a function that has no fraction.
/// `%` takes the sign of its left side, `^` binds tighter than a sign before it and groups to the right.
package struct RateExpression: Hashable, Sendable {
  /// The expression as written.
  package let text: String
  /// The steps in postfix order, so that neither depth nor length strains the stack.
  let steps: [Step]

  /// A step of the evaluation, which replaces what it takes from the top of the stack.
  enum Step: Hashable, Sendable {
    case number(RateNumber)
    case name(String)
    case negate, not
    case add, subtract, multiply, divide, remainder, power
    case less, lessOrEqual, greater, greaterOrEqual, equal, unequal, and, or
    /// A function of a number of values.
    case call(RateFunction, Int)
  }

  /// Parses an expression from its text.
  ///
  /// - Throws: ``PiSDFError/expression(text:reason:)``.
  package init(_ text: String) throws(PiSDFError) {
    var parser = RateExpressionParser(text)
    steps = try parser.parse()
    self.text = text
  }

  /// The expression of an integer.
  package init(_ value: Int64) {
    text = "\(value)"
    steps = [.number(RateNumber(value))]
  }
}

extension RateExpression {
  /// What `pi` and `e` stand for where no parameter is called so.
  fileprivate static let constants = [
    "pi": RateNumber.real(Double.pi), "e": RateNumber.real(2.718281828459045),
  ]

  /// Whether a name has a value without any parameter.
  static func isConstant(_ name: String) -> Bool { constants[name] != nil }

  /// The names in the order of their first use.
  package var names: [String] {
    var seen: Set<String> = []
    return steps.compactMap { step in
      guard case .name(let name) = step, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  /// The value, exact as long as fractions hold it.
  ///
  /// What a branch of `if` that does not count has no value for does no harm.
  ///
  /// - Parameter lookup: Gives the value of a name, `nil` when it has none.
  /// - Throws: ``PiSDFError/expression(text:reason:)`` for a name without a value, a division by 0, or
  ///   a value that is no real number or beyond 64 bits.
  /// - Complexity: O(*n*) operations for *n* operators.
  package func value(_ lookup: (String) -> Int64?) throws(PiSDFError) -> RateNumber {
    var stack: [Result<RateNumber, RateFailure>] = []
    for step in steps {
      let arguments = Array(stack.suffix(step.argumentCount))
      stack.removeLast(arguments.count)
      stack.append(
        Result { () throws(RateFailure) in try step.value(of: arguments, lookup) })
    }
    // The parser leaves one value.
    switch stack.last {
    case .success(let value): return value
    case .failure(let failure): throw .expression(text: text, reason: failure.reason)
    case nil: return RateNumber(0)
    }
  }

  /// The value rounded to the nearest integer, of two the greater, as PREESM rounds it.
  ///
  /// - Throws: ``PiSDFError/expression(text:reason:)``.
  func rounded(
    _ lookup: (String) -> Int64?
  ) throws(PiSDFError) -> (value: Int64, found: RateNumber) {
    let found = try value(lookup)
    guard let value = found.rounded else {
      throw .expression(text: text, reason: "a value does not fit 64 bits")
    }
    return (value, found)
  }
}

extension RateExpression.Step {
  fileprivate var argumentCount: Int {
    switch self {
    case .number, .name: 0
    case .negate, .not: 1
    case .call(_, let count): count
    default: 2
    }
  }

  fileprivate func value(
    of arguments: [Result<RateNumber, RateFailure>], _ lookup: (String) -> Int64?
  ) throws(RateFailure) -> RateNumber {
    switch self {
    case .number(let number): return number
    case .name(let name):
      if let value = lookup(name) { return RateNumber(value) }
      guard let constant = RateExpression.constants[name] else {
        throw RateFailure("there is no parameter \"\(name)\"")
      }
      return constant
    case .negate: return try arguments[0].get().negated()
    case .not: return RateNumber(try arguments[0].get().isZero)
    case .call(.if, let count):
      let branch = RateFunction.branch(try arguments[0].get(), of: count - 1)
      return try arguments[1 + branch].get()
    case .call(let function, _):
      var values: [RateNumber] = []
      for argument in arguments { values.append(try argument.get()) }
      return try function.value(of: values)
    default: return try operation(try arguments[0].get(), try arguments[1].get())
    }
  }

  private func operation(
    _ a: RateNumber, _ b: RateNumber
  ) throws(RateFailure) -> RateNumber {
    switch self {
    case .add: return try a.adding(b)
    case .subtract: return try a.adding(b.negated())
    case .multiply: return try a.multiplied(by: b)
    case .divide: return try a.divided(by: b)
    case .remainder: return try a.remainder(by: b)
    case .power: return try a.raised(to: b)
    case .less: return RateNumber(a < b)
    case .lessOrEqual: return RateNumber(!(b < a))
    case .greater: return RateNumber(b < a)
    case .greaterOrEqual: return RateNumber(!(a < b))
    case .equal: return RateNumber(a.equals(b))
    case .unequal: return RateNumber(!a.equals(b))
    case .and: return RateNumber(!a.isZero && !b.isZero)
    default: return RateNumber(!a.isZero || !b.isZero)
    }
  }
}

extension RateExpression: ExpressibleByIntegerLiteral {
  /// The expression of an integer.
  package init(integerLiteral value: Int64) { self.init(value) }
}
