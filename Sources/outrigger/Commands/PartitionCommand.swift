import ArgumentParser
import Toolflow

/// Splits and merges the blocks of a network.
struct PartitionCommand: JobCommand {
  static let kind = JobKind.partition

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
}
