import Quantities

/// A limit that a mapping breaks.
package enum Violation: Hashable, Sendable {
  /// Nothing can go on; the blocks that wait, and for which channels.
  case deadlock(waiting: [Waiting])
  /// Blocks that could start never do, because others always go before them.
  case starving(blocks: [String])
  /// Blocks that take no time fire for ever in one instant, and no other ones go on.
  case endless(blocks: [String])
  /// More bytes lie in a memory than fit.
  case memory(name: String, bytes: Int, capacity: Int)
  /// A requirement of the user is not met; `found` is the value in SI units.
  case requirement(Requirement, found: Double)
  /// The mapping cannot be executed at all.
  case impossible(reason: String)

  /// A block that waits for ever: for tokens or for room in channels, and where there are none for its turn in
  /// a sequence.
  package struct Waiting: Hashable, Sendable {
    /// The name of the block.
    package var block: String
    /// The names of the channels that it waits for.
    package var channels: [String]

    /// A block that waits for ever.
    package init(block: String, channels: [String]) {
      (self.block, self.channels) = (block, channels)
    }
  }
}

extension Violation {
  /// How far the limit is exceeded, as a share of it; what never ends is worse than any share.
  package var amount: Double {
    switch self {
    case .impossible: 1e12
    case .deadlock, .starving, .endless: 1e9
    case .memory(_, let bytes, let capacity):
      Double(bytes - capacity) / Double(max(1, capacity))
    case .requirement(let requirement, let found): requirement.excess(of: found)
    }
  }
}

extension Violation: CustomStringConvertible {
  /// The violation in one line, with the blocks, memory or requirement it is about.
  package var description: String {
    switch self {
    case .deadlock(let waiting):
      "deadlock: "
        + waiting.prefix(4).map { one in
          "\(one.block) waits for "
            + (one.channels.isEmpty ? "its turn" : one.channels.joined(separator: ", "))
        }
        .joined(separator: "; ") + (waiting.count > 4 ? "; \(waiting.count - 4) more" : "")
    case .starving(let blocks):
      "starving: other blocks always go before \(Self.names(blocks))"
    case .endless(let blocks):
      "an instant never ends: \(Self.names(blocks)) take no time and wait for nothing that does"
    case .memory(let name, let bytes, let capacity):
      "memory \(name): \(UnitTable.size.rounded(Double(bytes))) do not fit into "
        + UnitTable.size.rounded(Double(capacity))
    case .requirement(let requirement, let found):
      "\(requirement) is not met: it is \(requirement.text(found))"
    case .impossible(let reason): reason
    }
  }

  private static func names(_ blocks: [String]) -> String {
    blocks.prefix(4).joined(separator: ", ")
      + (blocks.count > 4 ? " and \(blocks.count - 4) more" : "")
  }
}
