package import Quantities

/// What a block asks of an element in one inference, and how long that takes: the largest of its
/// operations at the peak rate and of its bytes at the bandwidth of each port, and a fixed overhead.
///
/// Source: Williams, Waterman, Patterson 2009, "Roofline", DOI 10.1145/1498765.1498785, with one
/// bandwidth for each port. An element whose access is `copied` has the first term only: its transfers
/// are steps of their own.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | operations / peak performance | ``computing`` |
/// | memory traffic | ``inputBytes``, ``weightBytes``, ``outputBytes`` |
/// | peak memory bandwidth | the bandwidth of each of ``ports`` |
/// | the binding ceiling | ``Bound`` |
package struct Roofline: Hashable, Sendable {
  /// The seconds of the operations at the peak rate.
  package var computing: ExactRatio
  /// The bytes that stream through the port for activations.
  package var inputBytes: Int
  /// The bytes that stream through the port for weights.
  package var weightBytes: Int
  /// The bytes that stream through the port for results.
  package var outputBytes: Int
  /// The ports; nil where nothing streams.
  package var ports: Element.Ports?
  /// The fixed time that is added to any time above 0.
  package var overhead: StatedSeconds
  /// The measured seconds, which go before all of this; nil where the time is computed.
  package var measured: ExactRatio?

  /// A time by its parts.
  package init(
    computing: ExactRatio, inputBytes: Int = 0, weightBytes: Int = 0, outputBytes: Int = 0,
    ports: Element.Ports? = nil, overhead: StatedSeconds = .zero, measured: ExactRatio? = nil
  ) {
    self.computing = computing
    self.inputBytes = inputBytes
    self.weightBytes = weightBytes
    self.outputBytes = outputBytes
    self.ports = ports
    self.overhead = overhead
    self.measured = measured
  }

  /// What bounds the time of a block: the largest term.
  package enum Bound: String, Hashable, Sendable, CaseIterable {
    case computation, inputs, weights, outputs
    /// The bytes of all ports together, where they share one link.
    case link
    /// The time was measured, not computed.
    case measurement
    /// The block takes no time.
    case nothing
  }

  /// How long a block takes.
  package struct Time: Hashable, Sendable {
    private let exact: ExactRatio
    private let overhead: StatedSeconds
    /// The exact time rounded up, once; the most there are where it does not fit.
    package let ticks: Int64
    /// The term of the roofline that bounds the time.
    package let bound: Bound

    init(_ seconds: ExactRatio, adding overhead: StatedSeconds = .zero, _ bound: Bound) {
      let extra = overhead == .zero ? ExactRatio.zero : overhead.ratio
      (exact, self.overhead) = (seconds, overhead)
      ticks = seconds.ticks(adding: extra)
      self.bound = bound
    }

    /// For reports, the nearest binary number; found when it is asked for, as most ask for ticks.
    package var seconds: Seconds { Seconds(exact.value + overhead.value) }
  }

  /// The time, and what it is spent on.
  ///
  /// - Parameters:
  ///   - copied: Bytes of the inputs that do not stream, as they are copied before.
  ///   - written: Bytes of the results that do not stream, as they are copied behind it.
  package func time(withoutInputs copied: Int = 0, outputs written: Int = 0) -> Time {
    if let measured { return Time(measured, .measurement) }
    var seconds = computing
    var bound: Bound = computing > .zero ? .computation : .nothing
    func consider(_ bytes: UInt128, _ port: Element.Port, _ kind: Bound) {
      guard bytes > 0, let bandwidth = port.bandwidth else { return }
      let time = ExactRatio(bytes, over: bandwidth.number)
      if time > seconds { (seconds, bound) = (time, kind) }
    }
    if let ports {
      let inputs = UInt128(max(0, inputBytes - copied))
      let weights = UInt128(max(0, weightBytes))
      let outputs = UInt128(max(0, outputBytes - written))
      if ports.shared {
        consider(inputs + weights + outputs, ports.activationsIn, .link)
      } else {
        consider(inputs, ports.activationsIn, .inputs)
        consider(weights, ports.weightsIn, .weights)
        consider(outputs, ports.outputOut, .outputs)
      }
    }
    return bound == .nothing ? Time(.zero, .nothing) : Time(seconds, adding: overhead, bound)
  }
}
