import Testing

@testable import Figures

@Suite("Ticks of axes")
struct TicksTests {
  @Test(
    "Linear ticks are round numbers that enclose the data",
    arguments: [
      (0.0...10.0, [0, 2, 4, 6, 8, 10]),
      (0.021...0.147, [0, 0.025, 0.05, 0.075, 0.1, 0.125, 0.15]),
      (-3.0...4.0, [-4, -2, 0, 2, 4]), (0.0...0.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
      (553.4e6...688.9e6, [550e6, 575e6, 600e6, 625e6, 650e6, 675e6, 700e6]),
    ])
  func linear(data: ClosedRange<Double>, expected: [Double]) {
    #expect(Ticks(linear: data).values == expected)
  }

  @Test(
    "Linear ticks stay few and enclose even odd data",
    arguments: [1e-149...1e149, -1e149...1e149, 5.0...5.0, 1.0...1.0000001, -7e-9...3e12])
  func oddData(data: ClosedRange<Double>) {
    let ticks = Ticks(linear: data)
    let slack = (data.upperBound - data.lowerBound) * 1e-9
    #expect(ticks.range.lowerBound <= data.lowerBound + slack)
    #expect(ticks.range.upperBound >= data.upperBound - slack)
    #expect((2...12).contains(ticks.values.count))
    #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy(<))
  }

  @Test("Logarithmic ticks show 1, 2 and 5 over few decades and powers of ten over many")
  func logarithmic() {
    let few = Ticks(logarithmic: 0.0011...0.121).values.map { ($0 * 1e6).rounded() / 1e3 }
    #expect(few == [1, 2, 5, 10, 20, 50, 100, 200])
    let many = Ticks(logarithmic: 1...1e12).values
    #expect((3...8).contains(many.count))
    #expect(many.first == 1)
  }
}
