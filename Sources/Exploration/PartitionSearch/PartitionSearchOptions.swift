package import Partitioning

/// Which splits and merges a search may choose beside the mapping.
package struct PartitionSearchOptions: Hashable, Sendable {
  /// The most parts of a block.
  package var maxParts = 4
  /// The axes along which blocks may be split.
  package var axes: [SplitAxis] = SplitAxis.allCases
  /// Whether blocks may be merged with the only block that reads them.
  package var searchesMerges = false

  /// The defaults: up to four parts along any axis, without merges.
  package init() {}

  /// The numbers of parts that there are genes for, the largest one always among them.
  static func counts(_ possible: [Int]) -> [Int] {
    possible.filter { $0 <= 4 || $0 & ($0 - 1) == 0 || $0 == possible.last }
  }

  /// The most parts that are accepted: every part of every block has a gene.
  package static let partLimit = 64
}
