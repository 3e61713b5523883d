import ArgumentParser
import Diagnostics
import Exploration
import Partitioning

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

  /// What is searched for beside the mapping; nil for nothing.
  func options() throws -> PartitionSearchOptions? {
    guard searchSplits || searchMerges else { return nil }
    var options = PartitionSearchOptions()
    options.searchesMerges = searchMerges
    if let maxParts {
      guard (2...PartitionSearchOptions.partLimit).contains(maxParts) else {
        throw RequestError(
          "max_parts", "expected 2 to \(PartitionSearchOptions.partLimit), found \(maxParts)")
      }
      options.maxParts = maxParts
    }
    options.axes = searchSplits ? try axes() : []
    return options
  }

  private func axes() throws -> [SplitAxis] {
    guard let splitAxes else { return SplitAxis.allCases }
    return try splitAxes.split(separator: ",", omittingEmptySubsequences: false).map { name in
      guard let axis = SplitAxis(rawValue: String(name)) else {
        throw RequestError(
          "split_axes",
          "expected some of \(SplitAxis.allCases.map(\.rawValue).joined(separator: ", ")), "
            + "found \"\(splitAxes)\"")
      }
      return axis
    }
  }

  /// What a checkpoint must agree with.
  var identity: String {
    guard searchSplits || searchMerges else { return "no search for splits" }
    return
      "search for splits \(searchSplits) \(maxParts ?? 0) \(splitAxes ?? "all") merges \(searchMerges)"
  }
}
