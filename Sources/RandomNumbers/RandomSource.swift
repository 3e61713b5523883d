/// A fast generator of random numbers whose state can be kept and restored.
///
/// Source: xoshiro256** of Blackman, Vigna 2021, "Scrambled linear pseudorandom number generators",
/// ACM Transactions on Mathematical Software 47(4), started by ``SplitMix64``. Symbols: the paper's
/// *s* is ``state``.
package struct RandomSource: RandomNumberGenerator, Hashable, Sendable, BitwiseCopyable {
  /// The four words of the state, not all of them 0.
  package var state: (UInt64, UInt64, UInt64, UInt64)

  /// The sequence of a seed.
  package init(seed: UInt64) {
    var start = SplitMix64(seed: seed)
    state = (start.next(), start.next(), start.next(), start.next())
  }

  /// The next number of the sequence, any of 64 bits.
  @inlinable
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

  /// A number from 0 up to but not including a bound; the bias is below 2⁻³² for bounds below 2³² and
  /// does not matter here.
  @inlinable
  @inline(__always)
  package mutating func below(_ bound: Int) -> Int {
    Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from 0 up to but not including 1.
  @inlinable
  @inline(__always)
  package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Whether two generators are in the same state, and so give the same numbers from here on.
  package static func == (one: Self, other: Self) -> Bool { one.state == other.state }

  /// Hashes the four words of the state.
  package func hash(into hasher: inout Hasher) {
    for word in [state.0, state.1, state.2, state.3] { hasher.combine(word) }
  }
}
