import ArgumentParser
import CostModel
import Diagnostics
import NetworkImport
import NetworkModel
import Reporting
import Toolflow

/// Says what a network consists of, and what its blocks cost.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a network's size and, with a platform, what each block costs on each element.")

  /// The graphs that a network can be seen as.
  enum View: String, ExpressibleByArgument, CaseIterable {
    /// One node per operator.
    case layer
    /// One node per operator that is left after folding.
    case block
  }

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var result: ResultOptions

  @Option(help: "Count the nodes and edges of this view: layer or block.")
  var view: View = .block

  func run() throws {
    let source = try network.open()
    let layers = try source.blocks(.layers)
    let blocks = try source.blocks(network.importOptions)
    let seen = view == .layer ? layers : blocks
    let opened = try platform.open()
    var summary = NetworkSummary(source, view: seen, layers: layers, opened?.model)
    if let opened {
      var table = BlockCostTable(opened.model)
      let warnings = opened.diagnostics + (try table.fallbackWarnings(of: seen))
      summary.warnings += warnings.map(\.description)
    }
    if result.json {
      print(try JSONText.encode(summary), terminator: "")
      return
    }
    for warning in summary.warnings where !result.quiet { Console.note("warning: \(warning)") }
    print(InspectText.text(source, summary, seen, opened?.model), terminator: "")
  }
}
