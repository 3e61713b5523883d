import Dataflow
import PiSDF
import Testing

@Suite("Rate expressions")
struct RateExpressionTests {
  private static let values: [String: Int64] = ["a": 6, "b": 4, "long_name2": 10, "min": 3, "z": 0]

  @Test(
    "have the exact value",
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("7 - 2 - 1", "4"), ("2 ^ 3 ^ 2", "512"),
      ("-2 ^ 2", "-4"), ("(-2) ^ 2", "4"), ("2 ^ -1", "1/2"), ("a / b", "3/2"), ("a / b * b", "6"),
      ("a/2*b/2", "6"), ("-7 % 3", "-1"), ("7 % -3", "1"), ("7.5 % 2", "3/2"), ("ceil(a / b)", "2"),
      ("floor(-a / b)", "-2"), ("min(3, a, b / 2)", "2"), ("max(min(1, 2), 0.25)", "1"),
      ("min + 1", "4"), ("long_name2", "10"), ("- - -1", "-1"), ("2*-3", "-6"), ("0 ^ 0", "1"),
      ("1 ^ 9223372036854775807", "1"), ("(-1) ^ 9223372036854775807", "-1"),
      ("2^62 - 1 + 2^62", "9223372036854775807"),
      ("9223372036854775807 / 9223372036854775807", "1"),
      (" ( a ) ", "6"), ("3^-2*9", "1"), ("max(a)", "6"),
    ])
  func value(text: String, expected: String) throws {
    let value = try RateExpression(text).value { Self.values[$0] }
    #expect(value == Fraction(expected))
  }

  @Test(
    "that have no value say why",
    arguments: [
      ("1 / z", "division by 0"), ("1 % 0", "division by 0"), ("0 ^ -1", "division by 0"),
      ("2 ^ 63", "64 bits"), ("2 ^ (1 / 2)", "integer exponent"), ("q + 1", "no parameter \"q\""),
      ("9223372036854775807 + 1", "64 bits"), ("1 / 3 ^ 39 + 1 / 2 ^ 61", "64 bits"),
      ("3 ^ -9223372036854775807", "64 bits"),
    ])
  func noValue(text: String, reason: String) throws {
    let expression = try RateExpression(text)
    #expect {
      try expression.value { Self.values[$0] }
    } throws: {
      "\($0)".contains(reason) && "\($0)".contains(text)
    }
  }

  @Test(
    "that are malformed say where",
    arguments: [
      ("", "ends"), ("1 +", "ends"), ("1 2", "character 3"), ("(1", "ends"), ("1)", "character 2"),
      ("sin(1)", "no function \"sin\""), ("ceil(1, 2)", "one value"), ("min()", "character 5"),
      ("1 $ 2", "found \"$\""), ("1.2.3", "no number"), ("99999999999999999999", "64 bits"),
      ("max(1,)", "character 7"), ("1..2", "no number"), ("*1", "character 1"), (".", "no number"),
    ])
  func malformed(text: String, reason: String) {
    #expect { try RateExpression(text) } throws: { "\($0)".contains(reason) }
  }

  @Test("that nest deeply or are long are refused or read without strain")
  func hostile() throws {
    for opening in ["(", "min(", "2^", "-(", "floor(-"] {
      let text = String(repeating: opening, count: 6000)
      #expect(throws: PiSDFError.self) { try RateExpression(text) }
    }
    #expect(throws: PiSDFError.self) { try RateExpression(String(repeating: "1", count: 1 << 20)) }
    let sum = try RateExpression("1" + String(repeating: "+1", count: 9000))
    #expect(try sum.value { _ in nil } == Fraction(9001))
    let signs = try RateExpression(String(repeating: "-", count: 9001) + "1")
    #expect(try signs.value { _ in nil } == Fraction(-1))
  }

  @Test("name each parameter once in the order of use")
  func names() throws {
    #expect(try RateExpression("b * a + max(b, c) - min(1, 2)").names == ["b", "a", "c"])
  }

  @Test("agree with a slow reference on random trees")
  func reference() throws {
    var generator = SplitMix64(state: 11)
    var compared = 0
    for _ in 0..<3000 {
      let tree = ExpressionTree.random(depth: 4, &generator)
      let expression = try RateExpression(tree.text(&generator))
      let expected = tree.value(Self.values)
      let found = try? expression.value { Self.values[$0] }
      #expect(found.map { "\($0)" } == expected?.description, "\(expression.text)")
      if found != nil { compared += 1 }
    }
    #expect(compared > 1500)
  }
}
