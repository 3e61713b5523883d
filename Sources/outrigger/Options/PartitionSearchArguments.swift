import ArgumentParser

/// Whether partitioning is searched together with the mapping.
struct PartitionSearchArguments: ParsableArguments {
  @Flag(help: "Search for splits of blocks together with the mapping.")
  var searchSplits = false

  @Option(help: "The most parts of a block; with --search-splits.")
  var maxParts: Int?

  @Option(
    help: ArgumentHelp(
      "What parts may be ranges of: some of kernels, lines, inputs, all by default; with "
        + "--search-splits.", valueName: "a,b,…"))
  var splitAxes: String?

  @Flag(
    help: "Search for merges of blocks with the only one that reads them too, as of conv and relu.")
  var searchMerges = false
}
