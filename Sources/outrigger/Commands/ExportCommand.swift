import ArgumentParser
import Interchange
import Toolflow

/// Writes a network or a graph for other tools.
struct ExportCommand: JobCommand {
  static let kind = JobKind.export

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a network, whole or partitioned, or a CSDF graph, for other tools.",
    discussion: """
      onnx writes the blocks as an ONNX network that computes the same; dot draws them for \
      Graphviz, csv lists their edges, both in any --view; sdf3 and csdf-json write the CSDF graph, with the times of --platform. sdf3, \
      csdf-json and dot also take graph files, also PiSDF (.pi), which is flattened. times is a CSV table of what each block costs on each \
      element, to put measured times into and give back with --times. platform writes a platform \
      in our own format, YAML or, where --output ends in .json, JSON. sesame and preesm write folders \
      with the application, and with --platform and --mapping the architecture and the mapping; \
      perfetto writes the timeline of an execution for ui.perfetto.dev. Without --output, text goes to \
      the standard output.
      """)

  @Argument(
    help: "onnx, dot, csv, sdf3, csdf-json, times, platform, sesame, preesm or perfetto.")
  var format: ExportFormat

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions
  @OptionGroup var automatic: AutomaticPartitionOptions
  @OptionGroup var parameters: ParameterOptions

  @Option(help: "Export this view: layer, block, or in dot and csv neuron.")
  var view: NetworkView = ExportJob().view

  @OptionGroup var execution: ExecutionOptions

  @Option(
    help: ArgumentHelp(
      "For sesame, preesm and perfetto: the mapping, JSON or YAML.", valueName: "file"))
  var mapping: String?

  @Option(help: "For sesame: whether an event moves a token or a burst of them.")
  var events: SesameExport.Events = ExportJob().events

  @Flag(help: "For sesame: write the traces of an inference too.")
  var traces = false

  @Option(help: "For perfetto: how many inferences are shown at most.")
  var inferences: Int = ExportJob().inferences

  @Option(parsing: .unconditional, help: "Partition the network first, to at most so many blocks.")
  var partitions: Int?

  @Option(help: "The file to write.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  @OptionGroup var telling: TellingOptions
}

extension ExportFormat: ExpressibleByArgument {}

extension SesameExport.Events: ExpressibleByArgument {}
