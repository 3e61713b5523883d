import ArgumentParser
import Toolflow

/// Searches for the best mappings.
struct ExploreCommand: JobCommand {
  static let kind = JobKind.explore

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
  @OptionGroup var view: ViewOptions
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
}
