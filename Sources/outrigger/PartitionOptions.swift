import ArgumentParser
import Diagnostics
import Partitioning
import Preparation

/// How a network is split and merged by hand.
struct PartitionOptions: ParsableArguments {
  @Option(
    name: .customLong("split"),
    help: ArgumentHelp(
      "Split a block and its chain into parts, as in conv4=4 for parts of its kernels, "
        + "conv4=4:lines for ranges of lines, conv4=4:inputs for partial sums; may be given again.",
      valueName: "block=k[:lines|inputs]"))
  var splits: [String] = []

  @Option(
    name: .customLong("merge"),
    help: ArgumentHelp(
      "Merge blocks into one, as in conv1+pool1; platform merges what the platform lists as fused "
        + "patterns; may be given again.", valueName: "a+b"))
  var merges: [String] = []

  /// The splits and merges made by hand.
  func byHand() throws -> PartitionRequest {
    var request = PartitionRequest()
    request.splits = try splits.map(Self.split)
    request.mergesPatterns = merges.contains("platform")
    request.merges = try merges.filter { $0 != "platform" }.map { text in
      let names = text.split(separator: "+").map(String.init)
      guard names.count >= 2 else {
        throw RequestError(
          "merge", "expected two or more blocks as a+b, found \"\(text)\"")
      }
      return names
    }
    return request
  }

  /// Reads `block=k`, `block=k:lines`, `block=k:inputs` or `block=k:kernels`.
  private static func split(_ text: String) throws -> PartitionedNetwork.Split {
    if let separator = text.lastIndex(of: "=") {
      let words = text[text.index(after: separator)...]
        .split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let axis = words.count == 1 ? .kernels : SplitAxis(rawValue: String(words[1]))
      if let parts = words.first.flatMap({ Int($0) }), parts >= 2, let axis {
        return PartitionedNetwork.Split(
          block: String(text[..<separator]), parts: parts, axis: axis)
      }
    }
    throw RequestError(
      "split",
      "expected block=k, block=k:lines or block=k:inputs with k of 2 or more, found "
        + "\"\(text)\"")
  }
}
