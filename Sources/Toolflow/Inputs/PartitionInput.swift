import Diagnostics
package import Partitioning
package import Preparation

/// How a network is split and merged.
package struct PartitionInput: Hashable, Sendable {
  /// Splits by hand, in their order.
  package var splits: [PartitionedNetwork.Split] = []
  /// Merges by hand, as `a+b`, and `platform` for the fused patterns of the platform.
  package var merges: [String] = []
  /// The parts of an automatic split.
  package var step = 2
  /// The goal of automatic splits.
  package var bottleneck = BottleneckPartitioning.Kind.performance

  /// The defaults: no splits or merges by hand.
  package init() {}

  /// The keys of splits and merges by hand.
  static let handKeys: [JobKey<PartitionInput>] = [
    JobKey("split", \.splits, .splits), JobKey("merge", \.merges, .texts(checkMerge)),
  ]

  /// The keys of automatic splits.
  static let automaticKeys: [JobKey<PartitionInput>] = [
    JobKey("step", \.step, .integer(2...Int.max)), JobKey("bottleneck", \.bottleneck, .word),
  ]

  private static let platform = "platform"

  @Sendable private static func checkMerge(_ text: String, _ key: String) throws {
    guard text == platform || text.split(separator: "+").count >= 2 else {
      throw RequestError(key, "expected two or more blocks as a+b, found \"\(text)\"")
    }
  }

  /// The partitioning request with the splits and merges made by hand.
  package var byHand: PartitionRequest {
    var request = PartitionRequest()
    request.splits = splits
    request.mergesPatterns = merges.contains(Self.platform)
    request.merges = merges.filter { $0 != Self.platform }.map {
      $0.split(separator: "+").map(String.init)
    }
    return request
  }

  /// The partitioning to at most so many blocks, or until all elements are busy.
  package func automatic(limit: Int?, elementCount: Int) -> BottleneckPartitioning {
    BottleneckPartitioning(
      limit: limit, step: step, kind: bottleneck, elementCount: elementCount)
  }
}

extension JobForm where Value == [PartitionedNetwork.Split] {
  /// Splits as `block=k`, `block=k:lines`, `block=k:inputs` or `block=k:kernels`.
  fileprivate static let splits = JobForm(schema: .list(of: .scalar)) { value, key in
    try JobForm<[String]>.texts.read(value, key).map { text in
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
        key,
        "expected block=k, block=k:lines or block=k:inputs with k of 2 or more, found "
          + "\"\(text)\"")
    }
  } write: {
    JobForm<[String]>.texts.write(
      $0.map {
        "\($0.block)=\($0.parts)" + ($0.axis == .kernels ? "" : ":\($0.axis.rawValue)")
      })
  }
}
