import ArgumentParser
import Toolflow

/// The main job: the whole chain from the network to the report.
struct FlowCommand: JobCommand {
  static let kind = JobKind.flow

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

  @Option(
    help: "The last phase: open, partition, analyze, explore or report; each leaves its files.")
  var until: FlowPhase = FlowJob().until

  @Option(help: "The run directory.")
  var output: String?

  @Flag(help: "Replace a run directory that exists.")
  var force = false
}

extension FlowPhase: ExpressibleByArgument {}
