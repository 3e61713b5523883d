package import Quantities

/// A connection that carries bytes between elements and memories; all that use it share it.
package struct Link: Hashable, Sendable {
  /// The name of the link.
  package let name: String
  /// The bytes per second that the link carries.
  package let bandwidth: BytesPerSecond
  /// The time from the request for a transfer to its first byte.
  package let latency: StatedSeconds
  /// The energy to move one byte, in joules.
  package let energyPerByte: Joules
  /// The memories between which the link carries copies; elements name the link in their ports.
  package let memories: [MemoryID]
  /// Where its figures come from.
  package let origin: FigureOrigin

  /// A link between memories; without any, one of ports alone.
  package init(
    name: String, bandwidth: BytesPerSecond, latency: StatedSeconds = .zero,
    energyPerByte: Joules = .zero, memories: [MemoryID] = [], origin: FigureOrigin = .unstated
  ) {
    self.name = name
    self.bandwidth = bandwidth
    self.latency = latency
    self.energyPerByte = energyPerByte
    self.memories = memories
    self.origin = origin
  }
}
