package import Quantities

extension BytesPerSecond {
  /// The ticks for a byte, in lowest terms.
  package var ticksPerByte: ExactRatio {
    ExactRatio(UInt128(Ticks.perSecond), over: number).reduced
  }

  /// The ticks of a number of bytes, rounded up; the most there are where they do not fit.
  func ticks(of bytes: UInt128) -> Int64 { ExactRatio(bytes, over: number).ticks() }
}
