/// What tells a constant of a model from all others: a name that nothing else in the model has, and what
/// was converted and cut out of what has it.
///
/// A text made of these would not do: files call their constants as they like, also `w_0_16`.
package struct TensorIdentity: Hashable, Sendable {
  /// The name of a constant of the model.
  package var name: String
  /// The element types that it was converted to, one after the other.
  var conversions: [ElementType] = []
  /// The ranges that were cut out, one after the other.
  var cuts: [Cut] = []

  /// A range of the indices of an axis.
  struct Cut: Hashable {
    var axis: Int
    var range: Range<Int>
  }

  /// An identity by name.
  package init(_ name: String) { self.name = name }

  /// A text to name it by, which others may have too.
  package var text: String {
    cuts.reduce(name) { "\($0)_\($1.range.lowerBound)_\($1.range.upperBound)" }
  }

  /// What it is in another element type.
  func converted(to elementType: ElementType) -> TensorIdentity {
    var copy = self
    copy.conversions.append(elementType)
    return copy
  }

  /// A range of it along an axis.
  func cut(axis: Int, _ range: Range<Int>) -> TensorIdentity {
    var copy = self
    copy.cuts.append(Cut(axis: axis, range: range))
    return copy
  }
}
