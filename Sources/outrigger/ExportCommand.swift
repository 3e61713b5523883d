import ArgumentParser
import Dataflow
import Foundation
import Interchange
import NetworkImport
import NetworkModel
import ONNXFormat
import Partitioning
import Toolflow

/// Writes a network or a graph for other tools.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a network, whole or partitioned, or a CSDF graph, for other tools.",
    discussion: """
      onnx writes the blocks as an ONNX network that computes the same; dot draws them for \
      Graphviz; sdf3 and csdf-json write the CSDF graph, with the times of --platform. sdf3, \
      csdf-json and dot also take graph files. Without --output, text goes to the standard output.
      """)

  /// The formats that are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case onnx, dot, sdf3
    case csdfJSON = "csdf-json"
  }

  @Argument(help: "onnx, dot, sdf3 or csdf-json.")
  var format: Format

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions

  @Option(parsing: .unconditional, help: "Partition the network first, to at most so many blocks.")
  var partitions: Int?

  @Option(help: "The file to write.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  @Flag(help: "Leave warnings out.")
  var quiet = false

  func run() throws {
    if let output { try OutputFile.check(output, force: force) }
    if format != .onnx, GraphFile.looksLikeGraph(path: network.network) {
      try write(try text(of: try GraphFile.read(path: network.network)))
      return
    }
    var run = try PartitionRun(
      network: try network.open(), options: network.importOptions, platform: try platform.open())
    Console.warn(try run.diagnostics(), quiet: quiet)
    let graph = try partitioned(&run)
    switch format {
    case .onnx:
      guard let output else {
        throw ToolflowError.option(name: "--output", reason: "an ONNX file needs a name")
      }
      try ONNXModel(exporting: graph).write(to: output)
    case .dot: try write(DOT.text(graph))
    case .sdf3, .csdfJSON: try write(try text(of: try run.evaluate(graph).csdf))
    }
  }

  private func partitioned(_ run: inout PartitionRun) throws -> BlockGraph {
    var request = try partition.byHand()
    if let partitions {
      request.automatic = BottleneckPartitioning(
        limit: partitions, step: partition.step, kind: partition.bottleneck,
        elementCount: run.elementCount)
    }
    return try run.partition(request).network.graph
  }

  private func text(of graph: CSDFGraph) throws -> String {
    switch format {
    case .sdf3: return try SDF3Format.write(SDF3Format.Document(graph: graph))
    case .csdfJSON: return try CSDFJSONFormat.write(graph)
    default: return DOT.text(graph)
    }
  }

  private func write(_ text: String) throws {
    if let output {
      try OutputFile.write(text, to: output)
    } else {
      print(text, terminator: text.hasSuffix("\n") ? "" : "\n")
    }
  }
}
