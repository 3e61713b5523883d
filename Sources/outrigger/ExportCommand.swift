import ArgumentParser
import CostModel
import Dataflow
import DataflowConversion
import DataflowFormats
import Diagnostics
import Documents
import Files
import Foundation
import Interchange
import NetworkImport
import NetworkModel
import ONNXFormat
import Partitioning
import PlatformModel
import Preparation
import Reporting

/// Writes a network or a graph for other tools.
struct ExportCommand: ParsableCommand {
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

  /// The formats that are written.
  enum Format: String, ExpressibleByArgument, CaseIterable, Sendable {
    case onnx, dot, csv, sdf3, times, platform, sesame, preesm, perfetto
    case csdfJSON = "csdf-json"
  }

  @Argument(
    help: "onnx, dot, csv, sdf3, csdf-json, times, platform, sesame, preesm or perfetto.")
  var format: Format

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions
  @OptionGroup var automatic: AutomaticPartitionOptions
  @OptionGroup var parameters: ParameterOptions

  @Option(help: "Export this view: layer, block, or in dot and csv neuron.")
  var view: NetworkView = .block

  @OptionGroup var execution: ExecutionOptions

  @Option(
    help: ArgumentHelp(
      "For sesame, preesm and perfetto: the mapping, JSON or YAML.", valueName: "file"))
  var mapping: String?

  @Option(help: "For sesame: whether an event moves a token or a burst of them.")
  var events: SesameExport.Events = .burst

  @Flag(help: "For sesame: write the traces of an inference too.")
  var traces = false

  @Option(help: "For perfetto: how many inferences are shown at most.")
  var inferences: Int = 8

  @Option(parsing: .unconditional, help: "Partition the network first, to at most so many blocks.")
  var partitions: Int?

  @Option(help: "The file to write.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  @Flag(help: "Leave warnings out.")
  var quiet = false

  func run() throws {
    try check()
    let isFolder = format == .sesame || format == .preesm
    let file = isFolder ? nil : try output.map { try OutputFile($0, force: force) }
    if format == .platform {
      try write(try platformText(), to: file)
      return
    }
    if [.sesame, .preesm, .perfetto].contains(format) {
      try writeMapped(to: file)
      return
    }
    if situation.subject != .network {
      let document = try parameters.document(path: network.network)
      Console.warn(document.diagnostics, quiet: quiet)
      try write(try text(of: document), to: file)
      return
    }
    var run = try PartitionRun(
      network: try network.open(), options: view.importOptions(network),
      platform: try platform.open())
    let graph = try partitioned(&run)
    Console.warn(try run.diagnostics(of: [graph]), quiet: quiet)
    switch format {
    case .onnx:
      guard let file else {
        throw RequestError("output", "an ONNX file needs a name")
      }
      try file.write { try ONNXModel(exporting: graph).write(to: $0) }
    case .dot, .csv: try writeView(of: graph, to: file)
    case .times:
      guard let model = run.model else {
        throw RequestError("platform", "a table of times needs one")
      }
      try write(TimesTable.text(graph, model), to: file)
    case .platform, .sesame, .preesm, .perfetto: break
    case .sdf3, .csdfJSON:
      let csdf = try run.dataflow(of: graph, granularity: granularity)
      let graph = try format == .sdf3 ? csdf.withSequentialActors() : csdf
      try write(try text(of: SDF3Format.Document(graph: graph)), to: file)
    }
  }

  /// Checks, before work starts, what can be checked of the options.
  private func check() throws {
    _ = try ExecutionOptions.checked(inferences: inferences)
    guard view != .neuron || format == .dot || format == .csv else {
      throw RequestError("view", "neurons are exported as dot or csv")
    }
  }

  private var granularity: Granularity { execution.granularity }

  /// The dataflow graph of the argument, without a platform.
  func plainGraph() throws -> CSDFGraph {
    if GraphFile.looksLikeGraph(path: network.network) {
      return try parameters.graph(path: network.network, quiet: quiet)
    }
    var run = try PartitionRun(
      network: try network.open(), options: network.importOptions, platform: nil)
    Console.warn(try run.diagnostics(of: [run.graph]), quiet: quiet)
    return try run.dataflow(of: run.graph, granularity: granularity)
  }

  /// Writes the nodes and edges of the chosen view.
  private func writeView(of graph: BlockGraph, to file: OutputFile?) throws {
    let neurons = view == .neuron ? try NeuronGraph(graph) : nil
    func write(to path: String?) throws {
      try TextSink.write(to: path) { sink in
        switch (format, neurons) {
        case (.dot, let neurons?): DOT.write(neurons, of: graph, to: &sink)
        case (.dot, nil): sink.write(DOT.text(graph))
        case (_, let neurons?): EdgeList.write(neurons, of: graph, to: &sink)
        case (_, nil): EdgeList.write(graph, to: &sink)
        }
      }
    }
    if let file { try file.write { try write(to: $0) } } else { try write(to: nil) }
  }

  private func partitioned(_ run: inout PartitionRun) throws -> BlockGraph {
    var request = try partition.byHand()
    if let partitions {
      request.automatic = try automatic.partitioning(
        limit: partitions, elementCount: run.elementCount)
    }
    return try run.partition(request).network.graph
  }

  /// The platform that the argument names, with a comment that says where it comes from.
  private func platformText() throws -> String {
    let opened = try OpenedPlatform(network.network)
    Console.warn(opened.diagnostics, quiet: quiet)
    let document = PlatformFormat.document(of: opened.model.platform)
    if output?.lowercased().hasSuffix(".json") == true { return document.json() + "\n" }
    let file = opened.path.nameOfPath.singleLine
    return try document.yaml(header: "Made from \(file); docs/platforms.md explains the keys.")
  }

  private func text(of document: SDF3Format.Document) throws -> String {
    switch format {
    case .sdf3: return try SDF3Format.write(document)
    case .csdfJSON: return try CSDFJSONFormat.write(document)
    default: return DOT.text(document.graph)
    }
  }

  private func write(_ text: String, to file: OutputFile?) throws {
    if let file {
      try file.write(text)
    } else {
      print(text, terminator: text.hasSuffix("\n") ? "" : "\n")
    }
  }
}

extension SesameExport.Events: ExpressibleByArgument {}
