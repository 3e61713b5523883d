package import MappingModel
import Quantities

/// The numbers of a placement that a search compares; those that were not requested are 0.
package struct Measures: Hashable, Sendable {
  /// The time between two inferences in seconds.
  package var period = 0.0
  /// The time of one inference alone on the idle platform in seconds.
  package var latency = 0.0
  /// The energy of one inference in joules.
  package var energy = 0.0
  /// The energy of one inference over the period, in watts.
  package var power = 0.0
  /// The bytes of weights and channels in all memories.
  package var memory = 0.0
  /// The price of the elements in use.
  package var cost = 0.0
  /// Whether the period is that of an exact repeat.
  package var isExact = true
  /// By how many seconds the period of a longer execution may differ.
  package var periodUncertainty = 0.0
  /// How far limits are exceeded; 0 where the placement is feasible.
  package var violation = 0.0
  /// Whether limits are exceeded at one end only of what the period may be.
  package var isUndecided = false

  /// The measures of a feasible placement, all of them 0.
  package init() {}

  /// The value of an objective, in the unit of its property.
  package subscript(objective: Objective) -> Double {
    switch objective {
    case .period: period
    case .latency: latency
    case .energy: energy
    case .power: power
    case .memory: memory
    case .cost: cost
    }
  }
}

/// Which numbers a search needs.
package struct MeasureOptions: Hashable, Sendable {
  /// Whether a row of inferences is executed for the period, energy and power.
  package var findsPeriod: Bool
  /// Whether one inference is executed alone for the latency.
  package var findsLatency: Bool
  /// How long an execution takes where the state does not repeat.
  package var extent: ExecutionExtent

  /// The numbers to find, by default with an execution until the period settles.
  package init(
    findsPeriod: Bool = true, findsLatency: Bool = true, extent: ExecutionExtent = .settled
  ) {
    self.findsPeriod = findsPeriod
    self.findsLatency = findsLatency
    self.extent = extent
  }

  /// The numbers to find, with an execution of a fixed number of inferences.
  package init(findsPeriod: Bool = true, findsLatency: Bool = true, inferences: Int) {
    self.init(
      findsPeriod: findsPeriod, findsLatency: findsLatency, extent: .inferences(inferences))
  }
}
