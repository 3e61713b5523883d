import NetworkModel
import ONNXFormat

/// The parts that a block was replaced by, as readers of the block see them.
struct BlockParts {
  /// The parts in the order of their ranges: of channels, or of lines.
  var parts: [(block: BlockID, range: Range<Int>)] = []
  /// Whether the parts are ranges of lines.
  var areByLines = false

  /// The slices of the parts that make up a slice of the block they replaced.
  func slices(of slice: BlockSlice) -> [BlockSlice] {
    let wanted = areByLines ? slice.lines : slice.channels
    return parts.compactMap { part in
      let overlap = wanted.map { part.range.clamped(to: $0) } ?? part.range
      guard !overlap.isEmpty else { return nil }
      let first = overlap.lowerBound - part.range.lowerBound
      let local = first..<(first + overlap.count)
      var piece = BlockSlice(source: part.block, channels: slice.channels, lines: slice.lines)
      if areByLines {
        piece.lines = overlap == part.range ? nil : local
      } else {
        piece.channels = local
      }
      return piece
    }
  }
}

extension BlockPort {
  /// The port that sees only a range of the channels this one sees.
  func restricted(to range: Range<Int>) -> BlockPort {
    var port = self
    port.type.shape[axis] = range.count
    port.slices =
      isByLines
      ? slices.map { $0.restricted(to: range) }
      : Self.pieces(of: slices, lengths: slices.map(\.channels.count), in: range).map {
        $0.slice.restricted(to: $0.range)
      }
    return port
  }

  /// The port that sees only a range of the lines this one sees.
  ///
  /// - Precondition: It sees the lines of its slices as they are.
  func restricted(toLines range: Range<Int>, in graph: BlockGraph) -> BlockPort {
    var port = self
    port.type.shape[LayerPart.lineAxis] = range.count
    guard isByLines else {
      port.slices = slices.map { $0.restricted(toLines: range, in: graph) }
      return port
    }
    let lengths = slices.map { graph.lines(of: $0).count }
    port.slices = Self.pieces(of: slices, lengths: lengths, in: range).map {
      $0.slice.restricted(toLines: $0.range, in: graph)
    }
    port.isByLines = port.slices.count > 1
    return port
  }

  /// What of slices one after the other lies in a range, each with the range of its own.
  private static func pieces(
    of slices: [BlockSlice], lengths: [Int], in range: Range<Int>
  ) -> [(slice: BlockSlice, range: Range<Int>)] {
    var position = 0
    return zip(slices, lengths).compactMap { slice, length in
      let covered = position..<(position + length)
      position = covered.upperBound
      let overlap = covered.clamped(to: range)
      guard !overlap.isEmpty else { return nil }
      let first = overlap.lowerBound - covered.lowerBound
      return (slice, first..<(first + overlap.count))
    }
  }

  /// The port with neighboring slices of one source joined.
  func coalesced(in graph: BlockGraph) -> BlockPort {
    var port = self
    port.slices = []
    for slice in slices {
      let last = port.slices.last
      if let joined = isByLines ? last?.above(slice, in: graph) : last?.beside(slice) {
        port.slices[port.slices.count - 1] = joined
      } else {
        port.slices.append(slice)
      }
    }
    if port.slices.count < 2 { port.isByLines = false }
    return port
  }

  /// The port with every slice replaced by what `transform` makes of it; the only slice of a port may
  /// become several one below the other.
  func replacing(
    byLines: Bool = false, _ transform: (BlockSlice) -> [BlockSlice]
  ) -> BlockPort {
    var port = self
    port.slices = slices.flatMap(transform)
    if byLines, slices.count == 1, port.slices.count > 1 { port.isByLines = true }
    return port
  }

  /// Whether the block sees the slices as they are, side by side, not with other dimensions.
  func isPlain(in graph: BlockGraph) -> Bool {
    guard let first = slices.first, !isByLines, graph[first.source].channelAxis == axis,
      axis < graph.type(of: first).shape.count
    else { return false }
    return graph.assembledShape(self) == type.shape
  }
}

extension BlockSlice {
  /// A range of the channels of the slice, counted from its first.
  func restricted(to range: Range<Int>) -> BlockSlice {
    var part = self
    let first = channels.lowerBound + range.lowerBound
    part.channels = first..<(first + range.count)
    return part
  }

  /// A range of the lines of the slice, counted from its first.
  func restricted(toLines range: Range<Int>, in graph: BlockGraph) -> BlockSlice {
    var part = self
    let first = graph.lines(of: self).lowerBound + range.lowerBound
    part.lines = first..<(first + range.count)
    return graph.settled(part)
  }

  /// This slice and another of the same lines behind it as one, where they are neighbors.
  fileprivate func beside(_ next: BlockSlice) -> BlockSlice? {
    guard source == next.source, output == next.output, lines == next.lines,
      channels.upperBound == next.channels.lowerBound
    else { return nil }
    var joined = self
    joined.channels = channels.lowerBound..<next.channels.upperBound
    return joined
  }

  /// This slice and another of the same channels below it as one, where they are neighbors.
  fileprivate func above(_ next: BlockSlice, in graph: BlockGraph) -> BlockSlice? {
    guard source == next.source, output == next.output, channels == next.channels,
      let lines, let lower = next.lines, lines.upperBound == lower.lowerBound
    else { return nil }
    var joined = self
    joined.lines = lines.lowerBound..<lower.upperBound
    return graph.settled(joined)
  }
}

extension BlockGraph {
  /// A slice with nil for its lines where they are all.
  func settled(_ slice: BlockSlice) -> BlockSlice {
    var slice = slice
    if slice.lines == 0..<lineCount(ofOutput: slice.output, of: slice.source) { slice.lines = nil }
    return slice
  }
}
