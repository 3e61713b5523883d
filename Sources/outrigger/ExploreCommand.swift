import ArgumentParser
import CostModel
import Diagnostics
import Documents
import Exploration
import Files
import Foundation
import Preparation
import Reporting
import Search
import Toolflow

/// Searches for the best mappings.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract:
      "Search for the mappings that none beats in period, latency, energy, power, memory, cost.",
    discussion: """
      The argument is an ONNX network or a dataflow graph, as for simulate. Makes a run directory with \
      the front, the logbook, a folder for each point and a report; without --output it is \
      runs/NAME-PLATFORM-explore and replaces the one of the last run. Ctrl-C and SIGTERM end the search and \
      keep what was found; a second one ends at once and leaves the checkpoint. A search that was killed goes \
      on with --resume, and --force gives up what it had found.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var view: SubjectViewOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var search: SearchOptions
  @OptionGroup var partitioning: PartitionSearchArguments
  @OptionGroup var result: ResultOptions

  @Option(
    help: ArgumentHelp(
      "A mapping whose blocks are kept where it says, and away from where it forbids them.",
      valueName: "file"))
  var mapping: String?

  @Option(
    help: ArgumentHelp(
      "The run directory of another search, whose front the report shows too, and all its mappings where "
        + "it was exhaustive; may be given again.", valueName: "run"))
  var beside: [String] = []

  @Option(help: "The run directory.")
  var output: String?

  @Flag(
    help:
      "Replace a run directory that exists, and give up the checkpoint of a search that was killed."
  )
  var force = false

  @Flag(
    help:
      "Write the timelines of the points that the report details too, 10,000 firings each at most, for Perfetto or Chrome."
  )
  var trace = false

  @Flag(help: "Go on with the search that was killed while it wrote to the same run directory.")
  var resume = false

  func run() throws {
    var request = try search.request()
    _ = try partitioning.options()
    request.limits = try limits.limits()
    let objectives = request.objectives
    let earlier = try beside.map { try EarlierExploration(run: $0, objectives: objectives) }
    let options = SubjectOptions(network, platform, parameters, execution)
    let opened = try options.open(mapping: mapping, view: view, quiet: result.quiet)
    let folder = try RunDirectory(
      path: output ?? "runs/\(opened.name)-\(opened.platform.name)-explore".singleLine,
      mayReplace: force || resume || output == nil)
    do {
      try explore(request, opened, folder, beside: earlier)
    } catch {
      folder.discard()
      throw error
    }
  }

  private func explore(
    _ request: ExploreRequest, _ opened: SubjectOptions.Opened, _ folder: RunDirectory,
    beside earlier: [EarlierExploration]
  ) throws {
    var request = request
    let inputs = ExplorationInputs(
      subject: try RunRecord.Input(opened.run?.source.path ?? network.network),
      platform: try RunRecord.Input(opened.platform.path))
    request.configuration.identity = try SearchIdentity(self, request, opened, inputs).parts
    let checkpoint = try SearchCheckpointing(
      path: folder.path + ".checkpoint", resume ? .resume : force ? .discard : .keep,
      isUsed: request.method != .exhaustive)
    let progress = SearchProgress(request, isShown: !result.quiet)
    let outcome = try outcome(request, opened, hooks(checkpoint, progress), checkpoint.checkpoint)
    progress.end(outcome)
    let arguments = Array(CommandLine.arguments.dropFirst())
    let summary = try ExplorationFolder(
      outcome, folder, beside: earlier, hasTraces: trace
    ).write(
      command: ShellText.command(["outrigger"] + arguments), arguments: arguments,
      name: opened.name, platform: opened.platform,
      inputs: inputs,
      warnings: opened.diagnostics.map(\.description))
    try finish(summary, opened, folder, checkpoint)
  }

  private func hooks(
    _ checkpoint: SearchCheckpointing, _ progress: SearchProgress
  ) -> SearchHooks {
    Interrupt.shared.onFirst { [quiet = result.quiet] in Console.noteInterrupt(quiet: quiet) }
    var hooks = SearchHooks()
    hooks.shouldStop = { Interrupt.shared.received != nil }
    hooks.onGeneration = { progress.show($0) }
    hooks.onCheckpoint = checkpoint.append
    return hooks
  }

  /// Gives the run directory its name and says what was found. Where nothing feasible was found before a
  /// signal, the search can still go on from its checkpoint.
  private func finish(
    _ summary: ExploreSummary, _ opened: SubjectOptions.Opened, _ folder: RunDirectory,
    _ checkpoint: SearchCheckpointing
  ) throws {
    let signal = Interrupt.shared.received
    if summary.feasible { try folder.commit() }
    if summary.feasible || signal == nil { checkpoint.remove() }
    folder.discard()
    let told = opened.diagnostics.map(\.description)
    for warning in summary.warnings where !result.quiet && !told.contains(warning) {
      Console.note("warning: \(warning)")
    }
    if result.json {
      Console.show(try JSONText.encode(summary))
    } else {
      print(
        ExploreText.text(summary) + PlatformNotes(opened.platform.model.platform).text,
        terminator: "")
      if summary.feasible { print("\nreport: \(folder.path.singleLine)/report.html") }
    }
    if let signal { throw ExitStatus.interrupted(signal) }
    if !summary.feasible { throw ExitStatus.infeasible }
  }

  private func outcome(
    _ request: ExploreRequest, _ opened: SubjectOptions.Opened, _ hooks: SearchHooks,
    _ checkpoint: SearchCheckpoint?
  ) throws -> ExploreOutcome {
    guard let options = try partitioning.options() else {
      return try request(
        opened.subject, opened.rules, mapping: opened.mapping, hooks: hooks,
        resuming: checkpoint)
    }
    guard let run = opened.run else {
      throw RequestError("search_splits", "it is for networks")
    }
    let network = try PartitionableNetwork(
      run.graph, opened.mapping, opened.subject, opened.rules, opened.platform.model)
    return try request(network, options, hooks: hooks, resuming: checkpoint)
  }
}
