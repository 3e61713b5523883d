import CostModel
import Diagnostics
import Figures
import MappingModel
import Preparation
import Reporting
import Simulation

/// Mappings that are executed for a report, in the order in which they are added.
struct ReportedExecution {
  private(set) var points: [ReportedPoint] = []
  private(set) var numbers: [ExploreSummary.Point] = []
  private(set) var warnings: [String]
  /// What is mapped, and as each mapping splits it.
  private(set) var name = ""
  private(set) var shapes: [MappingSubject.Shape] = []

  private let source: SubjectSource
  private let limits: MappingEvaluator.Limits
  private let objectives: [Objective]
  private let detailed: Set<Int>
  private var evaluations: [Evaluation] = []

  /// - Parameter detailed: The points that are shown in detail, from 0.
  init(
    _ source: SubjectSource, limits: MappingEvaluator.Limits, objectives: [Objective],
    detailed: Set<Int>, warnings: [String] = []
  ) throws {
    (self.source, self.limits, self.objectives) = (source, limits, objectives)
    (self.detailed, self.warnings) = (detailed, warnings)
  }

  /// Executes a mapping.
  ///
  /// - Parameters:
  ///   - path: Its file.
  ///   - files: The files that the report names.
  mutating func add(_ path: String, name: String = "", files: [HTMLReport.File] = []) throws {
    let opened = try source.mapped(path)
    self.name = opened.name
    shapes.append(opened.subject.shape)
    for warning in opened.diagnostics.map(\.description) where !warnings.contains(warning) {
      warnings.append(warning)
    }
    let point = try PointReport(opened.subject, opened.rules, opened.mapping, limits: limits)
    let isDetailed = detailed.contains(points.count)
    points.append(
      point.reported(
        name: name, objectives: objectives, files: files, isDetailed: isDetailed))
    numbers.append(.init(point.evaluation, point.mapping))
    evaluations.append(point.evaluation)
  }

  /// Adds the warnings that are about all mappings, and tells everything.
  mutating func finish(_ context: JobContext) {
    let power = PowerLimit.warning(evaluations, on: source.platform.model.platform)
    warnings += power.map(\.description)
    context.warn(warnings)
  }
}
