import ArgumentParser
import CostModel
import Diagnostics
import Documents
import Figures
import Files
import Foundation
import MappingModel
import PlatformModel
import Preparation
import Reporting
import Simulation
import Toolflow

/// Makes the report of a search again, or one that compares given mappings.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make the report of a run directory again, or compare mappings in one.",
    discussion: """
      The argument is a run directory of explore, or an ONNX network or dataflow graph as for \
      simulate. The points of a run directory are executed as its files say now; its report and \
      drawings are replaced, unless --output names a file. Of a network, the mappings that are given \
      are executed and compared.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var result: ResultOptions

  @Option(
    name: .customLong("mapping"),
    help: ArgumentHelp("A mapping to compare; may be given again.", valueName: "file"))
  var mappings: [String] = []

  @Option(
    help: ArgumentHelp(
      "What mappings are compared by, one to four as for explore; period,energy by default.",
      valueName: "a,b,…"))
  var objectives: String?

  @Option(
    help: ArgumentHelp(
      "The points that are shown in detail, as in 3,7,9; ten by default.", valueName: "n,n,…"))
  var points: String?

  @Option(help: "The report, an HTML file.")
  var output: String?

  @Option(help: "A folder for the drawings as SVG files.")
  var figures: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  func run() throws {
    let folder = runFolder
    guard folder != nil || !mappings.isEmpty || isRegularFile(network.network) else {
      guard ResourceFolders.standard().model(named: network.network) != nil else {
        throw FileError.unreadable(
          path: network.network,
          reason: "it is not there; expected a run directory, or a network with `mapping`")
      }
      throw OptionError(
        network.network, "expected a run directory, or a network with --mapping")
    }
    let locks = try lock(
      [folder.flatMap { writes(into: $0) ? $0 : nil }, figures].compactMap(\.self))
    defer { for lock in locks { lock.release() } }
    let file = try outputFile(isRebuilt: folder != nil)
    let made = try folder.map(rebuilt) ?? comparison()
    let path = try write(ExplorationPage(made.report), made, to: file)
    let notes = PlatformNotes(made.platform.model.platform)
    let summary = ReportSummary(made.report, made.numbers, notes, path: path)
    if result.json {
      Console.show(try JSONText.encode(summary))
    } else {
      Console.show(summary.text() + notes.text)
    }
    if !summary.points.contains(where: \.feasible) { throw ExitStatus.infeasible }
  }

  /// Whether the report or its drawings are files of a run directory, which a search may be replacing.
  private func writes(into folder: String) -> Bool {
    func parts(_ path: String) -> [String] {
      URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    }
    guard let output else { return true }
    return ([output] + [figures].compactMap(\.self)).contains {
      parts($0).starts(with: parts(folder))
    }
  }

  /// The run directory that the argument names, itself or by one of its files; nil for a network.
  var runFolder: String? {
    let path = network.network
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue { return path }
    let folder = path.folderOfPath.isEmpty ? "." : path.folderOfPath
    let files = ["run.json", "pareto.json", "report.html"]
    guard (files + ["pareto.csv", "logbook.csv", "evaluated.csv"]).contains(path.nameOfPath),
      files.allSatisfy({ isRegularFile("\(folder)/\($0)") })
    else { return nil }
    return folder
  }

  /// Lets no other process write to some folders.
  private func lock(_ folders: [String]) throws -> [PathLock] {
    try folders.map { folder in
      try OutputFile.makeFolder(folder.folderOfPath)
      return try PathLock(folder)
    }
  }

  /// A report, and where it and its drawings belong.
  private struct Made {
    var report: ExplorationReport
    var numbers: [ExploreSummary.Point]
    var platform: OpenedPlatform
    /// The run directory of the points.
    var folder: String?
  }

  private func write(
    _ page: ExplorationPage, _ made: Made, to file: OutputFile?
  ) throws -> String {
    let folder = made.folder ?? "."
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
    let path = (made.folder.map { "\($0)/" } ?? "") + "report.html"
    if figures != nil { try OutputFile.replace(path, with: page.html()) }
    return path
  }

  /// The file that is asked for; refuses, before anything is executed, to write over what is there.
  private func outputFile(isRebuilt: Bool) throws -> OutputFile? {
    guard output != nil || isRebuilt else {
      throw RequestError("output", "a comparison needs the name of a file")
    }
    if let figures, !force, FileManager.default.fileExists(atPath: figures) {
      throw FileError.exists(path: figures)
    }
    return try output.map { try OutputFile($0, force: force) }
  }

  /// The points with a part of their own.
  private func detailed(_ count: Int) throws -> Set<Int> {
    guard let points else { return PointReport.detailed(count: count) }
    return Set(
      try points.split(separator: ",", omittingEmptySubsequences: false).map { text in
        guard let number = Int(text), (1...max(1, count)).contains(number) else {
          throw RequestError(
            "points", "expected some of 1 to \(count), found \"\(text)\"")
        }
        return number - 1
      })
  }
}

// MARK: - A run directory

extension ReportCommand {
  private func rebuilt(_ path: String) throws -> Made {
    let run = try ExploredRun(path: path)
    let explore = try asked(run)
    let options = SubjectOptions(
      explore.network, explore.platform, explore.parameters, explore.execution)
    let earlier = try explore.beside.map {
      try EarlierExploration(run: $0, objectives: run.record.objectives)
    }
    let executed = try execute(
      try options.source(explore.view), try explore.limits.limits(),
      (0..<run.pointCount).map { index in
        Given(mapping: run.mapping(index), files: output == nil ? run.files(index) : [])
      }, run.record.objectives, warnings: run.changes())
    let report = run.record.report(
      name: executed.name, executed.platform, executed.shapes, beside: earlier,
      command: run.command, warnings: executed.warnings, points: executed.points)
    return Made(
      report: report, numbers: executed.numbers, platform: executed.platform, folder: run.path)
  }

  /// What was asked for when the run was made.
  private func asked(_ run: ExploredRun) throws -> ExploreCommand {
    guard run.arguments.first == ExploreCommand.configuration.commandName,
      let command = try? ExploreCommand.parse(Array(run.arguments.dropFirst()))
    else {
      throw FileError.malformed(
        path: "\(run.path)/run.json", reason: "expected arguments of an explore command")
    }
    return command
  }
}

// MARK: - Given mappings

extension ReportCommand {
  private func comparison() throws -> Made {
    guard !mappings.isEmpty else {
      throw RequestError(
        "mapping", "expected the mappings that are compared")
    }
    let kinds = try SearchOptions.objectives(objectives ?? "period,energy")
    let options = SubjectOptions(network, platform, parameters, execution)
    let executed = try execute(
      try options.source(), try limits.limits(),
      mappings.map { Given(name: Self.name(of: $0, among: mappings), mapping: $0) }, kinds)
    var facts = PointReport.facts(executed.platform, executed.shapes)
    let required = try limits.limits().requirements.map(\.description)
    if !required.isEmpty { facts.append(.init("required", required.joined(separator: ", "))) }
    let report = ExplorationReport(
      title: "\(executed.name) on \(executed.platform.model.platform.name)",
      command: ShellText.command(["outrigger"] + CommandLine.arguments.dropFirst()),
      tool: "Outrigger \(outriggerVersion)", facts: facts, warnings: executed.warnings,
      objectives: kinds.map { .init($0.rawValue, unit: $0.unit) }, points: executed.points,
      origin: .given)
    return Made(report: report, numbers: executed.numbers, platform: executed.platform)
  }
}

// MARK: - Executing

extension ReportCommand {
  /// What a mapping is called: its file without folder and ending, unless another is called the same.
  private static func name(of path: String, among paths: [String]) -> String {
    paths.count { $0.stemOfPath == path.stemOfPath } > 1 ? path : path.stemOfPath
  }
}

extension ReportCommand {
  /// A mapping to show.
  private struct Given {
    var name = ""
    /// The path of its file.
    var mapping: String
    /// The files that the report names.
    var files: [HTMLReport.File] = []
  }

  /// Mappings that were executed, in the order in which they were given.
  private struct Executed {
    var points: [DesignPoint] = []
    var numbers: [ExploreSummary.Point] = []
    var warnings: [String]
    var platform: OpenedPlatform
    /// What is mapped, and as each mapping splits it.
    var name = ""
    var shapes: [MappingSubject.Shape] = []
  }

  private func execute(
    _ source: SubjectOptions.Source, _ limits: MappingEvaluator.Limits, _ given: [Given],
    _ objectives: [Objective], warnings: [String] = []
  ) throws -> Executed {
    let detailed = try detailed(given.count)
    var executed = Executed(warnings: warnings, platform: source.platform)
    var evaluations: [Evaluation] = []
    for (index, one) in given.enumerated() {
      let opened = try source.mapped(one.mapping)
      executed.name = opened.name
      executed.shapes.append(opened.subject.shape)
      for warning in opened.diagnostics.map(\.description)
      where !executed.warnings.contains(warning) {
        executed.warnings.append(warning)
      }
      let point = try PointReport(opened.subject, opened.rules, opened.mapping, limits: limits)
      executed.points.append(
        point.designPoint(
          name: one.name, objectives: objectives, files: one.files,
          isDetailed: detailed.contains(index)))
      executed.numbers.append(.init(point.evaluation, point.mapping))
      evaluations.append(point.evaluation)
    }
    executed.warnings += PowerLimit.warning(evaluations, on: source.platform.model.platform)
      .map(\.description)
    if !result.quiet { for warning in executed.warnings { Console.note("warning: \(warning)") } }
    return executed
  }
}
