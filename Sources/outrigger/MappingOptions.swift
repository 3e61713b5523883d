import ArgumentParser
import DataflowConversion
import MappingModel
import Simulation
import Toolflow

/// How a mapping is executed, and what it is held against.
struct MappingOptions: ParsableArguments {
  @Option(help: "What a firing of a network's block works on: tensor or line.")
  var granularity: Granularity = .tensor

  @Option(
    help: ArgumentHelp(
      "What channels hold: periodic, as the strictly periodic schedule needs, or the tensors of "
        + "so many inferences.", valueName: "periodic|N"))
  var buffers: String = "periodic"

  @Option(
    name: .customLong("require"),
    help: ArgumentHelp(
      "Limits, as in throughput>=30,latency<=50ms,power<=5W,energy<=0.1J,memory<=64MB,cost<=3; also "
        + "period and peak_power.", valueName: "limits"))
  var requirements: [String] = []

  @Flag(help: "Let the weights on an element be limited by its own memory.")
  var localMemory = false

  /// How much channels hold.
  func bufferPolicy() throws -> BufferPolicy {
    if buffers == "periodic" { return .periodic }
    guard let count = Int(buffers), (1...1_000_000).contains(count) else {
      throw ToolflowError.option(
        name: "--buffers",
        reason: "expected periodic or a number of inferences, found \"\(buffers)\"")
    }
    return .inferences(count)
  }

  /// What mappings are held against.
  func limits() throws -> MappingEvaluator.Limits {
    var list: [Requirement] = []
    for text in requirements { list += try Requirement.list(text) }
    return MappingEvaluator.Limits(requirements: list, localMemory: localMemory)
  }
}
