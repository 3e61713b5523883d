import RandomNumbers
import Testing

@Suite("Random numbers")
struct RandomNumbersTests {
  /// The numbers of the authors' program splitmix64.c for the seed 1234567.
  @Test func `SplitMix64 gives the numbers of its authors`() {
    var random = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  /// The numbers of the authors' program xoshiro256starstar.c for the state 1, 2, 3, 4.
  @Test func `xoshiro256** gives the numbers of its authors`() {
    var random = RandomSource(seed: 0)
    random.state = (1, 2, 3, 4)
    let expected: [UInt64] = [
      11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360,
      607_988_272_756_665_600, 16_172_922_978_634_559_625, 8_476_171_486_693_032_832,
    ]
    #expect(expected.map { _ in random.next() } == expected)
  }

  @Test(arguments: [1, 2, 3, 10, 1_000] as [Int])
  func `numbers below a bound are, and all of them come`(bound: Int) {
    var random = RandomSource(seed: 7)
    var counts = Array(repeating: 0, count: bound)
    for _ in 0..<(100 * bound) { counts[random.below(bound)] += 1 }
    // Each comes a hundred times, with a deviation of ten.
    #expect(counts.allSatisfy { abs($0 - 100) < 60 })
  }

  @Test func `fractions are from 0 up to 1`() {
    var random = RandomSource(seed: 3)
    let fractions = (0..<10_000).map { _ in random.fraction() }
    #expect(fractions.allSatisfy { (0..<1).contains($0) })
    #expect(abs(fractions.reduce(0, +) / 10_000 - 0.5) < 0.02)
  }

  @Test func `a kept state goes on with the same numbers`() {
    var random = RandomSource(seed: 5)
    _ = random.next()
    var copy = RandomSource(seed: 0)
    copy.state = random.state
    #expect(
      copy == random && (0..<10).map { _ in copy.next() } == (0..<10).map { _ in random.next() })
  }
}
