import ArgumentParser
import DataflowConversion
import Diagnostics
import Preparation
import Simulation

/// How a mapping is executed.
struct ExecutionOptions: ParsableArguments {
  @Option(help: "What a firing of a network's block works on: tensor or line.")
  var granularity: Granularity = .tensor

  @Option(
    help: ArgumentHelp(
      "What channels hold: periodic, as the strictly periodic schedule needs, or the tensors of "
        + "so many inferences.", valueName: "periodic|N"))
  var buffers: String = "periodic"

  /// How much channels hold.
  func bufferPolicy() throws -> BufferPolicy {
    if buffers == "periodic" { return .periodic }
    guard let count = Int(buffers), Self.inferenceCounts.contains(count) else {
      throw RequestError(
        "buffers",
        "expected periodic or a number of inferences from 1 to 1000000, found \"\(buffers)\"")
    }
    return .inferences(count)
  }

  /// How many inferences an execution or a channel may have.
  private static let inferenceCounts = 1...1_000_000

  /// The number of an option `--inferences`.
  ///
  /// - Throws: ``RequestError`` for one that is too small or too large.
  static func checked(inferences: Int) throws -> Int {
    guard inferenceCounts.contains(inferences) else {
      throw RequestError(
        "inferences", "expected 1 to 1000000, found \(inferences)")
    }
    return inferences
  }
}
