import Quantities
import RandomNumbers
import Testing

@Suite("Exact times")
struct ExactRatioTests {
  /// However a whole number of picoseconds is written, it is that many ticks.
  @Test(arguments: ["%e-12", "%e-9", "%e-6", "% ps", "% ns", "% us", "%", "% ms"])
  func `a whole picosecond is a tick in every unit`(form: String) throws {
    let places = [
      "%e-12": 0, "% ps": 0, "%e-9": 3, "% ns": 3, "%e-6": 6, "% us": 6, "% ms": 9, "%": 12,
    ]
    let decimals = try #require(places[form])
    for ticks in 1...3000 {
      let digits = String("\(ticks)".reversed()).padded(to: decimals + 1)
      let whole = String(digits.dropFirst(decimals).reversed())
      let number = decimals == 0 ? whole : "\(whole).\(String(digits.prefix(decimals).reversed()))"
      let text = form.split(separator: "%", omittingEmptySubsequences: false).joined(
        separator: number)
      let seconds = try #require(UnitTable.time.number(of: text))
      #expect(seconds.ratio?.ticks() == Int64(ticks), "\(text)")
    }
  }

  @Test func `a bandwidth in gigabytes is that in megabytes and in bytes`() throws {
    for hundredths in 100..<1000 {
      let gigabytes = "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10) GB/s"
      let number = try #require(UnitTable.bandwidth.number(of: gigabytes))
      #expect(number == DecimalNumber(hundredths * 10_000_000), "\(gigabytes)")
      #expect(number == UnitTable.bandwidth.number(of: "\(hundredths * 10) MB/s"))
      #expect(UnitTable.bandwidth.number(of: UnitTable.bandwidth.text(number)) == number)
    }
  }

  /// Operations over a rate and a fixed time, of as many digits as they may have, against whole numbers of any size:
  /// *t* ticks are right where *t* is not below the time and *t* − 1 is.
  @Test func `sums are rounded up once`() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<3_000 {
      let amount = UInt64.random(
        in: 1...(.max >> UInt64.random(in: 1...60, using: &random)), using: &random)
      let (rate, rateParts) = random.decimal(digits: 1...17, decimals: 0...9)
      let (fixed, fixedParts) = random.decimal(digits: 1...24, decimals: 6...24)
      let first = ExactRatio(UInt128(amount), over: try #require(DecimalNumber(rate)))
      let second = try #require(DecimalNumber(fixed)?.ratio)
      let ticks = first.ticks(adding: second)
      #expect(ticks == second.ticks(adding: first))
      // amount · 10^a / r + f / 10^b, over the denominator r · 10^b.
      let divisor = SlowNatural(rateParts.digits) * .power(ofTen: fixedParts.decimals)
      let sum =
        SlowNatural("\(amount)") * .power(ofTen: rateParts.decimals + fixedParts.decimals)
        + SlowNatural(fixedParts.digits) * SlowNatural(rateParts.digits)
      let exact = sum * .power(ofTen: 12)
      if exact > SlowNatural("\(Int64.max)") * divisor {
        #expect(ticks == .max)
        continue
      }
      #expect(SlowNatural("\(ticks)") * divisor >= exact, "\(amount) over \(rate) and \(fixed)")
      #expect(ticks == 0 || SlowNatural("\(ticks - 1)") * divisor < exact)
    }
  }

  @Test func `fractions are in the order of their values`() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<2_000 {
      let parts = (0..<4).map { _ in
        UInt128.random(
          in: 1...(.max >> UInt128.random(in: 0...120, using: &random)), using: &random)
      }
      let (a, b) = (ExactRatio(parts[0], parts[1]), ExactRatio(parts[2], parts[3]))
      let isLess =
        SlowNatural("\(parts[0])") * SlowNatural("\(parts[3])")
        < SlowNatural("\(parts[2])") * SlowNatural("\(parts[1])")
      #expect((a < b) == isLess)
      #expect(!(a < a.reduced) && !(a.reduced < a))
    }
  }

  @Test func `what does not fit is more than all ticks`() {
    #expect(ExactRatio.excessive.ticks() == .max)
    #expect(ExactRatio(.max, over: 0.1).ticks() == .max)
    #expect(ExactRatio(1, 3).share(2, of: 3).ticks() == 222_222_222_223)
    #expect(ExactRatio(.max / 2, 1).share(1, of: .max) > .zero)
  }
}

/// A seeded generator.
extension SplitMix64 {
  /// A positive decimal as a text, and its parts.
  fileprivate mutating func decimal(
    digits: ClosedRange<Int>, decimals: ClosedRange<Int>
  ) -> (text: String, parts: (digits: String, decimals: Int)) {
    let count = Int.random(in: digits, using: &self)
    let text = (0..<count).map { place in
      "\(Int.random(in: place == 0 ? 1...9 : 0...9, using: &self))"
    }.joined()
    let places = Int.random(in: decimals, using: &self)
    return ("\(text)e-\(places)", (text, places))
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: "0", count: max(0, count - self.count))
  }
}
