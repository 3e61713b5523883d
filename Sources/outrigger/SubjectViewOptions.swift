import ArgumentParser
import Diagnostics
import Preparation

/// What a network is seen as, and into what it is split, before mappings are searched.
struct SubjectViewOptions: ParsableArguments {
  @Option(
    help: """
      What is mapped: the operators (layer), what is left of them after folding (block), or single \
      feature maps (neuron).
      """)
  var view: NetworkView = .block

  @Option(
    parsing: .unconditional,
    help: "Split the bottleneck until there are so many blocks, as partition does.")
  var partitions: Int?

  /// What is split beside what a mapping file splits.
  func partition() throws -> SubjectPartition {
    guard let partitions else { return view == .neuron ? .neurons : .none }
    guard partitions >= 0 else {
      throw RequestError(
        "partitions", "expected 0 or more, found \(partitions)")
    }
    guard view != .neuron else {
      throw RequestError(
        "partitions", "the view of neurons has a part for each of them already")
    }
    return .limit(partitions)
  }
}
