/// A number with a unit: quantities of one kind add and compare, quantities of different kinds do not mix.
///
/// `Kind` is an empty marker type that names the unit, as ``SecondsKind`` for ``Seconds``.
package struct Quantity<Kind>: Hashable, Comparable, Sendable, AdditiveArithmetic {
  /// The number, in the unit that `Kind` names.
  package var value: Double

  /// A quantity of `value` units.
  package init(_ value: Double) { self.value = value }

  /// The quantity 0.
  package static var zero: Self { Self(0) }
  /// The sum.
  package static func + (left: Self, right: Self) -> Self { Self(left.value + right.value) }
  /// The difference.
  package static func - (left: Self, right: Self) -> Self { Self(left.value - right.value) }
  /// Compares the numbers.
  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
  /// A quantity times a plain number.
  package static func * (left: Self, right: Double) -> Self { Self(left.value * right) }
  /// A quantity over a plain number.
  package static func / (left: Self, right: Double) -> Self { Self(left.value / right) }
  /// The ratio of two quantities of one kind, a plain number.
  package static func / (left: Self, right: Self) -> Double { left.value / right.value }
}

/// Times, in seconds.
package enum SecondsKind {}
/// Energies, in joules.
package enum JoulesKind {}
/// Powers, in watts.
package enum WattsKind {}
/// Bandwidths, in bytes per second.
package enum BytesPerSecondKind {}
/// Rates of computing, in operations per second.
package enum OperationsPerSecondKind {}

/// A duration in seconds, computed.
package typealias Seconds = Quantity<SecondsKind>
/// A duration in seconds, as it is written.
package typealias StatedSeconds = StatedQuantity<SecondsKind>
/// An energy in joules.
package typealias Joules = Quantity<JoulesKind>
/// A power in watts.
package typealias Watts = Quantity<WattsKind>
/// A bandwidth in bytes per second, as it is written.
package typealias BytesPerSecond = StatedQuantity<BytesPerSecondKind>
/// A computing rate in operations per second, as it is written; a multiply-accumulate counts as two.
package typealias OperationsPerSecond = StatedQuantity<OperationsPerSecondKind>

extension Quantity where Kind == WattsKind {
  /// The energy of this power over a duration.
  package static func * (power: Watts, time: Seconds) -> Joules { Joules(power.value * time.value) }
}

extension Quantity where Kind == JoulesKind {
  /// The average power of an energy over a duration.
  package static func / (energy: Joules, time: Seconds) -> Watts {
    Watts(energy.value / time.value)
  }
}
