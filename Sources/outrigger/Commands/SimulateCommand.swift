import ArgumentParser
import Toolflow

/// Executes a mapping of a network or of a dataflow graph.
struct SimulateCommand: JobCommand {
  static let kind = JobKind.simulate

  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Execute a mapping on a platform: period, latency, energy, power, memory, loads.",
    discussion: """
      The argument is an ONNX network, or a dataflow graph (SDF3 XML, CSDF JSON, PiSDF, the \
      application of a Sesame export) whose actors \
      take the times of --times, or their own. Blocks that --mapping leaves out are placed so that \
      the load is balanced. A mapping that breaks a limit is reported, and the exit code is 1.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var result: ResultOptions

  @Option(help: ArgumentHelp("The mapping, JSON or YAML.", valueName: "file"))
  var mapping: String?

  @Option(
    help:
      "How many inferences may pass until the execution repeats exactly; 1000, and up to 4000 until the mean has settled to 2 %, unless given."
  )
  var inferences: Int?
}
