import Foundation

/// A small random number generator whose numbers depend on nothing but its seed.
///
/// Source: Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators",
/// DOI 10.1145/2714064.2660195.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number between 0, left out, and 1.
  private mutating func nextUnit() -> Double { (Double(next() >> 11) + 1) * 0x1p-53 }

  /// `count` independent normal numbers with mean 0 and the given standard deviation.
  ///
  /// Source: Box, Muller 1958, DOI 10.1214/aoms/1177706645.
  package mutating func normal(count: Int, deviation: Double) -> [Float] {
    var values: [Float] = []
    values.reserveCapacity(count + 1)
    while values.count < count {
      let radius = deviation * (-2 * log(nextUnit())).squareRoot()
      let angle = 2 * Double.pi * nextUnit()
      values.append(Float(radius * cos(angle)))
      values.append(Float(radius * sin(angle)))
    }
    values.removeLast(values.count - count)
    return values
  }
}
