package import Quantities

extension Element {
  /// One way for bytes in or out of an element.
  package struct Port: Hashable, Sendable {
    /// The bytes per second that pass, or nil for no limit.
    package let bandwidth: BytesPerSecond?
    /// The link behind the port, or nil where the platform names none.
    package let link: LinkID?

    /// A port; without a bandwidth it is never the limit.
    package init(bandwidth: BytesPerSecond? = nil, link: LinkID? = nil) {
      self.bandwidth = bandwidth
      self.link = link
    }
  }

  /// The ports of an element, one per role.
  package struct Ports: Hashable, Sendable {
    /// Where it reads activations.
    package let activationsIn: Port
    /// Where it reads weights.
    package let weightsIn: Port
    /// Where it writes results.
    package let outputOut: Port
    /// Whether the platform states that the three ports share one link, so that the bytes of all of
    /// them add before they are divided by a bandwidth.
    package let shared: Bool

    /// The three ports; those left out are no limit.
    package init(
      activationsIn: Port = Port(), weightsIn: Port = Port(), outputOut: Port = Port(),
      shared: Bool = false
    ) {
      self.activationsIn = activationsIn
      self.weightsIn = weightsIn
      self.outputOut = outputOut
      self.shared = shared
    }
  }
}
