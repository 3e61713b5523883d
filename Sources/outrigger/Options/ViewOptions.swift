import ArgumentParser
import Toolflow

/// What a network is seen as, and into what it is split, before mappings are searched.
struct ViewOptions: ParsableArguments {
  @Option(
    help: """
      What is mapped: the operators (layer), what is left of them after folding (block), or single \
      feature maps (neuron).
      """)
  var view: NetworkView = ExploreJob().view

  @Option(
    parsing: .unconditional,
    help: "Split the bottleneck until there are so many blocks, as partition does.")
  var partitions: Int?
}

extension NetworkView: ExpressibleByArgument {}
