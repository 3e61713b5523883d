package import Quantities

/// One line of what an element can compute: a pattern, how fast, and with which widths.
package struct OperatorSupport: Hashable, Sendable {
  /// The operators that the entry is about.
  package let pattern: OperatorPattern
  /// The peak rate; a multiply-accumulate counts as two operations.
  package let rate: OperationsPerSecond
  /// The width of an activation in bits, or nil where the platform does not say.
  package let activationBits: Int?
  /// The width of a weight in bits, or nil where the platform does not say.
  package let weightBits: Int?
  /// The power while the element computes this; nil for the active power of the element.
  package let power: Watts?
  /// Where its figures come from.
  package let origin: FigureOrigin

  /// What a type says of some operators.
  package init(
    pattern: OperatorPattern, rate: OperationsPerSecond, activationBits: Int? = nil,
    weightBits: Int? = nil, power: Watts? = nil, origin: FigureOrigin = .unstated
  ) {
    self.pattern = pattern
    self.rate = rate
    self.activationBits = activationBits
    self.weightBits = weightBits
    self.power = power
    self.origin = origin
  }

  /// Whether the element computes this with values as wide as `bits`, or wider.
  func holds(bits: Int) -> Bool {
    (activationBits ?? .max) >= bits && (weightBits ?? .max) >= bits
  }
}
