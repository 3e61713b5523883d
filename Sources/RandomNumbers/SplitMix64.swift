/// A small random number generator whose numbers depend on nothing but its seed.
///
/// Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators",
/// DOI 10.1145/2714064.2660195. Symbols: the paper's *seed* is ``state``, its *gamma* the constant
/// that is added, `mix64` the rest of ``next()``.
package struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  private var state: UInt64

  /// The sequence of a seed.
  package init(seed: UInt64) { state = seed }

  /// The next number of the sequence, any of 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
