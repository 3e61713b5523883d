package import Dataflow
import Foundation

/// The power and the energy of a strictly periodic schedule.
package struct PowerSummary: Encodable, Sendable {
  /// How power follows from the clock, and how long a tick is.
  package struct Options: Sendable {
    /// The power of a processor as a function of its clock.
    package var model: PowerModel
    /// The clock of all processors in MHz.
    package var megahertz: Double
    /// The length of a tick; without one it is a cycle of the clock.
    package var secondsPerTick: Double?

    /// A power model with a clock; without `secondsPerTick` a tick is a cycle of that clock.
    package init(model: PowerModel, megahertz: Double, secondsPerTick: Double? = nil) {
      (self.model, self.megahertz, self.secondsPerTick) = (model, megahertz, secondsPerTick)
    }
  }

  /// The clock in MHz.
  package var megahertz: Double
  /// The mean power of the work in watts.
  package var activeWatts: Double
  /// The power in watts that all processors draw at all times.
  package var idleWatts: Double
  /// The seconds of a tick, or of the unit that a graph file's times are in.
  package var secondsPerTick: Double
  /// The energy of an iteration in joules.
  package var joulesPerIteration: Double

  init(_ schedule: StrictlyPeriodicSchedule, of graph: CSDFGraph, options: Options) {
    megahertz = options.megahertz
    let power = options.model.power(
      of: schedule, on: schedule.processors, megahertz: options.megahertz)
    (activeWatts, idleWatts) = power
    secondsPerTick = options.secondsPerTick ?? 1e-6 / options.megahertz
    joulesPerIteration =
      (power.active + power.idle) * secondsPerTick
      * graph.time(schedule.iterationPeriod).doubleValue
  }

  func text() -> String {
    "\(watts(activeWatts)) W for the work, \(watts(idleWatts)) W idle; "
      + "\(watts(joulesPerIteration)) J an iteration"
  }

  private func watts(_ value: Double) -> String { String(format: "%.4g", value) }
}
