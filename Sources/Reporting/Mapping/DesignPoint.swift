package import Figures
import PlatformModel
import Simulation

/// A mapping of a front with what a report says of it.
package struct DesignPoint: Sendable {
  /// A name beside its number, for instance `fastest`; it may be empty.
  package var name: String
  /// The value of each objective of the search.
  package var objectives: [Double]
  package var measures: Measures
  /// A sentence on what bounds the period.
  package var bound: String
  /// A sentence on what would relax that bound.
  package var relaxation: String
  /// Requirements and capacities that it does not keep; none when it is feasible.
  package var violations: [String]
  /// The files of the point.
  package var files: [HTMLReport.File]
  /// What a part of its own in the report shows; a point without is a row of the table alone.
  package var details: PointDetails?

  package init(
    name: String = "", objectives: [Double], measures: Measures, bound: String = "",
    relaxation: String = "", violations: [String] = [], files: [HTMLReport.File] = [],
    details: PointDetails? = nil
  ) {
    self.name = name
    self.objectives = objectives
    self.measures = measures
    self.bound = bound
    self.relaxation = relaxation
    self.violations = violations
    self.files = files
    self.details = details
  }
}

extension DesignPoint {
  /// What was measured, in SI units; what is not known is nothing.
  package struct Measures: Hashable, Sendable {
    package var period: Double?
    /// Whether the period is that of an exact repeat, or else a mean over many inferences.
    package var isExact: Bool
    /// By how many seconds a mean may be off.
    package var periodUncertainty: Double
    package var latency: Double?
    /// Joules of one inference.
    package var dynamicEnergy: Double?
    package var staticEnergy: Double?
    package var transferEnergy: Double?
    package var averagePower: Double?
    package var peakPower: Double?
    package var cost: Double?
    package var memories: [Memory]

    package init(
      period: Double? = nil, isExact: Bool = true, periodUncertainty: Double = 0,
      latency: Double? = nil,
      dynamicEnergy: Double? = nil, staticEnergy: Double? = nil, transferEnergy: Double? = nil,
      averagePower: Double? = nil, peakPower: Double? = nil, cost: Double? = nil,
      memories: [Memory] = []
    ) {
      self.period = period
      self.isExact = isExact
      self.periodUncertainty = periodUncertainty
      self.latency = latency
      self.dynamicEnergy = dynamicEnergy
      self.staticEnergy = staticEnergy
      self.transferEnergy = transferEnergy
      self.averagePower = averagePower
      self.peakPower = peakPower
      self.cost = cost
      self.memories = memories
    }

    package var throughput: Double? { period.flatMap { $0 > 0 ? 1 / $0 : nil } }

    /// The sum of the energies that are known.
    package var energy: Double? {
      let parts = [dynamicEnergy, staticEnergy, transferEnergy].compactMap { $0 }
      return parts.isEmpty ? nil : parts.reduce(0, +)
    }

    /// The bytes in all memories.
    package var memory: Double? {
      memories.isEmpty ? nil : memories.reduce(0) { $0 + $1.bytes }
    }
  }

  /// A memory with what lies in it.
  package struct Memory: Hashable, Sendable {
    package var name: String
    package var bytes: Double
    package var capacity: Double?

    package init(_ name: String, bytes: Double, capacity: Double? = nil) {
      self.name = name
      self.bytes = bytes
      self.capacity = capacity
    }
  }
}
