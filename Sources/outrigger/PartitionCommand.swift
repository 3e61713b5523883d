import ArgumentParser
import CostModel
import Diagnostics
import Documents
import Files
import NetworkImport
import NetworkModel
import ONNXFormat
import Partitioning
import Preparation
import Reporting

/// Splits and merges the blocks of a network.
struct PartitionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partition",
    abstract: "Split and merge a network's blocks to control its parallelism.",
    discussion: """
      With --partitions N the bottleneck is split until N blocks are reached; without it, and \
      without splits or merges by hand, until the blocks keep all elements busy. --output writes the \
      network, which computes the same.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var partition: PartitionOptions
  @OptionGroup var automatic: AutomaticPartitionOptions
  @OptionGroup var result: ResultOptions

  @Option(
    parsing: .unconditional,
    help: "The most blocks there may be, Input, Output and Concat included.")
  var partitions: Int?

  @Flag(help: "Count a tensor that several blocks read once in memory, not once for each.")
  var sharedInputs = false

  @Option(help: "The ONNX file to write.")
  var output: String?

  @Flag(help: "Replace a file that exists.")
  var force = false

  func run() throws {
    let file = try output.map { try OutputFile($0, force: force) }
    var run = try PartitionRun(
      network: try network.open(), options: network.importOptions, platform: try platform.open())
    run.sharesInputs = sharedInputs
    let made = try run.partition(try request(run))
    let diagnostics =
      try run.diagnostics(of: [made.network.graph]) + run.roomWarnings(of: made.network.graph)
    Console.warn(diagnostics, quiet: result.quiet)
    var summary = try run.summary(limit: partitions, made)
    try file?.write { try ONNXModel(exporting: made.network.graph).write(to: $0) }
    if result.json {
      summary.warnings = diagnostics.map(\.description)
      Console.show(try JSONText.encode(summary))
    } else {
      Console.show(PartitionTable.text([summary]))
      Console.show(PartitionTable.parts(made.network.graph))
      Console.show(PlatformNotes(run.model?.platform).text)
      if let output { print("\(output): the partitioned network") }
    }
  }

  private func request(_ run: PartitionRun) throws -> PartitionRequest {
    var request = try partition.byHand()
    if partitions != nil || request.isEmpty {
      request.automatic = try automatic.partitioning(
        limit: partitions, elementCount: run.elementCount)
    }
    return request
  }
}
