import Foundation

/// The power of a processor by its clock frequency: α·*f*^*b* watts while it works, and β watts all
/// the time.
///
/// Source: the model of the DARTS tool for hard real-time dataflow, with its constants for an Odroid
/// XU3.
package struct PowerModel: Hashable, Sendable {
  /// The factor α in watts per MHz^*b*.
  package let coefficient: Double
  /// The exponent *b* of the clock frequency.
  package let exponent: Double
  /// The idle power β in watts.
  package let idle: Double

  /// Makes a model; nil for values that are negative or not finite.
  package init?(coefficient: Double, exponent: Double, idle: Double) {
    guard [coefficient, exponent, idle].allSatisfy({ $0.isFinite && $0 >= 0 }) else { return nil }
    (self.coefficient, self.exponent, self.idle) = (coefficient, exponent, idle)
  }

  private init(odroid coefficient: Double, _ exponent: Double, _ idle: Double) {
    (self.coefficient, self.exponent, self.idle) = (coefficient, exponent, idle)
  }

  /// The model of a processor of an Odroid XU3.
  package static let odroidXU3 = PowerModel(odroid: 3.03e-9, 2.621, 0.155)

  /// The watts that a processor takes while it works, beyond those of the idle one.
  package func active(megahertz: Double) -> Double { coefficient * pow(megahertz, exponent) }

  /// The mean power of a strictly periodic schedule: each processor works as often as its tasks ask.
  ///
  /// - Parameter processors: How many are switched on.
  package func power(
    of schedule: StrictlyPeriodicSchedule, on processors: Int, megahertz: Double
  ) -> (active: Double, idle: Double) {
    (schedule.utilization * active(megahertz: megahertz), Double(processors) * idle)
  }
}
