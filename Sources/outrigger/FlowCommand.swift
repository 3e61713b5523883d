import ArgumentParser
import CostModel
import Diagnostics
import Documents
import Exploration
import Files
import Foundation
import Partitioning
import Preparation
import Reporting
import Search
import Simulation
import Toolflow

/// The main job: the whole chain from the network to the report.
struct FlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "flow",
    abstract: "Run the whole chain: open, partition, analyse, explore, report.",
    discussion: """
      Makes a run directory with a report (report.html), the table as CSV and JSON, figures, every \
      partitioned graph as JSON, SDF3 XML and SVG with the best mappings of it that a short search \
      finds, and the most partitioned network as ONNX. Without \
      --output the directory is runs/NETWORK-PLATFORM and replaces the one of the last run. What limits the \
      search, as --time-limit, is for each of the graphs. Ctrl-C and SIGTERM end the searches and keep what was found.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions
  @OptionGroup var automatic: AutomaticPartitionOptions
  @OptionGroup var search: SearchOptions
  @OptionGroup var result: ResultOptions

  @OptionGroup var required: RequirementOptions

  @Option(
    parsing: .unconditional,
    help: "Limits on the number of blocks, a column of the table each, as in 0,32,59,90.")
  var partitions: String?

  @Flag(help: "Count a tensor that several blocks read once in memory, not once for each.")
  var sharedInputs = false

  @Option(help: "The run directory.")
  var output: String?

  @Flag(help: "Replace a run directory that exists.")
  var force = false

  func run() throws {
    var request = FlowRequest(
      limits: try limits(), byHand: try partition.byHand(), step: try automatic.parts(),
      kind: automatic.bottleneck)
    request.explore = try exploreRequest()
    var platform = platform
    if platform.platform == nil { platform.platform = "neuraghe-v1" }
    let opened = try platform.require()
    progress(.open, network.network)
    var run = try PartitionRun(
      network: try network.open(), options: network.importOptions, platform: opened)
    run.sharesInputs = sharedInputs
    let folder = try RunDirectory(
      path: output ?? "runs/\(run.source.name)-\(opened.name)".singleLine,
      mayReplace: force || output == nil)
    Interrupt.shared.onFirst { [quiet = result.quiet] in Console.noteInterrupt(quiet: quiet) }
    var isInfeasible = false
    do {
      let flow = try request(
        run, shouldStop: { Interrupt.shared.received != nil }, progress: progress)
      Console.warn(flow.diagnostics, quiet: result.quiet)
      progress(.report, folder.path)
      let command = ShellText.command(["outrigger"] + CommandLine.arguments.dropFirst())
      let warnings = try FlowReport(flow, command: command).write(to: folder)
      if !result.quiet { for warning in warnings { Console.note("warning: \(warning)") } }
      try folder.commit()
      folder.release()
      try show(flow, folder)
      isInfeasible = flow.isInfeasible
    } catch {
      folder.discard()
      throw error
    }
    if let signal = Interrupt.shared.received { throw ExitStatus.interrupted(signal) }
    if isInfeasible { throw ExitStatus.infeasible }
  }

  /// The search for mappings of each column; a short one unless the user says otherwise.
  private func exploreRequest() throws -> ExploreRequest {
    var request = try search.request()
    if search.evaluations == nil, search.timeLimit == nil, search.method != .exhaustive {
      request.configuration.evaluations = 2_000
    }
    request.limits.requirements += try required.requirements()
    return request
  }

  private func show(_ flow: FlowResult, _ folder: RunDirectory) throws {
    let columns = flow.columns.map(\.summary)
    if result.json {
      Console.show(try JSONText.encode(columns))
    } else {
      Console.show(PartitionTable.text(columns))
      Console.show(PlatformNotes(flow.run.model?.platform).text)
      print("\nreport: \(folder.path.singleLine)/report.html")
    }
  }

  private func progress(_ phase: FlowPhase, _ subject: String) {
    guard !result.quiet, isatty(STDERR_FILENO) != 0 else { return }
    Console.note("\(phase.rawValue): \(subject)")
  }

  private func limits() throws -> [Int] {
    guard let partitions else { return [] }
    let parts = partitions.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    guard numbers.count == parts.count, numbers.allSatisfy({ $0 >= 0 }) else {
      throw RequestError(
        "partitions", "expected numbers as 0,32,59,90, found \"\(partitions)\"")
    }
    var seen: Set<Int> = []
    return numbers.filter { seen.insert($0).inserted }
  }
}
