package import Quantities

/// A memory that elements compute from and that channels lie in.
package struct Memory: Hashable, Sendable {
  package let name: String
  /// The size in bytes.
  package let capacity: Int
  /// The bytes per second that the memory moves in all, or nil where the platform states no limit.
  package let bandwidth: BytesPerSecond?
  package let origin: FigureOrigin

  package init(
    name: String, capacity: Int, bandwidth: BytesPerSecond? = nil, origin: FigureOrigin = .unstated
  ) {
    self.name = name
    self.capacity = capacity
    self.bandwidth = bandwidth
    self.origin = origin
  }
}
