import Dataflow
import PiSDF
import RandomNumbers
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
    #expect(value == Fraction(expected).map { .exact($0) })
  }

  @Test(
    "of functions, comparisons and powers of ten have the value that PREESM gives them",
    arguments: [
      ("128e6 / 32e6", 4), ("1.5E2", 150), ("25e-1", 3), (".5 * 4", 2), ("3. + 1", 4),
      ("1e30 / 1e29", 10), ("sqrt(16)", 4), ("sqrt(a + 3)", 3), ("sqrt(2) * sqrt(2)", 2),
      ("sqrt(9223372030926249001)", 3_037_000_499), ("ln(16) / ln(2)", 4), ("log(1000)", 3),
      ("exp(ln(7))", 7), ("pow(2, 10)", 1024), ("27 ^ (1 / 3)", 3), ("abs(b - 2 * a)", 8),
      ("mod(17, 5)", 2), ("mod(-7, 3)", -1), ("round(5 / 2)", 2), ("round(7 / 2)", 4),
      ("10 * round(2.26, 1)", 23), ("sum(1, 2, 3)", 6), ("binom(5, 2)", 10),
      ("geo_sum(3, 1/2, 4) * 8", 45), ("geo_sum(1, 2, 10)", 1023), ("geo_sum(5, 1, 3)", 15),
      ("geo_sum(5, 0, 3)", 0), ("geo_sum(5, -1, 2)", 0), ("geo_sum(1024, 1/2, 100)", 2048),
      ("pow_div_max(2, 72)", 3), ("if(a > b, 1, 2)", 1), ("if(0, 1, 2)", 2), ("if(-1, 1, 2)", 2),
      ("if(0, 1, 2, 3)", 3), ("if(z, a / z, 5)", 5), ("if(z == 0, 5, a / z)", 5),
      ("a >= 6 && b < 4 || z", 0), ("!(a == b) + 1", 2), ("1 + 2 < 2 * 2", 1), ("a != 6", 0),
      ("a <= 6", 1), ("!z", 1), ("- !z", -1), ("floor(pi)", 3), ("floor(e)", 2), ("cos(0)", 1),
      ("atan2(0, 1)", 0), ("a / b", 2), ("-a / b", -1), ("5 / 3", 2), ("min + pi", 6),
    ])
  func rounded(text: String, expected: Int64) throws {
    let graph = try PiSDFGraph(
      name: "g",
      parameters: Self.values.sorted { $0.key < $1.key }.map { .init($0.key, .init($0.value)) }
        + [.init("p", try RateExpression(text)), .init("q", try RateExpression("p + 100"))],
      nodes: [
        .init("A", ports: [.output("o", try RateExpression("q"))]),
        .init("B", ports: [.input("i", 1)]),
      ],
      channels: [.init(from: .init("A", "o"), to: .init("B", "i"))])
    let flat = try PiSDFFlattening(PiSDFModel(graph)).graph
    #expect(flat.channels[0].production == [expected + 100])
  }

  @Test(
    "that have no value say why",
    arguments: [
      ("1 / z", "division by 0"), ("1 % 0", "division by 0"), ("0 ^ -1", "division by 0"),
      ("2 ^ 63", "64 bits"), ("(-2) ^ (1 / 2)", "no real number"), ("q + 1", "no parameter \"q\""),
      ("9223372036854775807 + 1", "64 bits"), ("1 / 3 ^ 39 + 1 / 2 ^ 61", "64 bits"),
      ("3 ^ -9223372036854775807", "64 bits"), ("ln(0)", "infinite"),
      ("sqrt(-1)", "no real number"),
      ("geo_sum(1, 2, 0)", "from 1 on"), ("pow_div_max(1, 4)", "from 2 on"),
      ("if(1 / z, 1, 2)", "division"),
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
      ("rand(1)", "no function \"rand\""), ("ceil(1, 2)", "one value"),
      ("if(1, 2)", "if takes 3 to 4 values, found 2"),
      ("geo_sum(1, 2)", "three values"), ("1 < ", "ends"), ("1 = 2", "found \"=\""),
      ("2e", "character 2"), ("min()", "character 5"),
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
    #expect(try sum.value { _ in nil } == .exact(Fraction(9001)))
    let signs = try RateExpression(String(repeating: "-", count: 9001) + "1")
    #expect(try signs.value { _ in nil } == .exact(Fraction(-1)))
  }

  @Test("name each parameter once in the order of use")
  func names() throws {
    #expect(try RateExpression("b * a + max(b, c) - min(1, 2)").names == ["b", "a", "c"])
  }

  @Test("agree with a slow reference on random trees")
  func reference() throws {
    var generator = SplitMix64(seed: 11)
    var compared = 0
    for _ in 0..<3000 {
      let tree = ExpressionTree.random(depth: 4, &generator)
      let expression = try RateExpression(tree.text(&generator))
      let expected = tree.value(Self.values)
      let found = try? expression.value { Self.values[$0] }
      #expect(
        found == expected.flatMap { Fraction("\($0)") }.map { .exact($0) }, "\(expression.text)")
      if found != nil { compared += 1 }
    }
    #expect(compared > 1500)
  }
}
