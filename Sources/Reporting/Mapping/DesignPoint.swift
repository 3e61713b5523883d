package import Figures
import PlatformModel
import Simulation

/// A mapping of a front with what a report says of it.
package struct DesignPoint: Sendable {
  /// A name beside its number, for instance `fastest`; it may be empty.
  package var name: String
  /// The value of each objective of the search.
  package var objectives: [Double]
  /// The measures of its execution.
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

  /// A point; what is left out is empty.
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
  /// What was measured, in SI units; nil for what is not known.
  package struct Measures: Hashable, Sendable {
    /// The seconds between two inferences; nil in a deadlock.
    package var period: Double?
    /// Whether the period is that of an exact repeat, or else a mean over many inferences.
    package var isExact: Bool
    /// By how many seconds a mean may be off.
    package var periodUncertainty: Double
    /// The seconds of one inference alone on the idle platform; nil in a deadlock.
    package var latency: Double?
    /// The joules that computing takes in one inference.
    package var dynamicEnergy: Double?
    /// The joules of the idle power of the elements in use over one period.
    package var staticEnergy: Double?
    /// The joules of the transfers of one inference.
    package var transferEnergy: Double?
    /// The average power in watts.
    package var averagePower: Double?
    /// The highest power at one instant in watts.
    package var peakPower: Double?
    /// The cost of the elements in use, in the unit of the platform file.
    package var cost: Double?
    /// The memories, each with the bytes in it.
    package var memories: [Memory]

    /// Measures in SI units.
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

    /// The inferences per second; nil where the period is not known or 0.
    package var throughput: Double? { period.flatMap { $0 > 0 ? 1 / $0 : nil } }

    /// The joules of one inference: the sum of the energies that are known; nil where none is.
    package var energy: Double? {
      let parts = [dynamicEnergy, staticEnergy, transferEnergy].compactMap { $0 }
      return parts.isEmpty ? nil : parts.reduce(0, +)
    }

    /// The bytes in all memories; nil where no memory is listed.
    package var memory: Double? {
      memories.isEmpty ? nil : memories.reduce(0) { $0 + $1.bytes }
    }
  }

  /// A memory with what lies in it.
  package struct Memory: Hashable, Sendable {
    /// The name of the memory.
    package var name: String
    /// The bytes of weights and channels in it.
    package var bytes: Double
    /// The bytes that fit into it; nil where that is no limit.
    package var capacity: Double?

    /// A memory with its bytes, and its capacity where it has one.
    package init(_ name: String, bytes: Double, capacity: Double? = nil) {
      self.name = name
      self.bytes = bytes
      self.capacity = capacity
    }
  }
}
