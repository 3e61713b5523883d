/// A mapping as it is written to files: what is empty is left out.
package struct MappingDocument: Encodable, Hashable, Sendable {
  /// For each block the name of its element.
  package var blocks: [String: String]
  /// The memories and capacities of channels, by their names; nil where none is chosen.
  package var channels: [String: Channel]?
  /// For an element its blocks in the order of their priority; nil where no element has one.
  package var order: [String: [String]]?
  /// For an element exactly which block fires when; nil where no element has a sequence.
  package var sequence: [String: [Slot]]?
  /// How blocks were split, before they were mapped; nil where none was.
  package var splits: Splits?
  /// The blocks that were merged, in the order of the merges; nil where none was.
  package var merges: [[String]]?

  /// The memory and the capacity of a channel.
  package struct Channel: Encodable, Hashable, Sendable {
    /// The name of its memory; nil for that of its producer.
    package var memory: String?
    /// The tokens that it holds; nil leaves the number of the problem.
    package var capacity: Int?
  }

  /// A block and its shift, as a list of two.
  package struct Slot: Encodable, Hashable, Sendable {
    /// The name of the block.
    package var block: String
    /// In round *r* the block runs for inference *r* − shift.
    package var shift: Int

    /// Writes the list `[block, shift]`.
    package func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(block)
      try list.encode(shift)
    }
  }

  /// Splits by the names of their blocks or, where these are not in the order of their names, as
  /// objects of JSON are written, as a list.
  package enum Splits: Encodable, Hashable, Sendable {
    /// The number of parts and the axis of each block, by its name.
    case named([String: Split])
    /// The splits in the order in which they are made.
    case ordered([OrderedSplit])

    init(_ splits: [Mapping.Split]) {
      let isSorted = zip(splits, splits.dropFirst()).allSatisfy { $0.block < $1.block }
      self =
        isSorted
        ? .named(
          Dictionary(
            splits.map { ($0.block, Split(parts: $0.parts, along: $0.along)) },
            uniquingKeysWith: { _, last in last }))
        : .ordered(splits.map { OrderedSplit($0) })
    }

    /// Writes an object for named splits, a list for ordered ones.
    package func encode(to encoder: any Encoder) throws {
      // Through a container, which leaves the names that are keys as they are.
      var single = encoder.singleValueContainer()
      switch self {
      case .named(let splits): try single.encode(splits)
      case .ordered(let splits): try single.encode(splits)
      }
    }
  }

  /// A split in a list.
  package struct OrderedSplit: Encodable, Hashable, Sendable {
    /// The name of the block.
    package var block: String
    /// Into how many parts.
    package var parts: Int
    /// The name of the axis; nil means kernels.
    package var along: String?

    init(_ split: Mapping.Split) {
      block = split.block
      parts = split.parts
      along = split.along == .kernels ? nil : split.along.rawValue
    }
  }

  /// A number of parts, with what they are ranges of where these are not kernels.
  package struct Split: Encodable, Hashable, Sendable {
    /// Into how many parts.
    package var parts: Int
    /// The axis that the parts are ranges of.
    package var along: Mapping.Split.Axis

    private enum CodingKeys: String, CodingKey { case parts, along }

    /// Writes the number of parts alone for a split by kernels, else an object with its axis.
    package func encode(to encoder: any Encoder) throws {
      guard along != .kernels else {
        var single = encoder.singleValueContainer()
        try single.encode(parts)
        return
      }
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(parts, forKey: .parts)
      try fields.encode(along.rawValue, forKey: .along)
    }
  }

  /// The document of a mapping.
  package init(_ mapping: Mapping) {
    blocks = mapping.blocks
    if !mapping.channels.isEmpty {
      channels = mapping.channels.mapValues { Channel(memory: $0.memory, capacity: $0.capacity) }
    }
    if !mapping.order.isEmpty { order = mapping.order }
    if !mapping.sequence.isEmpty {
      sequence = mapping.sequence.mapValues { $0.map { Slot(block: $0.block, shift: $0.shift) } }
    }
    if !mapping.splits.isEmpty { splits = Splits(mapping.splits) }
    if !mapping.merges.isEmpty { merges = mapping.merges }
  }
}
