import CostModel
import Diagnostics
import Documents
import Figures
import Files
import Foundation
package import MappingModel
import PlatformModel
import Preparation
package import Reporting
import Simulation

/// The report of an earlier search made again, or one that compares mappings from files.
package struct ReportJob: Job {
  /// The job `report`.
  package static let kind = JobKind.report

  /// A run directory; or a network or dataflow graph.
  package var subject = SubjectInput()
  /// The platform that the mappings are for.
  package var platform = PlatformInput()
  /// How mappings are executed, and which limits they have to keep.
  package var execution = ExecutionInput()
  /// The paths of the mappings that are compared; empty for a run directory.
  package var mappings: [String] = []
  /// The objectives that mappings are compared by; nil for period and energy.
  package var objectives: [Objective]?
  /// The numbers of the points that are shown in detail, from 1; nil for at most ten.
  package var points: [String]?
  /// An HTML file; nil for the one in the run directory.
  package var output = OutputInput()
  /// A folder for the drawings; nil for none beside an HTML file.
  package var figures: String?

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<ReportJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform)
    + ExecutionInput.executionKeys.of(\.execution) + ExecutionInput.limitKeys.of(\.execution) + [
      JobKey("mapping", \.mappings, .texts, isPath: true),
      JobKey("objectives", \.objectives, .objectives),
      JobKey("points", \.points, .commaList({ names, _ in names }, write: { $0 })),
    ] + OutputInput.keys.of(\.output) + [
      JobKey("figures", \.figures, .text, isPath: true)
    ]

  /// A job with all defaults, without an input.
  package init() {}

  /// The report in numbers, for programs and for people.
  package struct Outcome: JobOutcome {
    /// The points of the report.
    package var summary: ReportSummary
    fileprivate var notes: PlatformNotes

    /// Whether a point keeps all limits.
    package var isFeasible: Bool { summary.points.contains(where: \.feasible) }

    /// The points as JSON.
    package func json() throws -> String { try JSONText.encode(summary) }

    /// The points as text.
    package func text() -> String { summary.text() + notes.text }
  }

  /// Executes the mappings, and writes the page and its drawings.
  ///
  /// - Throws: `JobError.nothingToReport`, or the error of a file or a key.
  package func run(in context: JobContext) throws -> Outcome {
    let folder = RunPath.folder(of: subject.path)
    try checkInput(folder)
    let locks = try lock(
      [folder.flatMap { writes(into: $0) ? $0 : nil }, figures].compactMap(\.self))
    defer { for lock in locks { lock.release() } }
    let file = try outputFile(isRebuilt: folder != nil)
    let comparison = try folder.map { try rebuilt($0, context) } ?? compared(context)
    let page = ExplorationPage(comparison.report)
    let path = try write(page, beside: folder ?? ".", to: file)
    let notes = PlatformNotes(comparison.platform.model.platform)
    return Outcome(
      summary: ReportSummary(comparison.report, comparison.numbers, notes, path: path),
      notes: notes)
  }

  private func checkInput(_ folder: String?) throws {
    guard folder == nil, mappings.isEmpty, !isRegularFile(subject.path) else { return }
    guard ResourceFolders.standard().model(named: subject.path) != nil else {
      throw FileError.unreadable(
        path: subject.path,
        reason: "it is not there; expected a run directory, or a network with `mapping`")
    }
    throw JobError.nothingToReport(input: subject.path)
  }
}

// MARK: - Files

extension ReportJob {
  /// Whether the report or its drawings are files of a run directory, which a search may be replacing.
  private func writes(into folder: String) -> Bool {
    func parts(_ path: String) -> [String] {
      URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    }
    guard let path = output.path else { return true }
    return ([path] + [figures].compactMap(\.self)).contains {
      parts($0).starts(with: parts(folder))
    }
  }

  /// Lets no other process write to some folders.
  private func lock(_ folders: [String]) throws -> [PathLock] {
    try folders.map { folder in
      try OutputFile.makeFolder(folder.folderOfPath)
      return try PathLock(folder)
    }
  }

