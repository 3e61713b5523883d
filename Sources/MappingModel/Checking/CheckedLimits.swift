import PlatformModel

/// Whether found figures keep the limits that a mapping is held against.
///
/// Written for ``MappingChecker`` alone, like ``CheckedAccount``.
struct CheckedLimits {
  private let limits: MappingChecker.Limits
  private let checker: MappingChecker
  private let account: CheckedAccount

  init(_ limits: MappingChecker.Limits, _ checker: MappingChecker, _ account: CheckedAccount) {
    (self.limits, self.checker, self.account) = (limits, checker, account)
  }

  /// The limits that are broken, in words.
  ///
  /// - Parameter uncertainty: By how many seconds the period may be off; limits hold at both ends.
  func broken(by figures: MappingChecker.Figures, uncertainty: Double) -> [String] {
    guard figures.isLive else { return ["it does not go on"] }
    var broken = figures.memories.indices.compactMap { memory -> String? in
      guard let limit = account.capacity(memory), figures.memories[memory] > limit else {
        return nil
      }
      return "\(figures.memories[memory]) bytes in a memory of \(limit)"
    }
    if limits.localMemory { broken += overfullElements() }
    var ends = [figures]
    if uncertainty > 0 {
      ends = [-uncertainty, uncertainty].map { figures.at(period: max(0, figures.period + $0)) }
    }
    return broken
      + limits.requirements.filter { requirement in
        ends.contains { end in
          let value = Self.value(requirement.quantity, end)
          return requirement.isLowerLimit ? value < requirement.limit : value > requirement.limit
        }
      }.map(\.description)
  }

  /// The streaming elements whose weights do not fit their own memories.
  private func overfullElements() -> [String] {
    checker.problem.platform.elements.enumerated().compactMap { index, element in
      guard element.type.access == .streamed, let limit = element.type.localMemory else {
        return nil
      }
      let bytes = weights(on: index)
      return bytes > limit ? "\(bytes) bytes of weights on \(element.name)" : nil
    }
  }

  private func weights(on element: Int) -> Int {
    let problem = checker.problem
    var (bytes, seen) = (0, Set<Int>())
    for (block, place) in checker.placement.elements.enumerated() where place == element {
      bytes += problem.uses[block][element]?.weightBytes ?? 0
      guard block < problem.sharedWeights.uses.count else { continue }
      for use in problem.sharedWeights.uses[block] where !seen.insert(use.tensor).inserted {
        bytes -= use.bytes[element]
      }
    }
    return bytes
  }

  private static func value(
    _ quantity: Requirement.Quantity, _ figures: MappingChecker.Figures
  ) -> Double {
    switch quantity {
    case .period: figures.period
    case .throughput: figures.period > 0 ? 1 / figures.period : .infinity
    case .latency: figures.latency
    case .energy: figures.energy
    case .power: figures.power
    case .peakPower: figures.peakPower
    case .memory: Double(figures.memories.reduce(0, +))
    case .cost: figures.cost
    }
  }
}
