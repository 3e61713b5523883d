package import Quantities

/// A memory that elements compute from and that channels lie in.
package struct Memory: Hashable, Sendable {
  /// The name of the memory.
  package let name: String
  /// The size in bytes.
  package let capacity: Int
  /// The bytes per second that the memory moves in all, or nil where the platform states no limit.
  package let bandwidth: BytesPerSecond?
  /// Where its figures come from.
  package let origin: FigureOrigin

  /// A memory; without a bandwidth it is never the limit.
  package init(
    name: String, capacity: Int, bandwidth: BytesPerSecond? = nil, origin: FigureOrigin = .unstated
  ) {
    self.name = name
    self.capacity = capacity
    self.bandwidth = bandwidth
    self.origin = origin
  }
}
