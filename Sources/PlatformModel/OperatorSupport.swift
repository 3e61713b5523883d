import Quantities

/// One line of what an element can compute: a pattern, how fast, and with which widths.
package struct OperatorSupport: Hashable, Sendable {
  package let pattern: OperatorPattern
  /// The peak rate; a multiply-accumulate counts as two operations.
  package let rate: OperationsPerSecond
  /// The width of an activation in bits.
  package let activationBits: Int
  /// The width of a weight in bits.
  package let weightBits: Int

  package init(
    pattern: OperatorPattern, rate: OperationsPerSecond, activationBits: Int, weightBits: Int
  ) {
    self.pattern = pattern
    self.rate = rate
    self.activationBits = activationBits
    self.weightBits = weightBits
  }
}
