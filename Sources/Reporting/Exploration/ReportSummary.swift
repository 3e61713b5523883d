import Diagnostics
import Figures
import MappingModel

/// What `report` says beside the page that it makes.
package struct ReportSummary: Encodable, Sendable {
  /// The path of the page.
  package var report: String
  /// The names of the objectives that the points are compared by.
  package var objectives: [String]
  /// The points, in the order of the page.
  package var points: [Point]
  /// The names of the platform's figures that the result depends on and that are assumed, not
  /// measured.
  package var assumedFigures: [String]?
  /// The warnings for the user.
  package var warnings: [String]

  /// A point of the report: what `explore` says of one, and what bounds it.
  package struct Point: Encodable, Sendable {
    /// What the point is called beside its number, such as the file of its mapping; may be empty.
    package var name: String
    /// The measures and the mapping of the point.
    package var numbers: ExploreSummary.Point
    /// A sentence on what bounds its period.
    package var bound: String
    /// A sentence on what would relax that bound.
    package var relaxation: String
    /// Whether its mapping keeps all limits.
    package var feasible: Bool
    /// The limits that its mapping breaks; empty where it is feasible.
    package var violations: [String]

    private enum CodingKeys: String, CodingKey {
      case name, bound, relaxation, feasible, violations
    }

    /// Writes the members of the numbers and the others side by side.
    package func encode(to encoder: any Encoder) throws {
      try numbers.encode(to: encoder)
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(name, forKey: .name)
      try fields.encode(bound, forKey: .bound)
      try fields.encode(relaxation, forKey: .relaxation)
      try fields.encode(feasible, forKey: .feasible)
      try fields.encode(violations, forKey: .violations)
    }
  }

  /// A summary of the report on a page at a path.
  ///
  /// - Parameters:
  ///   - numbers: The measures of each point of the report.
  ///   - notes: The figures of the platform that are assumed, not measured.
  package init(
    _ report: ExplorationReport, _ numbers: [ExploreSummary.Point], _ notes: PlatformNotes,
    path: String
  ) {
    self.report = path
    assumedFigures = notes.names
    warnings = report.warnings
    objectives = report.objectives.map(\.name)
    points = zip(report.points, numbers).map { point, numbers in
      Point(
        name: point.name, numbers: numbers, bound: point.bound, relaxation: point.relaxation,
        feasible: point.evaluation.isFeasible,
        violations: point.evaluation.violations.map(\.description))
    }
  }
}

extension ReportSummary {
  /// The summary as text: a table of the points, and a line on what bounds each.
  package func text() -> String {
    var text = ExploreText.table(points.map(\.numbers)).text() + "\n"
    for (index, point) in points.enumerated() {
      let name = point.name.isEmpty ? "" : " (\(point.name.singleLine))"
      let words = [point.bound, point.relaxation].filter { !$0.isEmpty }.joined(separator: " ")
      text += "\(index + 1)\(name): \(words)\n"
      text += point.violations.map { "  not feasible: \($0)\n" }.joined()
    }
    return text + "\nreport: \(report.singleLine)\n"
  }
}
