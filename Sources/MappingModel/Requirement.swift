import Quantities

/// A limit that the user sets, as `throughput>=30` or `latency<=50ms`.
package struct Requirement: Hashable, Sendable {
  /// The quantity that is limited.
  package var quantity: Quantity
  /// Whether the value must be at least the limit, not at most.
  package var isLowerLimit: Bool
  /// The limit in the base unit of the quantity, as seconds, joules, watts or bytes.
  package var limit: Double

  /// The quantities that a requirement can limit.
  package enum Quantity: String, Hashable, Sendable, CaseIterable {
    case period, throughput, latency, energy, power
    case peakPower = "peak_power"
    case memory, cost
  }

  /// A limit of a quantity, in SI units.
  package init(_ quantity: Quantity, isLowerLimit: Bool, _ limit: Double) {
    (self.quantity, self.isLowerLimit, self.limit) = (quantity, isLowerLimit, limit)
  }
}

extension Requirement.Quantity {
  /// The units that limits are written in; nil for plain numbers.
  var units: UnitTable? {
    switch self {
    case .period, .latency: .time
    case .throughput: .frequency
    case .energy: .energy
    case .power, .peakPower: .power
    case .memory: .size
    case .cost: nil
    }
  }
}

extension Requirement {
  /// The value that an evaluation has for the quantity; nil where there is none.
  package func value(in evaluation: Evaluation) -> Double? {
    switch quantity {
    case .period: evaluation.period?.value
    case .throughput: evaluation.period.map { $0 > .zero ? 1 / $0.value : .infinity }
    case .latency: evaluation.latency?.value
    case .energy: evaluation.energy?.value
    case .power: evaluation.power?.value
    case .peakPower: evaluation.peakPower?.value
    case .memory: Double(evaluation.memoryBytes)
    case .cost: evaluation.cost
    }
  }

  /// The value that an evaluation has for the quantity at the unsafe end of what is not known exactly; nil where
  /// there is none.
  package func safeValue(in evaluation: Evaluation) -> Double? {
    let values = evaluation.ends.compactMap { value(in: $0) }
    return isLowerLimit ? values.min() : values.max()
  }

  /// By which share of the limit a value misses it; 0 where it is met.
  package func excess(of value: Double) -> Double {
    let missing = isLowerLimit ? limit - value : value - limit
    guard missing > 0 else { return 0 }
    return limit > 0 ? missing / limit : missing
  }

  /// A value of the quantity as readers see it, rounded and with its unit.
  package func text(_ value: Double) -> String {
    quantity.units.map { $0.rounded(value) } ?? "\(value)"
  }
}

extension Requirement: CustomStringConvertible {
  /// The quantity, the direction of the limit, and the limit with its unit: `latency ≤ 5 ms`.
  package var description: String {
    "\(quantity.rawValue) \(isLowerLimit ? "≥" : "≤") \(text(limit))"
  }
}
