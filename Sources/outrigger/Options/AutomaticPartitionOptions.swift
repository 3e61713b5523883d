import ArgumentParser
import Partitioning

/// How a network is split by itself.
struct AutomaticPartitionOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The parts that one automatic split makes.")
  var step: Int = 2

  @Option(help: "What automatic splits go for: performance or memory.")
  var bottleneck: BottleneckPartitioning.Kind = .performance
}

extension BottleneckPartitioning.Kind: ExpressibleByArgument {}
