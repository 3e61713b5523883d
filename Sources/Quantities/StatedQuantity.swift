/// A number with a unit exactly as it was stated: what times are computed from.
///
/// `Kind` is an empty marker type that names the unit, as ``BytesPerSecondKind`` for ``BytesPerSecond``.
package struct StatedQuantity<Kind>: Hashable, Sendable {
  /// The number, in the unit that `Kind` names.
  package let number: DecimalNumber

  /// A quantity of an exact number of units.
  package init(exact number: DecimalNumber) { self.number = number }

  /// A quantity of the shortest decimal number that is nearest to a binary one.
  ///
  /// - Precondition: The value is finite.
  package init(_ value: Double) {
    guard let number = DecimalNumber(value) else { preconditionFailure("\(value) is no quantity") }
    self.number = number
  }

  /// The quantity 0.
  package static var zero: Self { Self(exact: .zero) }

  /// The nearest binary number.
  package var value: Double { number.value }
}

extension StatedQuantity: Comparable {
  /// Compares the exact numbers.
  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension StatedQuantity where Kind == SecondsKind {
  /// The seconds as a fraction.
  package var ratio: ExactRatio { number.ratio ?? .excessive }
}
