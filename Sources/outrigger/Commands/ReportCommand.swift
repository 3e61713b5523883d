import ArgumentParser
import Toolflow

/// Makes the report of a search again, or one that compares given mappings.
struct ReportCommand: JobCommand {
  static let kind = JobKind.report

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
}
