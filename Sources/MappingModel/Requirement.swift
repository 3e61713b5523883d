import Quantities

/// A limit that the user sets, as `throughput>=30` or `latency<=50ms`.
package struct Requirement: Hashable, Sendable {
  package var quantity: Quantity
  /// Whether the value must be at least the limit, not at most.
  package var isLowerLimit: Bool
  /// The limit in base units.
  package var limit: Double

  /// What can be limited.
  package enum Quantity: String, Hashable, Sendable, CaseIterable {
    case period, throughput, latency, energy, power
    case peakPower = "peak_power"
    case memory, cost
  }

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
  /// Reads limits that are separated by commas.
  ///
  /// - Throws: ``RequirementError`` naming the part that says nothing.
  package static func list(_ text: String) throws(RequirementError) -> [Requirement] {
    var list: [Requirement] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      list.append(try Requirement(String(part)))
    }
    return list
  }

  /// Reads one limit.
  package init(_ text: String) throws(RequirementError) {
    let parts = text.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: { "<>≤≥=".contains($0) })
    guard parts.count == 2, let sign = text.first(where: { "<>≤≥=".contains($0) }), sign != "="
    else { throw RequirementError(text: text, expected: "as latency<=50ms") }
    let name = parts[0].trimmed
    guard let quantity = Quantity(rawValue: name) else {
      throw RequirementError(
        text: text,
        expected: "one of " + Quantity.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let value = (parts[1].first == "=" ? parts[1].dropFirst() : parts[1]).trimmed
    // A plain number has the digits that one with a unit has: no hexadecimal ones, no "inf".
    let isDecimal = value.allSatisfy { "0123456789.+-eE".contains($0) }
    let plain = isDecimal ? Double(value) : nil
    guard let limit = quantity.units.map({ $0.value(of: value) }) ?? plain,
      limit.isFinite, limit >= 0
    else {
      throw RequirementError(
        text: text, expected: quantity.units?.expectation ?? "a number of at least 0")
    }
    self.init(quantity, isLowerLimit: sign == ">" || sign == "≥", limit)
  }

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

  /// A value of the quantity for people.
  package func text(_ value: Double) -> String {
    quantity.units.map { $0.rounded(value) } ?? "\(value)"
  }
}

extension Requirement: CustomStringConvertible {
  package var description: String {
    "\(quantity.rawValue) \(isLowerLimit ? "≥" : "≤") \(text(limit))"
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
