package import Quantities

extension CoreType {
  /// How an element computes a block.
  package enum Support: Hashable, Sendable {
    /// In one go, by this entry of the list; only the block's first operator counts as work.
    case listed(OperatorSupport)
    /// One listed operator after another, each at the rate of the slowest of their entries; every
    /// operator counts as work.
    case separately(OperatorSupport)
    /// At least one operator is not listed and runs at the rate of the slowest entry of all, and
    /// the block with it; every operator counts as work.
    case fallback(OperatorSupport)
    /// Not at all.
    case unsupported

    /// The entry that gives the rate and the widths, or nil where the block is not supported.
    package var entry: OperatorSupport? {
      switch self {
      case .listed(let entry), .separately(let entry), .fallback(let entry): entry
      case .unsupported: nil
      }
    }

    /// The rate at which the block is computed, or nil where it is not supported.
    package var rate: OperationsPerSecond? { entry?.rate }
  }

  /// Says how this element computes the operators of one block, `["conv", "relu"]` for a fused one.
  ///
  /// Names are compared without case. Of the listed patterns that cover the block (see
  /// ``OperatorPattern/covers(_:)``) the fastest counts; of equally fast ones the shortest, then
  /// the first. Without such a pattern an accelerator does not support the block, while a processor
  /// runs it operator by operator at the slowest rate of its operators. Operators that only
  /// rearrange data run everywhere and are not asked for here: an empty block is unsupported.
  ///
  /// - Parameter bits: How wide the values are. Entries whose widths hold them go before all others;
  ///   where no entry is wide enough the widest count. Nil asks for the fastest of all.
  /// - Complexity: O(listed operators · operators of the block).
  package func support(for operators: [String], bits: Int? = nil) -> Support {
    guard let block = OperatorPattern(operators.joined(separator: "+")) else { return .unsupported }
    if let entry = fastestEntry(covering: block, bits) { return .listed(entry) }
    let runsAnything = kind == .processor || self.operators.contains { $0.pattern == .any }
    guard runsAnything, let slowest = self.operators.min(by: { $0.rate < $1.rate }) else {
      return .unsupported
    }
    let entries = block.operators.map { name in
      OperatorPattern(name).flatMap { fastestEntry(covering: $0, bits) }
    }
    let listed = entries.compactMap { $0 }
    guard listed.count == entries.count, let bound = listed.min(by: { $0.rate < $1.rate }) else {
      return .fallback(slowest)
    }
    return .separately(bound)
  }

  private func fastestEntry(covering block: OperatorPattern, _ bits: Int?) -> OperatorSupport? {
    var entries = operators.filter { $0.pattern.covers(block) }
    if let bits {
      let wide = entries.filter { $0.holds(bits: bits) }
      let widest = entries.compactMap(\.activationBits).max()
      entries = wide.isEmpty ? entries.filter { $0.activationBits == widest } : wide
    }
    return entries.min { left, right in
      left.rate == right.rate
        ? left.pattern.operators.count < right.pattern.operators.count : left.rate > right.rate
    }
  }
}
