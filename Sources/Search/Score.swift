/// The objectives of a genome and the violation of constraints.
///
/// Constraint domination (Deb 2000, "An efficient constraint handling method for genetic
/// algorithms", section 3): a feasible genome beats every infeasible one, and of two infeasible
/// genomes the one with the smaller violation is better.
package struct Score: Hashable, Sendable, BitwiseCopyable {
  /// The objectives, each to be minimised; of an infeasible genome they are for show only.
  package var objectives: ObjectiveVector
  /// How much constraints are violated: zero for a feasible genome, infinite where nothing is
  /// known.
  package var violation: Double

  /// A score, of a feasible genome unless there is a violation.
  package init(_ objectives: ObjectiveVector, violation: Double = 0) {
    self.objectives = objectives
    self.violation = violation
  }

  /// The score of a genome that could not be evaluated.
  package static let unknown = Score(ObjectiveVector(0), violation: .infinity)

  /// Whether no constraint is violated.
  package var isFeasible: Bool { violation == 0 }

  /// Whether anything is known: it was evaluated to its end.
  package var isKnown: Bool { violation < .infinity }

  /// The score with everything that is not a number, negative or endless made an infinite
  /// violation, so that an evaluator's slip can neither win nor stop a search.
  package var checked: Score {
    if violation > 0 { return self }
    guard violation == 0, objectives.isFinite else { return Score(.init(0), violation: .infinity) }
    return self
  }
}
