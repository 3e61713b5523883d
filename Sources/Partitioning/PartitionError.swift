package import Diagnostics

/// Why blocks cannot be split or merged as requested.
package enum PartitionError: UserFacingError {
  /// No block has this name.
  case unknownBlock(name: String, similar: [String])
  /// The block cannot be split.
  case cannotSplit(block: String, reason: String)
  /// The blocks cannot become one.
  case cannotMerge(blocks: [String], reason: String)

  /// The block or blocks and the reason, with similar names for an unknown one.
  package var message: String {
    switch self {
    case .unknownBlock(let name, let similar):
      "there is no block \"\(name)\""
        + (similar.isEmpty ? "" : "; there are \(similar.joined(separator: ", "))")
    case .cannotSplit(let block, let reason): "block \(block) cannot be split: \(reason)"
    case .cannotMerge(let blocks, let reason):
      "blocks \(blocks.joined(separator: " + ")) cannot be merged: \(reason)"
    }
  }

  /// The fault of whoever asked for the split or merge.
  package var fault: Fault { .usage }
}
