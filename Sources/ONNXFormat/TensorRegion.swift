/// What of a constant lies in memory for a tensor: a box of the stored values.
package struct TensorRegion: Hashable, Sendable {
  /// The constant whose values these are, in the element type in which they lie there.
  package var identity: TensorIdentity
  /// The range of the indices of each of its axes.
  package var box: [Range<Int>]

  /// All of a constant.
  package init(_ identity: TensorIdentity, shape: [Int]) {
    self.identity = identity
    box = shape.map { 0..<$0 }
  }

  /// The number of its values.
  package var count: Int { box.reduce(1) { $0 * $1.count } }
}

/// How a tensor sees the values that lie in memory for it: in which order of axes, which ranges of them.
struct TensorView: Sendable {
  /// What it sees.
  private(set) var region: TensorRegion
  /// For each axis of the tensor that of the region which it runs along, nil for one of a single index;
  /// nil as a whole where the axes are others, as in another shape.
  private var axes: [Int?]?

  /// All of a constant, as it lies there.
  init(_ identity: TensorIdentity, shape: [Int]) {
    region = TensorRegion(identity, shape: shape)
    axes = Array(shape.indices)
  }

  /// The same values in another element type.
  func converted(to elementType: ElementType) -> TensorView {
    var view = self
    view.region.identity = region.identity.converted(to: elementType)
    return view
  }

  /// The same values with axis `order[n]` as axis *n*.
  func transposed(_ order: [Int]) -> TensorView {
    var view = self
    view.axes = axes.map { axes in order.map { axes[$0] } }
    return view
  }

  /// The same values in another shape, in which only axes of a single index may come and go for the
  /// axes to stay known.
  func reshaped(from old: [Int], to shape: [Int]) -> TensorView {
    var view = self
    view.axes = axes.flatMap { axes in
      guard old.filter({ $0 != 1 }) == shape.filter({ $0 != 1 }) else { return nil }
      var left = old.indices.filter { old[$0] != 1 }.map { axes[$0] }[...]
      return shape.map { $0 == 1 ? nil : left.removeFirst() }
    }
    return view
  }

  /// A range of the values along an axis of the tensor; nil where it is no box of what lies there.
  func sliced(axis: Int, _ range: Range<Int>) -> TensorView? {
    guard let along = axes?[axis] else { return nil }
    var view = self
    let start = region.box[along].lowerBound
    view.region.box[along] = (start + range.lowerBound)..<(start + range.upperBound)
    return view
  }
}
