import Quantities
import Testing

@Suite("Decimal numbers")
struct DecimalNumberTests {
  @Test(
    "are what is written",
    arguments: [
      ("31e-12", 31, -12), ("2.01", 201, -2), ("2010", 201, 1), ("-.5", -5, -1), ("+3.", 3, 0),
      ("0.000", 0, 0), ("0e999999999999", 0, 0), ("1E3", 1, 3), ("00120.0300e+2", 12003, 0),
      (
        "99999999999999999999999999999999999999",
        99_999_999_999_999_999_999_999_999_999_999_999_999, 0
      ),
      ("0.00000000000000000000000000000000000000000000001", 1, -47),
      ("10000000000000000000000000000000000000000000000", 1, 46),
    ] as [(String, Int128, Int)])
  func read(text: String, digits: Int128, exponent: Int) throws {
    let number = try #require(DecimalNumber(text))
    #expect(number.digits == digits)
    #expect(number.exponent == exponent)
    #expect(DecimalNumber(number.description) == number)
  }

  @Test(
    "or are none",
    arguments: [
      "", "-", ".", "e5", "1e", "1e+", "1e5.0", "1.2.3", "1,5", "0x10", "inf", "nan", "1 ", "١",
      "--1", "123456789012345678901234567890123456789",
      "0.1000000000000000055511151231257827021181",
    ])
  func unread(text: String) { #expect(DecimalNumber(text) == nil) }

  @Test("are in the order of their values")
  func order() throws {
    let texts = [
      "-1e50", "-3", "-2.99999999999999999999", "-1e-40", "0", "1e-60", "1e-40", "0.1",
      "0.10000000000000000000001", "9", "9.5", "10", "11e1", "1e50", "1000000000000000000001e30",
    ]
    let numbers = try texts.map { try #require(DecimalNumber($0)) }
    for (i, a) in numbers.enumerated() {
      for (j, b) in numbers.enumerated() {
        #expect((a < b) == (i < j), "\(texts[i]) \(texts[j])")
      }
    }
  }

  @Test("are the nearest binary numbers that the standard library reads")
  func values() throws {
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let text = "\(state % 1_000_000_007)e\(Int(state >> 40) % 60 - 30)"
      #expect(try #require(DecimalNumber(text)).value == Double(text))
      let binary = Double(bitPattern: state >> 2)
      guard binary.isFinite else { continue }
      #expect(try #require(DecimalNumber(binary)).value == binary)
    }
    #expect(DecimalNumber(Double.infinity) == nil && DecimalNumber(Double.nan) == nil)
  }

  @Test("have whole parts")
  func floors() {
    #expect(DecimalNumber("1.1")?.times(1_073_741_824)?.floor == 1_181_116_006)
    #expect(DecimalNumber("9223372036854775807")?.floor == .max)
    #expect(DecimalNumber("9223372036854775808")?.floor == nil)
    #expect(DecimalNumber("1e-50")?.floor == 0)
    #expect(DecimalNumber("-0.5")?.floor == nil)
    #expect(DecimalNumber("12e3")?.whole == 12_000)
    #expect(DecimalNumber("1.0000000000000000001")?.whole == nil)
  }
}
