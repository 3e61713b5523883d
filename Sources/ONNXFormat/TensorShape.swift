/// The type of a tensor: its element type and its dimensions.
package struct TensorType: Hashable, Sendable {
  /// The type of each element.
  package var elementType: ElementType
  /// The dimensions, outermost first; a scalar has none.
  package var shape: [Int]

  /// A type of elements in a shape.
  package init(_ elementType: ElementType, _ shape: [Int]) {
    self.elementType = elementType
    self.shape = shape
  }

  /// The number of elements.
  package var count: Int { shape.reduce(1, *) }

  /// The size in bytes.
  package var bytes: Int { elementType.bytes(count) }
}

extension TensorType {
  /// The place of an optional output that is left out: it has no elements.
  package static let omitted = TensorType(.float, [0])
}

/// The oldest operator set whose rules are known; nodes of older ones are put into its words.
package let oldestOperatorSet = 7

/// The newest operator set whose rules are known.
package let newestOperatorSet = 28

/// The largest number of elements a tensor may have here, so that bytes and operations stay far
/// from overflow.
package let largestElementCount: Int = 1 << 40

/// The number of elements of a shape, or nil where a dimension is negative or the product of those
/// that are not zero exceeds ``largestElementCount``, so that no partial product overflows.
package func checkedElementCount(_ shape: [Int]) -> Int? {
  if shape.contains(where: { $0 < 0 }) { return nil }
  var count = 1
  for dimension in shape where dimension > 0 {
    let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
    if overflow || product > largestElementCount { return nil }
    count = product
  }
  return shape.contains(0) ? 0 : count
}

/// Writes a shape as `1×3×224×224`.
package func describe(shape: [Int]) -> String {
  shape.isEmpty ? "scalar" : shape.map { "\($0)" }.joined(separator: "×")
}

extension TensorType {
  /// The type as readers see it: `1×3×224×224 float`.
  package var text: String { "\(describe(shape: shape)) \(elementType)" }
}