  /// The file for the page; refuses, before anything is executed, to replace an existing one.
  private func outputFile(isRebuilt: Bool) throws -> OutputFile? {
    guard output.path != nil || isRebuilt else {
      throw RequestError("output", "a comparison needs the name of a file")
    }
    if let figures, !output.force, FileManager.default.fileExists(atPath: figures) {
      throw FileError.exists(path: figures)
    }
    return try output.file()
  }

  /// Writes the page and its drawings.
  ///
  /// - Returns: The path of the page.
  private func write(
    _ page: ExplorationPage, beside folder: String, to file: OutputFile?
  ) throws -> String {
    var drawings = FileGroup(in: figures ?? folder)
    if figures != nil || file == nil {
      for figure in page.figures { drawings.add(figure.figure.svgFile(), to: figure.path) }
    }
    if file == nil, figures == nil { drawings.add(page.html(), to: "report.html") }
    try drawings.write()
    if let file {
      try file.write(page.html())
      return file.path
    }
    let path = "\(folder)/report.html"
    if figures != nil { try OutputFile.replace(path, with: page.html()) }
    return path
  }
}

// MARK: - What is reported

extension ReportJob {
  /// A report with its numbers.
  private struct Comparison {
    var report: ExplorationReport
    var numbers: [ExploreSummary.Point]
    var platform: OpenedPlatform
  }

  /// The report of a run directory.
  private func rebuilt(_ path: String, _ context: JobContext) throws -> Comparison {
    let run = try ExploredRun(path: path)
    let earlier = try run.job.beside.map {
      try EarlierExploration(run: $0, objectives: run.record.objectives)
    }
    let source: SubjectSource
    do {
      source = try SubjectSource(
        run.job.subject, run.job.platform, run.job.execution, view: run.job.view)
    } catch let error as any UserFacingError {
      throw JobFileError(
        "\(path)/run.json, whose paths are those of the folder in which the search ran", error)
    }
    var execution = try ReportedExecution(
      source, limits: try run.job.execution.limits(), objectives: run.record.objectives,
      detailed: try detailed(run.pointCount), warnings: run.changes())
    for index in 0..<run.pointCount {
      try execution.add(run.mapping(index), files: output.path == nil ? run.files(index) : [])
    }
    execution.finish(context)
    let report = run.record.report(
      name: execution.name, source.platform, execution.shapes, beside: earlier,
      command: run.command, warnings: execution.warnings, points: execution.points)
    return Comparison(report: report, numbers: execution.numbers, platform: source.platform)
  }

  /// The report that compares mappings from files.
  private func compared(_ context: JobContext) throws -> Comparison {
    guard !mappings.isEmpty else {
      throw RequestError("mapping", "expected the mappings that are compared")
    }
    let kinds = objectives ?? [.period, .energy]
    let source = try SubjectSource(subject, platform, execution)
    let limits = try execution.limits()
    var executed = try ReportedExecution(
      source, limits: limits, objectives: kinds, detailed: try detailed(mappings.count))
    for path in mappings {
      try executed.add(path, name: Self.name(of: path, among: mappings))
    }
    executed.finish(context)
    var facts = PointReport.facts(source.platform, executed.shapes)
    let required = limits.requirements.map(\.description)
    if !required.isEmpty { facts.append(.init("required", required.joined(separator: ", "))) }
    let report = ExplorationReport(
      title: "\(executed.name) on \(source.platform.model.platform.name)",
      command: context.command(JobDocument(shortest: self)), tool: "Outrigger \(outriggerVersion)",
      facts: facts,
      warnings: executed.warnings, objectives: kinds.map { .init($0.rawValue, unit: $0.unit) },
      points: executed.points, origin: .given)
    return Comparison(report: report, numbers: executed.numbers, platform: source.platform)
  }

  /// The name of a mapping: its file without folder and extension, unless another has the same.
  private static func name(of path: String, among paths: [String]) -> String {
    paths.count { $0.stemOfPath == path.stemOfPath } > 1 ? path : path.stemOfPath
  }

  /// The points with a part of their own.
  private func detailed(_ count: Int) throws -> Set<Int> {
    guard let points else { return PointReport.detailed(count: count) }
    return Set(
      try points.map { text in
        guard let number = Int(text), (1...max(1, count)).contains(number) else {
          throw RequestError("points", "expected some of 1 to \(count), found \"\(text)\"")
        }
        return number - 1
      })
  }
}
