package import Quantities

/// The figures of a mapping of a problem, as the simulation finds them.
package struct Evaluation: Hashable, Sendable {
  /// The time between two inferences; nil where execution ends in a deadlock.
  package var period: Seconds?
  /// Whether the period is that of an exact repeat, not a mean over the later inferences; false where
  /// there is none.
  package var isExact: Bool
  /// By how much the period of a longer execution may differ from the mean; 0 where it is exact.
  ///
  /// An estimate that holds for at least 99 of 100 mappings, as measured on random ones of real networks.
  package var periodUncertainty: Seconds = .zero
  /// The time of one inference alone on the idle platform; nil in a deadlock.
  package var latency: Seconds?
  /// Time × active power of all blocks.
  package var dynamicEnergy: Joules
  /// Period × idle power of the elements in use.
  package var staticEnergy: Joules
  /// Bytes × energy per byte of the links that they pass.
  package var transferEnergy: Joules
  /// The highest sum of active powers and of the idle powers of elements in use at one instant;
  /// nil where it was not measured.
  package var peakPower: Watts?
  /// The price of the elements in use.
  package var cost: Double
  /// The bytes of weights and channels, memory by memory.
  package var memories: [MemoryUse]
  /// How much of a period each element, link and memory is busy.
  package var loads: [Load]
  /// What keeps the period from being shorter.
  package var bound: PeriodBound
  /// Why the mapping is not feasible; empty where it is.
  package var violations: [Violation]

  /// An evaluation from its figures; without a period it counts as not exact.
  package init(
    period: Seconds?, isExact: Bool, latency: Seconds?, dynamicEnergy: Joules,
    staticEnergy: Joules, transferEnergy: Joules, peakPower: Watts?, cost: Double,
    memories: [MemoryUse], loads: [Load], bound: PeriodBound, violations: [Violation]
  ) {
    self.period = period
    self.isExact = isExact && period != nil
    self.latency = latency
    self.dynamicEnergy = dynamicEnergy
    self.staticEnergy = staticEnergy
    self.transferEnergy = transferEnergy
    self.peakPower = peakPower
    self.cost = cost
    self.memories = memories
    self.loads = loads
    self.bound = bound
    self.violations = violations
  }

  /// The bytes in one memory.
  package struct MemoryUse: Hashable, Sendable {
    /// The name of the memory.
    package var name: String
    /// The bytes of weights and channels in it.
    package var bytes: Int
    /// The bytes that fit; nil where there is no limit.
    package var capacity: Int?

    /// The bytes in a memory; a capacity of nil means that it has no limit.
    package init(name: String, bytes: Int, capacity: Int?) {
      (self.name, self.bytes, self.capacity) = (name, bytes, capacity)
    }
  }

  /// How long an element, link or memory is busy.
  package struct Load: Hashable, Sendable {
    /// The name of the element, link or memory.
    package var name: String
    /// Which of the three has this name.
    package var kind: Kind
    /// The time for which one inference keeps it busy.
    package var seconds: Seconds

    /// The kind of resource that is busy.
    package enum Kind: String, Hashable, Sendable { case element, link, memory }

    /// The busy time of a resource in one inference.
    package init(name: String, kind: Kind, seconds: Seconds) {
      (self.name, self.kind, self.seconds) = (name, kind, seconds)
    }
  }
}

/// What bounds the period of a mapping.
package enum PeriodBound: Hashable, Sendable {
  /// The named element, link or memory is busy all the time.
  case load(Evaluation.Load.Kind, name: String)
  /// The named element, link or memory is busy nearly all the time: the mean is of too few inferences to tell whether it
  /// bounds the period, or whether blocks wait.
  case loadOrDependency(Evaluation.Load.Kind, name: String)
  /// Nothing is busy all the time: blocks wait for one another, for room in channels, or for links.
  case dependency
  /// Nothing takes time, or nothing goes on.
  case nothing
}

extension Evaluation {
  /// The same with another period within the uncertainty.
  func atPeriod(_ other: Seconds) -> Evaluation {
    guard let period, period > .zero else { return self }
    var evaluation = self
    evaluation.period = other
    evaluation.staticEnergy = Joules(staticEnergy.value * (other.value / period.value))
    return evaluation
  }

  /// The ends between which the period of a longer execution lies, one where it is exact.
  var ends: [Evaluation] {
    guard let period, periodUncertainty > .zero else { return [self] }
    let least = max(0, period.value - periodUncertainty.value)
    return [atPeriod(Seconds(least)), atPeriod(period + periodUncertainty)]
  }

  /// The energy of one inference; nil in a deadlock.
  package var energy: Joules? {
    period == nil ? nil : dynamicEnergy + staticEnergy + transferEnergy
  }

  /// Energy over period; nil in a deadlock, and where nothing takes time.
  package var power: Watts? {
    guard let energy, let period, period > .zero else { return nil }
    return energy / period
  }

  /// The inferences per second; nil in a deadlock, and where nothing takes time.
  package var throughput: Double? {
    period.flatMap { $0 > .zero ? 1 / $0.value : nil }
  }

  /// The bytes in all memories.
  package var memoryBytes: Int { memories.reduce(0) { $0 + $1.bytes } }

  /// The blocks that wait for ever, and for which channels; nil where the execution goes on.
  package var waiting: [Violation.Waiting]? {
    for case .deadlock(let waiting) in violations { return waiting }
    return nil
  }

  /// The bound of the period as reports name it; `deadlock` where there is no period.
  package var boundName: String { waiting == nil ? bound.description : "deadlock" }

  /// Whether the mapping breaks no limit.
  package var isFeasible: Bool { violations.isEmpty }

  /// The value of an objective, infinite where there is none.
  package subscript(objective: Objective) -> Double {
    switch objective {
    case .period: period?.value ?? .infinity
    case .latency: latency?.value ?? .infinity
    case .energy: energy?.value ?? .infinity
    case .power: power?.value ?? (period == nil ? .infinity : 0)
    case .memory: Double(memoryBytes)
    case .cost: cost
    }
  }
}

extension PeriodBound: CustomStringConvertible {
  /// The bound as reports name it: `link dma`, `dependency`.
  package var description: String {
    switch self {
    case .load(let kind, let name): "\(kind.rawValue) \(name)"
    case .loadOrDependency(let kind, let name): "\(kind.rawValue) \(name) or dependency"
    case .dependency: "dependency"
    case .nothing: "nothing"
    }
  }
}
