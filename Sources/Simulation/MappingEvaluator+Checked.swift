package import MappingModel

/// The evaluator and the checker do not agree: a mistake of one of them.
package struct CheckFailure: Error, CustomStringConvertible {
  /// What differs, each with both values.
  package let differences: [String]

  /// All differences in one line.
  package var description: String {
    "the checker of mappings disagrees: \(differences.joined(separator: "; "))"
  }
}

extension MappingEvaluator {
  /// The evaluation of a placement, as ``evaluate(_:_:)`` says it, after ``MappingChecker`` has found the same again from the
  /// mapping and its schedule.
  ///
  /// - Throws: ``CheckFailure`` where it has not; ``SimulationError``.
  package mutating func checked(
    _ placement: Placement, _ extent: ExecutionExtent = .settled
  ) throws -> (evaluation: Evaluation, observed: ObservedExecution) {
    let (evaluation, observed) = try evaluate(placement, extent)
    // One inference, after at least one: whoever asks to stop waits for it.
    let asked = shouldStop
    shouldStop = nil
    defer { shouldStop = asked }
    let checker = MappingChecker(problem, placement)
    let differences = checker.disagreements(
      with: evaluation, observed.schedule, alone: try alone(placement, evaluation),
      limits: checkedLimits)
    guard differences.isEmpty else { throw CheckFailure(differences: differences) }
    return (evaluation, observed)
  }
}
