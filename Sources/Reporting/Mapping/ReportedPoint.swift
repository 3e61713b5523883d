package import Figures
package import MappingModel

/// What a report says of a design point.
package struct ReportedPoint: Sendable {
  /// A name beside its number, for instance `fastest`; it may be empty.
  package var name: String
  /// The value of each objective of the search.
  package var objectives: [Double]
  /// The figures of its execution.
  package var evaluation: Evaluation
  /// A sentence on what bounds the period.
  package var bound: String
  /// A sentence on what would relax that bound.
  package var relaxation: String
  /// The files of the point.
  package var files: [HTMLReport.File]
  /// What a part of its own in the report shows; a point without is a row of the table alone.
  package var details: PointDetails?

  /// A point; what is left out is empty.
  package init(
    name: String = "", objectives: [Double], evaluation: Evaluation, bound: String = "",
    relaxation: String = "", files: [HTMLReport.File] = [], details: PointDetails? = nil
  ) {
    self.name = name
    self.objectives = objectives
    self.evaluation = evaluation
    self.bound = bound
    self.relaxation = relaxation
    self.files = files
    self.details = details
  }
}
