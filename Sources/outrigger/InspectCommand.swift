import ArgumentParser
import CostModel
import Diagnostics
import Documents
import Figures
import Files
import Foundation
import NetworkImport
import NetworkModel
import Partitioning
import PlatformModel
import Preparation
import Reporting

/// Says what a network or a platform consists of, and what blocks cost.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a network's size and what its blocks cost, or what a platform consists of.",
    discussion: """
      With --platform the table says what each block costs on each element; with --mapping too, how \
      long an inference keeps each element and link busy. The argument may also be a platform. \
      --output draws the network or the platform.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions
  @OptionGroup var result: ResultOptions

  @Option(help: "Show the nodes and edges of this view: layer, block or neuron.")
  var view: NetworkView = .block

  @Option(help: ArgumentHelp("A mapping, whose load is reported.", valueName: "file"))
  var mapping: String?

  @Option(help: "An SVG file to draw to.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  func run() throws {
    let file = try output.map { try OutputFile($0, force: force) }
    if let path = PlatformArgument.path(of: network.network) {
      try show(try OpenedPlatform(path), drawing: file)
    } else {
      try showNetwork(drawing: file)
    }
  }

  private func showNetwork(drawing file: OutputFile?) throws {
    guard output == nil || view != .neuron else {
      throw RequestError(
        "output", "neurons are too many to draw; export dot or csv writes them")
    }
    let source = try network.open()
    let layers = try source.blocks(.layers)
    let opened = try platform.open()
    var run = try PartitionRun(
      network: source, options: view.importOptions(network), platform: opened)
    let request = try partition.byHand()
    let seen = try run.partition(request).network.graph
    var mapped: MappedNetwork?
    if let mapping {
      guard let model = opened?.model else {
        throw RequestError("mapping", "it needs a --platform")
      }
      mapped = try MappedNetwork(path: mapping, seen, model)
    }
    let graph = mapped?.graph ?? seen
    var summary = NetworkSummary(source, view: graph, layers: layers, opened?.model)
    let neurons = view == .neuron ? try NeuronGraph(graph) : nil
    if let neurons { summary.count(neurons, of: graph) }
    summary.warnings += try run.platformWarnings(of: [graph]).map(\.description)
    let load = try mapped?.load()
    if let load { summary.add(load) }
    try file?.write(GraphDrawing(graph).figure().svgFile())
    if result.json {
      Console.show(try JSONText.encode(summary))
      return
    }
    for warning in summary.warnings where !result.quiet { Console.note("warning: \(warning)") }
    Console.show(InspectText.text(source, summary, graph, opened?.model, neurons: neurons))
    if let mapped, let load { Console.show("\n" + LoadText.text(mapped, load)) }
    Console.show(PlatformNotes(opened?.model.platform).text)
  }

  private func show(_ platform: OpenedPlatform, drawing file: OutputFile?) throws {
    try file?.write(GraphDrawing(platform.model.platform).figure().svgFile())
    if result.json {
      print(PlatformFormat.document(of: platform.model.platform).json())
      return
    }
    Console.warn(platform.diagnostics, quiet: result.quiet)
    Console.show(PlatformText.text(platform.model.platform, path: platform.path))
  }
}
