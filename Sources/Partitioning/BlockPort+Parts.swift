import NetworkModel
import ONNXFormat

/// The parts that a block was replaced by, as readers of the block see them.
struct BlockParts {
  /// The parts in the order of their channels.
  var parts: [(block: BlockID, channels: Range<Int>)]

  /// The slices of the parts that make up `channels` of the block they replaced.
  func slices(of channels: Range<Int>) -> [BlockSlice] {
    parts.compactMap { part in
      let overlap = part.channels.clamped(to: channels)
      guard !overlap.isEmpty else { return nil }
      let first = overlap.lowerBound - part.channels.lowerBound
      return BlockSlice(source: part.block, channels: first..<(first + overlap.count))
    }
  }
}

extension BlockPort {
  /// The port that sees only a range of the channels this one sees.
  func restricted(to range: Range<Int>) -> BlockPort {
    var port = self
    port.slices = []
    var position = 0
    for slice in slices {
      let covered = position..<(position + slice.channels.count)
      position = covered.upperBound
      let overlap = covered.clamped(to: range)
      guard !overlap.isEmpty else { continue }
      let first = slice.channels.lowerBound + overlap.lowerBound - covered.lowerBound
      var part = slice
      part.channels = first..<(first + overlap.count)
      port.slices.append(part)
    }
    port.type.shape[axis] = range.count
    return port
  }

  /// The port with neighbouring slices of one source joined.
  func coalesced() -> BlockPort {
    var port = self
    port.slices = []
    for slice in slices {
      if let last = port.slices.last, last.source == slice.source, last.output == slice.output,
        last.channels.upperBound == slice.channels.lowerBound
      {
        port.slices[port.slices.count - 1].channels =
          last.channels.lowerBound..<slice.channels.upperBound
      } else {
        port.slices.append(slice)
      }
    }
    return port
  }

  /// The port with every slice replaced by what `transform` makes of it.
  func replacing(_ transform: (BlockSlice) -> [BlockSlice]) -> BlockPort {
    var port = self
    port.slices = slices.flatMap(transform)
    return port
  }

  /// Whether the block sees the slices as they are, not with other dimensions.
  func isPlain(in graph: BlockGraph) -> Bool {
    guard let first = slices.first else { return false }
    var shape = graph.type(of: first).shape
    guard axis < shape.count, graph[first.source].channelAxis == axis else { return false }
    shape[axis] = slices.reduce(0) { $0 + $1.channels.count }
    return shape == type.shape
  }
}
