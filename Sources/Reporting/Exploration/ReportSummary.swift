import Diagnostics
import Figures

/// What `report` says beside the page that it makes.
package struct ReportSummary: Encodable, Sendable {
  /// The path of the page.
  package var report: String
  package var objectives: [String]
  package var points: [Point]
  /// The figures of the platform that it rests on and that nobody measured.
  package var assumedFigures: [String]?
  /// What the user should know.
  package var warnings: [String]

  /// A point of the report: what `explore` says of one, and what bounds it.
  package struct Point: Encodable, Sendable {
    package var name: String
    package var numbers: ExploreSummary.Point
    package var bound: String
    package var relaxation: String
    package var feasible: Bool
    package var violations: [String]

    private enum CodingKeys: String, CodingKey {
      case name, bound, relaxation, feasible, violations
    }

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

  /// - Parameters:
  ///   - numbers: What each point of the report is worth.
  ///   - notes: What is said of the platform.
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
        feasible: point.violations.isEmpty, violations: point.violations)
    }
  }
}

extension ReportSummary {
  /// The same for people.
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
