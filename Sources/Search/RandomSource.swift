/// A fast generator of random numbers whose state can be kept and restored.
///
/// xoshiro256** (Blackman, Vigna 2021, "Scrambled linear pseudorandom number generators", ACM
/// Transactions on Mathematical Software 47(4)), started by SplitMix64 (Steele, Lea, Flood 2014).
package struct RandomSource: RandomNumberGenerator, Hashable, Sendable, BitwiseCopyable {
  var state: (UInt64, UInt64, UInt64, UInt64)

  /// The sequence of a seed.
  package init(seed: UInt64) {
    var mixer = seed
    func next() -> UInt64 {
      mixer &+= 0x9E37_79B9_7F4A_7C15
      var word = mixer
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
    state = (next(), next(), next(), next())
  }

  @inline(__always)
  package mutating func next() -> UInt64 {
    let product = state.1 &* 5
    let result = (product << 7 | product >> 57) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3 << 45 | state.3 >> 19
    return result
  }

  /// A number below a bound; the bias is below 2⁻³² for bounds below 2³² and does not matter here.
  @inline(__always)
  package mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from 0 up to but not including 1.
  @inline(__always)
  package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  package static func == (one: Self, other: Self) -> Bool { one.state == other.state }

  package func hash(into hasher: inout Hasher) {
    for word in [state.0, state.1, state.2, state.3] { hasher.combine(word) }
  }
}
