import ArgumentParser
import Diagnostics
import Partitioning

/// How a network is split by itself.
struct AutomaticPartitionOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The parts that one automatic split makes.")
  var step: Int = 2

  @Option(help: "What automatic splits go for: performance or memory.")
  var bottleneck: BottleneckPartitioning.Kind = .performance

  /// The parts of a split.
  func parts() throws -> Int {
    guard step >= 2 else {
      throw RequestError("step", "expected 2 or more, found \(step)")
    }
    return step
  }

  /// The partitioning to at most so many blocks, or until all elements are busy.
  func partitioning(limit: Int?, elementCount: Int) throws -> BottleneckPartitioning {
    if let limit, limit < 0 {
      throw RequestError(
        "partitions", "expected 0 or more, found \(limit)")
    }
    return BottleneckPartitioning(
      limit: limit, step: try parts(), kind: bottleneck, elementCount: elementCount)
  }
}

extension BottleneckPartitioning.Kind: ExpressibleByArgument {}
