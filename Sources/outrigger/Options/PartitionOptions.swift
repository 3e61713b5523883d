import ArgumentParser

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
}
