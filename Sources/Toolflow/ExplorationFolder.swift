import Dataflow
import Exploration
import Foundation
import MappingModel
import NetworkModel
import Reporting
import Simulation

/// The files that a search leaves: the front as CSV and JSON, the logbook, and a folder for each point.
package struct ExplorationFolder {
  let outcome: ExploreOutcome
  let folder: RunDirectory
  /// Earlier searches to show beside this one.
  let earlier: [EarlierExploration]

  package init(
    _ outcome: ExploreOutcome, _ folder: RunDirectory, beside earlier: [EarlierExploration] = []
  ) {
    (self.outcome, self.folder, self.earlier) = (outcome, folder, earlier)
  }

  /// Evaluates the points of the front and writes everything.
  ///
  /// - Returns: The search in numbers.
  package func write(
    command: String, name: String, platform: OpenedPlatform, inputs: ExplorationInputs,
    warnings: [String]
  ) throws -> ExploreSummary {
    let objectives = outcome.request.objectives
    let detailed = outcome.detailedPoints(limit: Self.detailLimit)
    var designPoints: [DesignPoint] = []
    let points = try writePoints { index, point, evaluation, schedule in
      designPoints.append(
        PointReport(point, evaluation, schedule).designPoint(
          name: outcome.name(ofPoint: index), objectives: objectives, folder: Self.name(index),
          isDetailed: detailed.contains(index)))
    }
    var summary = ExploreSummary(outcome, points: points)
    summary.hold(against: earlier, outcome)
    guard summary.feasible else { return summary }
    try write(summary)
    let record = ExploreRecord(
      command: command, input: inputs.subject, platform: inputs.platform, platform, outcome)
    try folder.write(try JSONText.encode(record), to: "run.json")
    var report = outcome.report(
      title: "\(name) on \(platform.model.platform.name)", command: command,
      facts: facts(summary, platform), warnings: warnings, points: designPoints)
    report.earlier = earlier.map { $0.shown(dimension: objectives.count) }
    let page = ExplorationPage(report)
    try folder.write(page.html(), to: "report.html")
    for figure in page.figures { try folder.write(figure.figure.svgFile(), to: figure.path) }
    return summary
  }

  /// The most points that have a part of their own in the report.
  private static let detailLimit = 10

  private func facts(
    _ summary: ExploreSummary, _ platform: OpenedPlatform
  ) -> [HTMLReport.Fact] {
    var facts: [HTMLReport.Fact] = [
      .init("platform", platform.model.platform.name),
      .init("blocks", "\(outcome.front.first?.subject.problem.graph.actors.count ?? 0)"),
      .init("granularity", outcome.front.first?.subject.granularity.rawValue ?? ""),
      .init("precision", platform.model.precision.description),
      .init("method", "\(summary.method), seed \(outcome.request.configuration.seed)"),
      .init("evaluated", "\(summary.evaluations) mappings"),
    ]
    if !outcome.request.limits.requirements.isEmpty {
      facts.append(
        .init(
          "required",
          outcome.request.limits.requirements.map(\.description).joined(separator: ", ")))
    }
    for run in summary.beside ?? [] {
      let share = run.share.map { "\(DecimalText.significant($0, digits: 6)) × its hypervolume" }
      facts.append(.init("beside \(run.run)", share ?? "it has no hypervolume here"))
    }
    return facts
  }

  /// Evaluates the points of the front one by one and writes what belongs to each.
  ///
  /// - Parameter visit: Given each point with what came out, while its schedule is at hand.
  /// - Returns: The points in numbers.
  func writePoints(
    visit: (Int, FrontPoint, Evaluation, MappingSchedule) throws -> Void
  ) throws -> [ExploreSummary.Point] {
    var points: [ExploreSummary.Point] = []
    for (index, point) in outcome.front.enumerated() {
      var evaluator = try MappingEvaluator(point.subject.problem, limits: outcome.request.limits)
      let (evaluation, schedule) = evaluator.evaluate(
        point.placement, inferences: MappingExploration.inferences)
      points.append(.init(evaluation, point.mapping))
      let name = Self.name(index)
      try folder.write(
        try JSONText.encode(MappingDocument(point.mapping)), to: "\(name)/mapping.json")
      try writeSchedule(schedule, of: point, to: "\(name)/schedule.csv")
      try visit(index, point, evaluation, schedule)
    }
    return points
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
    guard let subject = outcome.front.first?.subject else { return }
    if let network = subject.network {
      try folder.write(try JSONText.encode(NetworkDump(network)), to: "network.json")
    }
    let document = SDF3Format.Document(graph: try subject.problem.graph.withSequentialActors())
    try folder.write(try SDF3Format.write(document), to: "graph.csdf.xml")
  }

  private func csv(_ points: [ExploreSummary.Point]) -> String {
    var table = Table(columns: [
      .number("point"), .number("period_s"), .number("latency_s"), .number("energy_j"),
      .number("power_w"), .number("memory_bytes"), .number("cost"), Table.Column("exact"),
      Table.Column("bound_by"),
    ])
    func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
    for (index, point) in points.enumerated() {
      table.append([
        "\(index + 1)", text(point.periodS), text(point.latencyS), text(point.energyJ),
        text(point.powerW), "\(point.memoryBytes)", text(point.cost), "\(point.exact)",
        point.boundBy,
      ])
    }
    return table.csv()
  }

  /// The firings up to the end of the first repetition, a line each.
  private func writeSchedule(
    _ schedule: MappingSchedule, of point: FrontPoint, to name: String
  ) throws {
    let names = point.subject.blockNames
    let elements = point.subject.problem.platform.elements.map(\.name)
    var text = "block,firing,phase,element,start_s,end_s\n"
    let firings = schedule.firings.filter { $0.element >= 0 && $0.end != nil }
    for firing in firings.prefix(Self.firingLimit) {
      let start = Double(firing.start) / MappingProblem.ticksPerSecond
      let end = Double(firing.end ?? firing.start) / MappingProblem.ticksPerSecond
      text +=
        "\(names[firing.block].csvField),\(firing.number),\(firing.phase),"
        + "\(elements[firing.element].csvField),\(start),\(end)\n"
    }
    try folder.write(text, to: name)
  }

  /// The most firings in a schedule's file.
  private static let firingLimit = 2_000
}

extension String {
  /// The text as a field of a CSV file.
  fileprivate var csvField: String {
    guard contains(where: { ",\"\r\n".contains($0) }) else { return self }
    return "\"" + replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}

/// The files that a search has read.
package struct ExplorationInputs: Sendable {
  /// The network or the dataflow graph.
  package var subject: RunRecord.Input
  package var platform: RunRecord.Input

  package init(subject: RunRecord.Input, platform: RunRecord.Input) {
    (self.subject, self.platform) = (subject, platform)
  }
}
