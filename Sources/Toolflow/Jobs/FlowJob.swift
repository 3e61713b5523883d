import CostModel
import DataflowConversion
import Diagnostics
import Documents
import Exploration
import Files
import MappingModel
import NetworkModel
import Partitioning
import Preparation
import Reporting
import Search
import Simulation

/// The main job: the whole chain from the network to the report.
package struct FlowJob: Job {
  /// The kind of job.
  package static let kind = JobKind.flow

  /// The network, and how it is read.
  package var subject = SubjectInput()
  /// The platform; nil for the one of the ALOHA project.
  package var platform = PlatformInput(named: "neuraghe-v1")
  /// The splits and merges by hand, and what automatic splits go for.
  package var partition = PartitionInput()
  /// The limits on the number of blocks, one column of the table each; nil for the network as it is and as
  /// automatic splits leave it.
  package var limits: [Int]?
  /// Whether a tensor that several blocks read counts once in memory.
  package var sharedInputs = false
  /// How mappings of each partitioned network are searched.
  package var search = SearchInput()
  /// The limits that mappings have to keep.
  package var execution = ExecutionInput()
  /// The last phase.
  package var until = FlowPhase.report
  /// The run directory.
  package var output = OutputInput()

  /// The keys, in the order in which they are written.
  package static let keys: [JobKey<FlowJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform)
    + PartitionInput.handKeys.of(\.partition) + PartitionInput.automaticKeys.of(\.partition) + [
      JobKey("partitions", \.limits, .limits), JobKey("shared_inputs", \.sharedInputs, .flag),
    ] + SearchInput.keys.of(\.search) + ExecutionInput.requirementKeys.of(\.execution) + [
      JobKey("until", \.until, .word)
    ] + OutputInput.keys.of(\.output)

  /// The job with the default of every key.
  package init() {}

  /// What came out: a column for each partitioned network, and the run directory.
  package struct Outcome: JobOutcome {
    /// The phases up to the last one asked for.
    package let result: FlowResult
    /// What is said of the network as it was opened.
    fileprivate let opened: InspectJob.Outcome
    fileprivate let folder: String
    /// Whether some mapping of some column meets all limits, or none was searched.
    package let isFeasible: Bool

    /// The columns as JSON; before the network is partitioned, what `inspect` says of it.
    package func json() throws -> String {
      result.hasReached(.partition)
        ? try JSONText.encode(result.columns.map(\.summary)) : try opened.json()
    }

    /// The columns as a table, and where the files are.
    package func text() -> String {
      let table =
        result.hasReached(.partition)
        ? PartitionTable.text(result.columns.map(\.summary))
          + PlatformNotes(result.run.model?.platform).text
        : opened.text()
      let report = result.hasReached(.report)
      return table
        + "\n\(report ? "report" : "run directory"): \(folder)\(report ? "/report.html" : "")\n"
    }
  }
}

extension JobForm where Value == [Int] {
  /// Limits on the number of blocks, each once.
  fileprivate static let limits = commaList { texts, key in
    let numbers = texts.compactMap { Int($0.filter { $0 != " " }) }
    guard numbers.count == texts.count, numbers.allSatisfy({ $0 >= 0 }) else {
      throw RequestError(
        key, "expected numbers as 0,32,59,90, found \"\(texts.joined(separator: ","))\"")
    }
    var seen: Set<Int> = []
    return numbers.filter { seen.insert($0).inserted }
  } write: {
    $0.map { "\($0)" }
  }
}

extension FlowJob {
  /// Runs the phases and writes what each leaves.
  package func run(in context: JobContext) throws -> Outcome {
    let request = try exploreRequest()
    let platform = try platform.require()
    context.tell(.phase(.open, subject.path))
    var run = try PartitionRun(
      network: try subject.network(), options: subject.importOptions, platform: platform)
    run.sharesInputs = sharedInputs
    let folder = try RunDirectory(
      path: output.path ?? "runs/\(run.source.name)-\(platform.name)".singleLine,
      mayReplace: output.force || output.path == nil)
    context.tell(.canCancel)
    do {
      let opened = try InspectJob().describe(run.source, on: platform, JobContext())
      let result = try phases(run, request, context)
      context.warn(result.diagnostics)
      if until == .report { context.tell(.phase(.report, folder.path)) }
      var files = FlowFolder(
        result, opened: opened, command: context.command(JobDocument(shortest: self)))
      context.warn(try files.write(to: folder))
      try folder.commit()
      folder.release()
      return Outcome(
        result: files.result, opened: opened, folder: folder.path.singleLine,
        isFeasible: !files.result.isInfeasible)
    } catch {
      folder.discard()
      throw error
    }
  }

  /// The search for mappings of each column; a short one unless something else is asked for.
  private func exploreRequest() throws -> ExploreRequest {
    var request = search.request()
    if search.evaluations == nil, search.timeLimit == nil, search.method != .exhaustive {
      request.configuration.evaluations = 2_000
    }
    request.limits.requirements += try execution.limits().requirements
    return request
  }

  private func phases(
    _ run: PartitionRun, _ request: ExploreRequest, _ context: JobContext
  ) throws -> FlowResult {
    var result = FlowResult(job: self, run: run)
    guard result.hasReached(.partition) else {
      result.diagnostics = try result.run.diagnostics()
      return result
    }
    for limit in limits.map({ $0.map(Optional.some) }) ?? [0, nil] {
      context.tell(.phase(.partition, limit.map { "limit \($0)" } ?? "until all elements are busy"))
      var hand = partition.byHand
      hand.automatic = partition.automatic(limit: limit, elementCount: result.run.elementCount)
      let partitioned = try result.run.partition(hand)
      if let same = result.columns.first(where: { $0.hasBlocks(of: partitioned) }) {
        result.columns.append(same.again(limit: limit, partitioned))
        continue
      }
      let shape = hand.shape(of: partitioned)
      result.columns.append(try column(limit: limit, partitioned, shape, &result, request, context))
    }
    result.diagnostics = try result.run.diagnostics(of: result.columns.map(\.graph))
    return result
  }

  /// Analyses a partitioned network and searches its mappings.
  ///
  /// - Parameter shape: The splits as mappings have them.
  private func column(
    limit: Int?, _ partitioned: PartitionResult, _ shape: Mapping, _ result: inout FlowResult,
    _ request: ExploreRequest, _ context: JobContext
  ) throws -> FlowColumn {
    let blocks = "\(partitioned.network.graph.blocks.count) blocks"
    context.tell(.phase(.analyze, blocks))
    var column = try result.run.column(limit: limit, partitioned)
    if result.hasReached(.explore), let model = result.run.model {
      context.tell(.phase(.explore, blocks))
      column.add(try request(column.graph, model, shape, context.isCancelled))
    }
    return column
  }
}

extension ExploreRequest {
  /// Searches for mappings of a network as it is.
  fileprivate func callAsFunction(
    _ graph: BlockGraph, _ model: CostModel, _ shape: Mapping,
    _ shouldStop: @escaping () -> Bool
  ) throws -> ExploreOutcome {
    var hooks = SearchHooks()
    hooks.shouldStop = shouldStop
    let subject = try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic)
    return try self(
      subject, PlacementRules(subject.problem), mapping: shape, hooks: hooks)
  }
}
