/// The moment at which a computation has to end, if there is one.
package struct Deadline: Sendable {
  private let end: ContinuousClock.Instant?

  private init(end: ContinuousClock.Instant?) { self.end = end }

  /// A deadline that never comes.
  package static let never = Deadline(end: nil)

  /// Ends after a time from now; without one never.
  package init(after limit: Duration?) {
    end = limit.map { ContinuousClock.now.advanced(by: $0) }
  }

  /// Whether the moment has come.
  ///
  /// - Complexity: A call of the clock, some tens of nanoseconds: loops ask every thousand steps.
  package var isPast: Bool { end.map { ContinuousClock.now >= $0 } ?? false }

  /// The time that is left; nil where there is no end.
  package var remaining: Duration? {
    end.map { max(.zero, ContinuousClock.now.duration(to: $0)) }
  }

  /// The moment at which a part of the time that is left has gone by.
  package func part(_ numerator: Int, of denominator: Int) -> Deadline {
    Deadline(after: remaining.map { $0 * numerator / denominator })
  }
}
