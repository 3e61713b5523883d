package import MappingModel
package import Preparation
package import Search
package import Simulation

/// A mapping that a search has found, and that files and reports are made of.
package struct DesignPoint: Sendable {
  /// The problem that was solved, with the names of its blocks.
  package var subject: MappingSubject
  /// The element of each block, as the evaluator takes it.
  package var placement: Placement
  /// The mapping, as in mapping files.
  package var mapping: Mapping
  /// The objectives that the search measured.
  package var objectives: ObjectiveVector
  /// How long it was executed.
  package var extent = ExecutionExtent.settled

  /// A mapping of the front with the objectives that the search measured.
  package init(
    subject: MappingSubject, placement: Placement, mapping: Mapping, objectives: ObjectiveVector,
    extent: ExecutionExtent = .settled
  ) {
    (self.subject, self.placement, self.mapping) = (subject, placement, mapping)
    (self.objectives, self.extent) = (objectives, extent)
  }

  /// Whether it was executed until its mean had settled, and not only as the search executes.
  package var isSettled: Bool { extent == .settled }
}
