import CostModel
import Diagnostics
import Documents
import Exploration
import Files
import NetworkModel
import Preparation
package import Reporting
import Search

/// A search for the best mappings.
package struct ExploreJob: Job {
  /// The job `explore`.
  package static let kind = JobKind.explore

  /// The network or the dataflow graph, and how it is read.
  package var subject = SubjectInput()
  /// The platform that is mapped onto.
  package var platform = PlatformInput()
  /// How mappings are executed, and which limits they have to keep.
  package var execution = ExecutionInput()
  /// How mappings are searched.
  package var search = SearchInput()
  /// Whether splits and merges are searched too.
  package var partitioning = PartitionSearchInput()
  /// The graph that a network becomes before the search.
  package var view = NetworkView.block
  /// The number of blocks up to which the bottleneck is split before the search; nil for no split.
  package var partitions: Int?
  /// The path of a mapping whose blocks are kept where it says.
  package var mapping: String?
  /// Run directories of other searches to show beside this one.
  package var beside: [String] = []
  /// The run directory.
  package var output = OutputInput()
  /// Whether the timelines of the detailed points are written too.
  package var trace = false
  /// Whether the search goes on from the checkpoint beside the run directory.
  package var resume = false

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<ExploreJob>] =
    SubjectInput.keys.of(\.subject) + [
      JobKey("view", \.view, .word),
      JobKey("partitions", \.partitions, .integer(0...Int.max)),
    ] + PlatformInput.keys.of(\.platform) + ExecutionInput.executionKeys.of(\.execution)
    + ExecutionInput.limitKeys.of(\.execution) + [
      JobKey("mapping", \.mapping, .text, isPath: true)
    ] + SearchInput.keys.of(\.search) + PartitionSearchInput.keys.of(\.partitioning) + [
      JobKey("beside", \.beside, .texts, isPath: true)
    ] + OutputInput.keys.of(\.output) + [
      JobKey("trace", \.trace, .flag), JobKey("resume", \.resume, .flag),
    ]

  /// A job with all defaults, without an input.
  package init() {}

  /// The front that was found, for programs and for people.
  package struct Outcome: JobOutcome {
    /// The search in numbers.
    package var summary: ExploreSummary
    /// The notes below the front in the text.
    fileprivate var notes: String

    /// Whether a feasible mapping was found.
    package var isFeasible: Bool { summary.feasible }

    /// The search as JSON.
    package func json() throws -> String { try JSONText.encode(summary) }

    /// The search as text.
    package func text() -> String { ExploreText.text(summary) + notes }
  }
}

extension ExploreJob {
  /// Searches, and writes the run directory.
  ///
  /// - Throws: The error of a file, of a key or of the search; the run directory is then discarded.
  package func run(in context: JobContext) throws -> Outcome {
    var request = search.request()
    request.limits = try execution.limits()
    let earlier = try beside.map { try EarlierExploration(run: $0, objectives: search.objectives) }
    let partition = try initialPartition()
    let opened = try SubjectSource(subject, platform, execution, view: view)
      .mapped(mapping, partition)
    context.warn(opened.diagnostics)
    let folder = try RunDirectory(
      path: output.path ?? "runs/\(opened.name)-\(opened.platform.name)-explore".singleLine,
      mayReplace: output.force || resume || output.path == nil)
    do {
      return try run(request, opened, folder, beside: earlier, context)
    } catch {
      folder.discard()
      throw error
    }
  }

  /// The splits beside those of a mapping file.
  private func initialPartition() throws -> SubjectPartition {
    guard let partitions else { return view == .neuron ? .neurons : .none }
    guard view != .neuron else {
      throw RequestError("partitions", "the view of neurons has a part for each of them already")
    }
    return .limit(partitions)
  }

  private func run(
    _ request: ExploreRequest, _ opened: OpenedSubject, _ folder: RunDirectory,
    beside earlier: [EarlierExploration], _ context: JobContext
  ) throws -> Outcome {
    var request = request
    let inputs = try ExplorationInputs(
      subject: opened.run?.source.path ?? subject.path, platform: opened.platform.path,
      times: platform.times, mapping: mapping)
    request.configuration.identity = try SearchIdentity(
      JobDocument(self), Self.keys.map(\.name), opened, inputs
    ).parts
    let checkpoint = try SearchCheckpointing(
      path: folder.path + ".checkpoint", resume ? .resume : output.force ? .discard : .keep,
      isUsed: request.method != .exhaustive)
    context.tell(.canCancel)
    context.tell(.searchBegan(request))
    var hooks = SearchHooks()
    hooks.shouldStop = context.isCancelled
    hooks.onGeneration = { context.tell(.generation($0)) }
    hooks.onCheckpoint = checkpoint.append
    let outcome = try outcome(request, opened, hooks, checkpoint.checkpoint)
    context.tell(.searchEnded(outcome))
    let summary = try ExplorationFolder(
      outcome, folder, beside: earlier, hasTraces: trace
    ).write(
      command: context.command(JobDocument(shortest: fromTheStart)), request: JobDocument(self),
      name: opened.name,
      platform: opened.platform, inputs: inputs, warnings: opened.diagnostics.map(\.description))
    return try finish(summary, opened, folder, checkpoint, context)
  }

  private func outcome(
    _ request: ExploreRequest, _ opened: OpenedSubject, _ hooks: SearchHooks,
    _ checkpoint: SearchCheckpoint?
  ) throws -> ExploreOutcome {
    guard let options = partitioning.options else {
      return try request(
        opened.subject, opened.rules, mapping: opened.mapping, hooks: hooks,
        resuming: checkpoint)
    }
    guard let run = opened.run else { throw RequestError("search_splits", "it is for networks") }
    let network = try PartitionableNetwork(
      run.graph, opened.mapping, opened.subject, opened.rules, opened.platform.model)
    return try request(network, options, hooks: hooks, resuming: checkpoint)
  }

  /// The same search without its checkpoint, which is gone when it has ended.
  private var fromTheStart: ExploreJob {
    var job = self
    job.resume = false
    return job
  }

  /// Gives the run directory its name. Where nothing feasible was found before the search was cancelled, it can still
  /// go on from its checkpoint.
  private func finish(
    _ summary: ExploreSummary, _ opened: OpenedSubject, _ folder: RunDirectory,
    _ checkpoint: SearchCheckpointing, _ context: JobContext
  ) throws -> Outcome {
    if summary.feasible { try folder.commit() }
    if summary.feasible || !context.isCancelled() { checkpoint.remove() }
    folder.discard()
    let told = opened.diagnostics.map(\.description)
    context.warn(summary.warnings.filter { !told.contains($0) })
    let report = summary.feasible ? "\nreport: \(folder.path.singleLine)/report.html\n" : ""
    return Outcome(
      summary: summary, notes: PlatformNotes(opened.platform.model.platform).text + report)
  }
}
