import Quantities

/// A connection that carries bytes between an element and a memory, or between memories.
package struct Link: Hashable, Sendable {
  package let name: String
  /// The bytes per second that the link carries.
  package let bandwidth: BytesPerSecond
  /// The time from the request for a transfer to its first byte.
  package let latency: Seconds
  /// The energy to move one byte, in joules.
  package let energyPerByte: Joules

  package init(
    name: String, bandwidth: BytesPerSecond, latency: Seconds = .zero,
    energyPerByte: Joules = .zero
  ) {
    self.name = name
    self.bandwidth = bandwidth
    self.latency = latency
    self.energyPerByte = energyPerByte
  }
}
