import ArgumentParser
import Partitioning
import Toolflow

/// How a network is split by itself.
struct AutomaticPartitionOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The parts that one automatic split makes.")
  var step: Int = PartitionInput().step

  @Option(help: "What automatic splits go for: performance or memory.")
  var bottleneck: BottleneckPartitioning.Kind = PartitionInput().bottleneck
}

extension BottleneckPartitioning.Kind: ExpressibleByArgument {}
