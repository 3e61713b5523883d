/// A mapping by name: which element runs each block, where channels lie, and in which order blocks run.
///
/// Splits and merges are applied to the network before the rest, which speaks of the blocks they leave.
package struct Mapping: Hashable, Sendable {
  /// The element of each block; blocks may be missing.
  package var blocks: [String: String]
  /// For a block, elements that it may not run on.
  package var forbidden: [String: [String]]
  /// The memory and capacity of channels.
  package var channels: [String: Channel]
  /// For an element, the blocks in the order of their priority.
  package var order: [String: [String]]
  /// For an element, exactly which block runs when, with how many inferences it lags behind.
  package var sequence: [String: [Slot]]
  /// Blocks to split, in order.
  package var splits: [Split]
  /// Blocks to merge, after the splits.
  package var merges: [[String]]

  /// Where a channel lies, and how much it holds.
  package struct Channel: Hashable, Sendable {
    /// The memory that the channel lies in; nil for that of its producer.
    package var memory: String?
    /// The capacity in tokens; nil leaves that of the problem.
    package var capacity: Int?

    /// What is chosen for a channel.
    package init(memory: String? = nil, capacity: Int? = nil) {
      self.memory = memory
      self.capacity = capacity
    }
  }

  /// One place in the sequence of an element.
  package struct Slot: Hashable, Sendable {
    /// The name of the block.
    package var block: String
    /// In round r the block runs for inference r − shift.
    package var shift: Int

    /// A place in a sequence.
    package init(block: String, shift: Int) {
      self.block = block
      self.shift = shift
    }
  }

  /// A split of a block.
  package struct Split: Hashable, Sendable {
    /// The block to split.
    package var block: String
    /// Into how many parts.
    package var parts: Int
    /// What the parts are ranges of.
    package var along: Axis

    /// What parts of a block are ranges of.
    package enum Axis: String, Hashable, Sendable, CaseIterable { case kernels, lines, inputs }

    /// A split along an axis.
    package init(block: String, parts: Int, along: Axis = .kernels) {
      self.block = block
      self.parts = parts
      self.along = along
    }
  }

  /// A mapping; what is left out is not fixed.
  package init(
    blocks: [String: String], channels: [String: Channel] = [:], order: [String: [String]] = [:],
    sequence: [String: [Slot]] = [:], splits: [Split] = [], merges: [[String]] = [],
    forbidden: [String: [String]] = [:]
  ) {
    self.forbidden = forbidden
    self.blocks = blocks
    self.channels = channels
    self.order = order
    self.sequence = sequence
    self.splits = splits
    self.merges = merges
  }
}
