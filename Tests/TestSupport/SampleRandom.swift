/// Numbers that look random and are the same on every machine.
package struct SampleRandom {
  private var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  package mutating func unit() -> Double { Double(next(1_000_000)) / 1e6 }
}
