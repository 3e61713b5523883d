/// What is known about a period: it is neither below `lower` nor above `upper`.
struct PeriodBounds {
  var lower: Fraction
  var upper: Fraction
  /// Whether it is proven that there is no deadlock.
  var isLive = true

  /// Whether the period is known exactly.
  var isExact: Bool { isLive && lower == upper }

  /// The bounds as a result.
  var outcome: Throughput.Outcome {
    isExact ? .periodic(lower) : .bounded(lower: lower, upper: upper)
  }

  /// Takes in another component: the slower of both sets the period.
  mutating func join(_ other: PeriodBounds) {
    lower = max(lower, other.lower)
    upper = max(upper, other.upper)
    isLive = isLive && other.isLive
  }

  /// Takes in that times grew by at least the first and at most the second number of ticks.
  mutating func narrow(growth: ClosedRange<Int64>, over iterations: Int64) {
    if let least = Fraction(growth.lowerBound, iterations) { lower = max(lower, least) }
    if let most = Fraction(growth.upperBound, iterations) { upper = min(upper, most) }
  }

  /// Multiplies both bounds.
  mutating func scale(by factor: Fraction) throws(DataflowError) {
    lower = try lower.multiplied(by: factor).orOverflow("period")
    upper = try upper.multiplied(by: factor).orOverflow("period")
  }
}
