import ArgumentParser
import Partitioning
import Toolflow

/// How a network is split and merged.
struct PartitionOptions: ParsableArguments {
  @Option(
    name: .customLong("split"),
    help: ArgumentHelp(
      "Split a block and its chain into parts, as in conv4=4; may be given again.",
      valueName: "block=k"))
  var splits: [String] = []

  @Option(
    name: .customLong("merge"),
    help: ArgumentHelp(
      "Merge blocks into one, as in conv1+pool1; platform merges what the platform lists as fused "
        + "patterns; may be given again.", valueName: "a+b"))
  var merges: [String] = []

  @Option(parsing: .unconditional, help: "The parts that one automatic split makes.")
  var step: Int = 2

  @Option(help: "What automatic splits go for: performance or memory.")
  var bottleneck: BottleneckPartitioning.Kind = .performance

  /// The splits and merges made by hand.
  func byHand() throws -> PartitionRequest {
    guard step >= 2 else {
      throw ToolflowError.option(name: "--step", reason: "expected 2 or more, found \(step)")
    }
    var request = PartitionRequest()
    request.splits = try splits.map { text in
      guard let separator = text.lastIndex(of: "="),
        let parts = Int(text[text.index(after: separator)...]), parts >= 2
      else {
        throw ToolflowError.option(
          name: "--split", reason: "expected block=k with k of 2 or more, found \"\(text)\"")
      }
      return (String(text[..<separator]), parts)
    }
    request.mergesPatterns = merges.contains("platform")
    request.merges = try merges.filter { $0 != "platform" }.map { text in
      let names = text.split(separator: "+").map(String.init)
      guard names.count >= 2 else {
        throw ToolflowError.option(
          name: "--merge", reason: "expected two or more blocks as a+b, found \"\(text)\"")
      }
      return names
    }
    return request
  }
}

extension BottleneckPartitioning.Kind: ExpressibleByArgument {}
