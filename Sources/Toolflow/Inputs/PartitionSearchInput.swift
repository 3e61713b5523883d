import Diagnostics
package import Exploration
package import Partitioning

/// Whether partitioning is searched together with the mapping.
package struct PartitionSearchInput: Hashable, Sendable {
  /// Whether splits of blocks are searched.
  package var searchesSplits = false
  /// Whether merges of blocks are searched.
  package var searchesMerges = false
  /// The most parts of a block; nil for the default of the search, 4.
  package var maxParts: Int?
  /// The axes along which blocks may be split; nil for all.
  package var axes: [SplitAxis]?

  /// The defaults: neither splits nor merges are searched.
  package init() {}

  static let keys: [JobKey<PartitionSearchInput>] = [
    JobKey("search_splits", \.searchesSplits, .flag),
    JobKey("max_parts", \.maxParts, .integer(2...PartitionSearchOptions.partLimit)),
    JobKey("split_axes", \.axes, .axes),
    JobKey("search_merges", \.searchesMerges, .flag),
  ]

  /// The splits and merges that the search may choose; nil for neither.
  package var options: PartitionSearchOptions? {
    guard searchesSplits || searchesMerges else { return nil }
    var options = PartitionSearchOptions()
    options.searchesMerges = searchesMerges
    if let maxParts { options.maxParts = maxParts }
    options.axes = searchesSplits ? axes ?? SplitAxis.allCases : []
    return options
  }
}

extension JobForm where Value == [SplitAxis] {
  fileprivate static let axes = commaList { names, key in
    try names.map { name in
      guard let axis = SplitAxis(rawValue: name) else {
        throw RequestError(
          key,
          "expected some of \(SplitAxis.allCases.map(\.rawValue).joined(separator: ", ")), "
            + "found \"\(names.joined(separator: ","))\"")
      }
      return axis
    }
  } write: {
    $0.map(\.rawValue)
  }
}
