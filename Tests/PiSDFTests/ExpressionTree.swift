import RandomNumbers

/// An expression as a tree, computed by walking it: the reference for the product's parser and
/// stack machine. Trees are small enough for 128 bits.
indirect enum ExpressionTree {
  case number(Int)
  case name(String)
  case negative(ExpressionTree)
  case binary(Character, ExpressionTree, ExpressionTree)
  case function(String, [ExpressionTree])

  static func random(depth: Int, _ generator: inout SplitMix64) -> ExpressionTree {
    func tree() -> ExpressionTree { random(depth: depth - 1, &generator) }
    switch Int.random(in: depth == 0 ? 0...1 : 1...9, using: &generator) {
    case 0: return .number(Int.random(in: 0...9, using: &generator))
    case 1: return .name(["a", "b", "long_name2"].randomElement(using: &generator) ?? "a")
    case 2: return .negative(tree())
    case 3:
      let name = ["ceil", "floor"].randomElement(using: &generator) ?? "ceil"
      return .function(name, [tree()])
    case 4:
      let name = ["min", "max"].randomElement(using: &generator) ?? "min"
      return .function(name, [tree(), tree()])
    case 5: return .binary("^", tree(), .number(Int.random(in: 0...2, using: &generator)))
    default:
      return .binary("+-*/%".randomElement(using: &generator) ?? "+", tree(), tree())
    }
  }

  /// The text, with all parentheses that are needed and some that are not.
  func text(_ generator: inout SplitMix64, within level: Int = 0) -> String {
    let (own, body): (Int, String) =
      switch self {
      case .number(let value): (4, "\(value)")
      case .name(let name): (4, name)
      case .negative(let tree): (2, "-" + tree.text(&generator, within: 2))
      case .binary("^", let left, let right):
        (3, left.text(&generator, within: 4) + " ^" + right.text(&generator, within: 2))
      case .binary(let sign, let left, let right):
        "+-".contains(sign)
          ? (0, left.text(&generator) + " \(sign) " + right.text(&generator, within: 1))
          : (
            1,
            left.text(&generator, within: 1) + "\(sign)" + right.text(&generator, within: 2)
          )
      case .function(let name, let trees):
        (4, name + "(" + trees.map { $0.text(&generator) }.joined(separator: ", ") + ")")
      }
    return own < level || Int.random(in: 0..<8, using: &generator) == 0 ? "(\(body))" : body
  }

  /// The value, `nil` where the product reports an error.
  func value(_ names: [String: Int64]) -> Ratio? {
    switch self {
    case .number(let value): return Ratio(Int128(value), 1)
    case .name(let name): return names[name].flatMap { Ratio(Int128($0), 1) }
    case .negative(let tree): return tree.value(names).flatMap { Ratio(-$0.top, $0.bottom) }
    case .function(let name, let trees):
      var values: [Ratio] = []
      for tree in trees {
        guard let value = tree.value(names) else { return nil }
        values.append(value)
      }
      switch name {
      case "ceil": return Ratio(-Self.floor(-values[0].top, values[0].bottom), 1)
      case "floor": return Ratio(Self.floor(values[0].top, values[0].bottom), 1)
      default:
        let isFirst = values[0].top * values[1].bottom <= values[1].top * values[0].bottom
        return isFirst == (name == "min") ? values[0] : values[1]
      }
    case .binary(let sign, let left, let right):
      guard let left = left.value(names), let right = right.value(names) else { return nil }
      return Self.value(sign, left, right)
    }
  }

  private static func value(_ sign: Character, _ a: Ratio, _ b: Ratio) -> Ratio? {
    switch sign {
    case "+": return Ratio(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)
    case "-": return Ratio(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)
    case "*": return Ratio(a.top * b.top, a.bottom * b.bottom)
    case "/": return Ratio(a.top * b.bottom, a.bottom * b.top)
    case "%":
      // With a common denominator the remainder is that of the numerators.
      return b.top == 0
        ? nil : Ratio((a.top * b.bottom) % (b.top * a.bottom), a.bottom * b.bottom)
    default:
      var power = Ratio(1, 1)
      for _ in 0..<b.top { power = power.flatMap { Self.value("*", $0, a) } }
      return power
    }
  }

  private static func floor(_ top: Int128, _ bottom: Int128) -> Int128 {
    var quotient = top / bottom
    while quotient * bottom > top { quotient -= 1 }
    return quotient
  }

  /// A fraction in lowest terms of numbers that fit 64 bits.
  struct Ratio: CustomStringConvertible {
    let top: Int128
    let bottom: Int128

    init?(_ top: Int128, _ bottom: Int128) {
      guard bottom != 0 else { return nil }
      var (a, b) = (top.magnitude, bottom.magnitude)
      while b != 0 { (a, b) = (b, a % b) }
      let sign: Int128 = bottom < 0 ? -1 : 1
      self.top = sign * top / Int128(a)
      self.bottom = sign * bottom / Int128(a)
      guard Int64(exactly: self.top) != nil, Int64(exactly: self.bottom) != nil else { return nil }
    }

    var description: String { "\(top)/\(bottom)" }
  }
}
