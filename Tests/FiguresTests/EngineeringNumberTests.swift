import Testing

@testable import Figures

@Suite("Numbers as text")
struct EngineeringNumberTests {
  @Test(
    "A quantity gets the prefix that keeps it between 1 and 1000",
    arguments: [
      (0.01234, "s", "12.34 ms"), (0, "s", "0 s"), (1, "s", "1 s"), (1234, "s", "1234 s"),
      (-0.0005, "s", "-500 µs"), (0.99996, "s", "1 s"), (0.0009999, "s", "999.9 µs"),
      (999_960, "B", "1 MB"), (553_400_000, "B", "553.4 MB"), (0.5, "B", "0.5 B"),
      (12_500_000_000, "op/s", "12.5 Gop/s"), (97.25, "%", "97.25 %"), (1e-12, "s", "1 ps"),
      (3e-20, "s", "3e-5 fs"), (.nan, "s", "n/a s"), (.infinity, "s", "∞ s"),
      (1_234_567, "", "1235000"), (0.1 + 0.2, "", "0.3"),
    ] as [(Double, String, String)])
  func quantity(value: Double, unit: String, expected: String) {
    #expect(EngineeringNumber.text(value, unit: unit) == expected)
  }

  @Test(
    "A fixed number has no trailing zeros and no negative zero",
    arguments: [
      (1.5, 2, "1.5"), (1.005, 1, "1"), (-0.001, 2, "0"), (-12.345, 1, "-12.3"), (0.05, 2, "0.05"),
      (99.999, 2, "100"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, digits: Int, expected: String) {
    #expect(DecimalText.fixed(value, digits: digits) == expected)
  }

  @Test(
    "Every number has a text",
    arguments: [Double.leastNonzeroMagnitude, 1.7e308, -1.7e308, 1e15, 1e-5, -0.0, .infinity])
  func extremes(value: Double) {
    #expect(!DecimalText.significant(value).isEmpty)
    #expect(!DecimalText.fixed(value, digits: 2).isEmpty)
    #expect(EngineeringNumber.text(value, unit: "B").hasSuffix("B"))
  }
}
