import CostModel
import Dataflow
import DataflowFormats
import Diagnostics
import Documents
import Escaping
package import Exploration
import Figures
package import Files
import Foundation
import Interchange
import MappingModel
import NetworkModel
import PlatformModel
package import Preparation
package import Reporting
import Search
import Simulation

/// The files that a search leaves: the front as CSV and JSON, the logbook, and a folder for each point.
package struct ExplorationFolder {
  let outcome: ExploreOutcome
  let folder: RunDirectory
  /// Earlier searches to show beside this one.
  let earlier: [EarlierExploration]
  /// Whether the points that the report details have the timelines of their executions as files.
  let hasTraces: Bool

  /// A run directory for what a search has found.
  package init(
    _ outcome: ExploreOutcome, _ folder: RunDirectory, beside earlier: [EarlierExploration] = [],
    hasTraces: Bool = false
  ) {
    (self.outcome, self.folder, self.earlier) = (outcome, folder, earlier)
    self.hasTraces = hasTraces
  }

  /// Evaluates the points of the front and writes everything.
  ///
  /// - Parameter request: The job that asked for the search; nil where it is part of something else.
  /// - Returns: The search in numbers.
  package func write(
    command: String, request: JobDocument? = nil, name: String, platform: OpenedPlatform,
    inputs: ExplorationInputs, warnings: [String]
  ) throws -> ExploreSummary {
    let objectives = outcome.request.objectives
    let budget = TimeBudget(outcome.secondsLeft, outcome.clock)
    var reported: [ReportedPoint] = []
    var evaluations: [Evaluation] = []
    var (points, left) = try writePoints(budget) { index, point, evaluation, observed in
      evaluations.append(evaluation)
      reported.append(
        PointReport(point, evaluation, observed).reported(
          objectives: objectives, files: files(ofPoint: index),
          isDetailed: isDetailed(index) && !budget.isOver))
    }
    var outcome = outcome
    outcome.unsettled += left.executions
    var summary = ExploreSummary(outcome, points: points)
    summary.hold(against: earlier, outcome)
    summary.assumedFigures = PlatformNotes(platform.model.platform).names
    summary.warnings =
      warnings
      + PowerLimit.warning(evaluations, on: platform.model.platform).map(\.description)
    guard summary.feasible else { return summary }
    let report = SearchRecord(outcome).report(
      name: name, platform, outcome.front.map(\.subject.shape), beside: earlier, command: command,
      warnings: summary.warnings, points: reported)
    let page = ExplorationPage(report) { !budget.isOver }
    try folder.write(page.html(), to: "report.html")
    for figure in page.figures { try folder.write(figure.figure.svgFile(), to: figure.path) }
    left.blocks = outcome.unseenBlocks
    left.details = reported.indices.count { isDetailed($0) } - page.detailedPoints
    summary.warnings += [left.warning].compactMap(\.self)
    try write(summary)
    let record = ExploreRecord(
      command: command, request: request, inputs, platform, outcome)
    try folder.write(try JSONText.encode(record), to: "run.json")
    return summary
  }

  private func files(ofPoint index: Int) -> [HTMLReport.File] {
    let isThere = ["schedule.csv": hasSchedule(index), "trace.json": hasTrace(index)]
    return Self.files.filter { isThere[$0] ?? true }.map {
      .init($0.stemOfPath, path: "\(Self.name(index))/\($0)")
    }
  }

  private func isDetailed(_ index: Int) -> Bool {
    PointReport.detailed(count: outcome.front.count).contains(index)
  }

  /// Of many points only those that the report details have their schedules written.
  private func hasSchedule(_ index: Int) -> Bool {
    outcome.front.count <= Self.scheduleLimit || isDetailed(index)
  }

  private static let scheduleLimit = 200

  private func hasTrace(_ index: Int) -> Bool { hasTraces && isDetailed(index) }

  /// The most firings in the timeline of a point, which are some megabytes.
  private static let traceLimit = 10_000

  /// What may lie in the folder of a point, beside drawings.
  static let files = ["mapping.json", "schedule.csv", "trace.json"]

  /// Evaluates the points of the front and writes what belongs to each.
  ///
  /// - Parameters:
  ///   - budget: The time that there is, of which each point has a share, and the report one.
  ///   - visit: Given each point with what came out, while its schedule is at hand.
  /// - Returns: The points in numbers, and what there was no time for.
  func writePoints(
    _ budget: TimeBudget, visit: (Int, DesignPoint, Evaluation, ObservedExecution) throws -> Void
  ) throws -> ([ExploreSummary.Point], LeftOut) {
    var (points, left) = ([ExploreSummary.Point](), LeftOut())
    var execution = FrontExecution(outcome)
    while points.count < outcome.front.count {
      let rounds = (outcome.front.count - points.count + execution.width - 1) / execution.width
      let isOver = budget.share(of: rounds + 1)
      for executed in try execution(outcome.front[points.count...], isOver: isOver) {
        let (index, point) = (points.count, outcome.front[points.count])
        var summary = ExploreSummary.Point(executed.evaluation, point.mapping)
        summary.withTwoInferences = executed.roomier
        left.executions += executed.observed.result.isCut && point.isSettled ? 1 : 0
        left.buffers += executed.lacksRoomier ? 1 : 0
        points.append(summary)
        try writePoint(index, point, executed.observed.schedule)
        try visit(index, point, executed.evaluation, executed.observed)
      }
    }
    return (points, left)
  }

  private func writePoint(
    _ index: Int, _ point: DesignPoint, _ schedule: MappingSchedule
  ) throws {
    let name = Self.name(index)
    try folder.write(
      try JSONText.encode(MappingDocument(point.mapping)), to: "\(name)/mapping.json")
    if outcome.hasOwnBlocks, isDetailed(index) { try writeBlocks(point.subject, to: "\(name)/") }
    if hasSchedule(index) { try writeSchedule(schedule, of: point, to: "\(name)/schedule.csv") }
    if hasTrace(index) {
      let schedule = schedule.prefix(firings: Self.traceLimit)
      try TextSink.write(to: try folder.file("\(name)/trace.json")) {
        ChromeTrace.write(schedule, of: point.subject.problem, point.placement, to: &$0)
      }
    }
  }

  /// The folder of a point.
  package static func name(_ index: Int) -> String {
    let number = String(index + 1)
    return "points/" + String(repeating: "0", count: max(0, 3 - number.count)) + number
  }

  /// Writes the numbers of a finished search.
  private func write(_ summary: ExploreSummary) throws {
    try folder.write(try JSONText.encode(summary), to: "pareto.json")
    try folder.write(csv(summary.front), to: "pareto.csv")
    let format = LogbookFormat(objectives: summary.objectives)
    try folder.write(format.text(outcome.logbook), to: "logbook.csv")
    if outcome.evaluated.count <= EvaluatedFile.limit {
      try folder.write(
        EvaluatedFile.text(outcome.evaluated, outcome.request.objectives), to: EvaluatedFile.name)
    }
    if !outcome.hasOwnBlocks, let first = outcome.front.first {
      try writeBlocks(first.subject, to: "")
    }
  }

  /// Writes what is mapped: the blocks, and their dataflow graph.
  private func writeBlocks(_ subject: MappingSubject, to prefix: String) throws {
    if let network = subject.network {
      try folder.write(try JSONText.encode(NetworkDump(network)), to: "\(prefix)network.json")
    }
    let document = SDF3Format.Document(graph: try subject.problem.graph.withSequentialActors())
    try folder.write(try SDF3Format.write(document), to: "\(prefix)graph.csdf.xml")
  }

  private func csv(_ points: [ExploreSummary.Point]) -> String {
    var table = Table(columns: [
      .number("point"), .number("period_s"), .number("period_uncertainty_s"), .number("latency_s"),
      .number("energy_j"),
      .number("power_w"), .number("memory_bytes"), .number("cost"), Table.Column("exact"),
      Table.Column("bound_by"),
    ])
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for (index, point) in points.enumerated() {
      table.append([
        "\(index + 1)", text(point.periodS), text(point.periodUncertaintyS), text(point.latencyS),
        text(point.energyJ),
        text(point.powerW), "\(point.memoryBytes)", text(point.cost), "\(point.exact)",
        point.boundBy,
      ])
    }
    return table.csv()
  }

  /// The firings up to the end of the first repetition, a line each.
  private func writeSchedule(
    _ schedule: MappingSchedule, of point: DesignPoint, to name: String
  ) throws {
    let names = point.subject.blockNames
    let elements = point.subject.problem.platform.elements.map(\.name)
    var text = "block,firing,phase,element,start_s,end_s\n"
    let firings = schedule.firings.filter { $0.element >= 0 && $0.end != nil }
    for firing in firings.prefix(firingLimit) {
      let start = Double(firing.start) / MappingProblem.ticksPerSecond
      let end = Double(firing.end ?? firing.start) / MappingProblem.ticksPerSecond
      text +=
        "\(names[firing.block].csvField),\(firing.number),\(firing.phase),"
        + "\(elements[firing.element].csvField),\(start),\(end)\n"
    }
    try folder.write(text, to: name)
  }

  /// The most firings in a schedule's file: fewer where there are many files, so that together they
  /// stay a few megabytes.
  private var firingLimit: Int { max(200, min(2_000, 100_000 / max(1, outcome.front.count))) }
}
