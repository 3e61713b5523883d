import ArgumentParser
import Dataflow
import DataflowConversion
import Toolflow

/// Analyses a dataflow graph, or the dataflow graph of a network.
struct AnalyzeCommand: JobCommand {
  static let kind = JobKind.analyze

  static let configuration = CommandConfiguration(
    commandName: "analyze",
    abstract: "Analyse the CSDF graph of a network, or of a graph file.",
    discussion: """
      The argument is an ONNX network, an SDF3 XML file, a CSDF JSON file or a PiSDF file (.pi), \
      which is flattened and whose actors take a tick, or the _app.yml of a Sesame export. Times of a network are those of the slowest \
      element of --platform in picoseconds; without a platform an operation takes a tick.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var power: PowerOptions
  @OptionGroup var result: ResultOptions

  @Option(help: "What a firing of a network's block works on: tensor or line.")
  var granularity: Granularity = AnalyzeJob().granularity

  @Flag(help: "The exact period of an iteration, and a cycle of actors that sets it.")
  var throughput = false

  @Flag(help: "The periods of the best 1-periodic and strictly periodic schedules.")
  var periodic = false

  @Flag(help: "What bounds the period, and how far times must fall before something else does.")
  var bottleneck = false

  @Flag(help: "The time from a firing of --from to the firing of --to that depends on it.")
  var latency = false

  @Flag(help: "The capacities of channels that none beat, in tokens and in speed.")
  var buffers = false

  @Flag(help: "The strictly periodic schedule: periods, start times, buffers, latency, processors.")
  var sps = false

  @Flag(help: "When each actor fires in the first --iterations, as soon as it can.")
  var schedule = false

  @Option(help: "How many iterations --schedule shows.")
  var iterations: Int = AnalyzeJob().iterations

  @Option(help: "An SVG file for the Gantt chart of --schedule.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  @Flag(help: "Everything but the schedule.")
  var all = false

  @Option(help: "An actor; by default the first without inputs that a path joins with an end.")
  var from: String?

  @Option(help: "An actor; by default the last without outputs that a path leads to.")
  var to: String?

  @Option(help: "How to find the period: auto, k-periodic or self-timed.")
  var method: Throughput.Method = AnalyzeJob().method

  @Option(
    name: .customLong("time-limit"), parsing: .unconditional,
    help: ArgumentHelp(
      "The time after which what is known by then is given, for each answer: 90, 90s, 2min; 60 s by default.",
      valueName: "time"))
  var timeLimit: Timespan?

  @Option(
    name: .customLong("deadline-factor"), parsing: .unconditional,
    help: "Where deadlines lie between the execution time (0) and the period (1).")
  var deadlineFactor: String = AnalyzeJob().deadlineFactor
}

extension Throughput.Method: ExpressibleByArgument {}
