import Dataflow
import Testing

@Suite struct FractionTests {
  @Test func `fractions are in lowest terms with a positive denominator`() {
    #expect(Fraction(6, -4)?.description == "-3/2")
    #expect(Fraction(0, 7) == .zero)
    #expect(Fraction(1, 0) == nil)
    #expect(Fraction(Int64.min, -1) == nil)
    #expect(Fraction(-3, 2)?.floor == -2 && Fraction(-3, 2)?.ceiling == -1)
    #expect(Fraction(7, 2)?.floor == 3 && Fraction(7, 2)?.ceiling == 4)
  }

  @Test func `arithmetic is exact or absent`() throws {
    let third = try #require(Fraction(1, 3))
    #expect(third.adding(third) == Fraction(2, 3))
    #expect(third.multiplied(by: Fraction(6)) == Fraction(2))
    #expect(third.divided(by: .zero) == nil)
    #expect(Fraction(.max).adding(.one) == nil)
    let small = try #require(Fraction(1, .max))
    #expect(small.multiplied(by: small) == nil)
    #expect(small < third && third < .one)
  }

  @Test(arguments: [
    ("1/2", Fraction(1, 2)), ("0.25", Fraction(1, 4)), ("3", Fraction(3)),
    ("-1.5", Fraction(-3, 2)),
    ("", nil), ("1/0", nil), ("a", nil), ("1.", nil), ("1/2/3", nil), ("0.-5", nil),
    ("1.0000000000000000000", .one), ("25e-2", Fraction(1, 4)), ("-1.5E+2", Fraction(-150)),
    ("0e-99", .zero), ("00.50", Fraction(1, 2)), ("1e18", Fraction(1_000_000_000_000_000_000)),
    ("1e19", nil), ("1e-19", nil), ("1e", nil), ("e1", nil), ("1e1e1", nil), ("1e1.5", nil),
    ("1/2e1", nil), ("nan", nil), ("inf", nil), ("1e99999999999", nil), ("0.1e-2147483648", nil),
    ("٣", nil), ("0.٣", nil), ("0x10", nil), (".5", nil), ("- 1", nil),
  ])
  func `text is read exactly`(text: String, expected: Fraction?) {
    #expect(Fraction(text) == expected)
  }
}
