/// Channels side by side that stand for neurons: one for each, or one for all of them.
struct NeuronSegment {
  var channels: Int
  var nodes: Range<Int>

  /// Whether one neuron stands for all channels.
  var isFlat: Bool { nodes.count != channels }

  /// A range of the channels of several segments side by side.
  static func part(_ segments: [NeuronSegment], _ range: Range<Int>) -> [NeuronSegment] {
    var parts: [NeuronSegment] = []
    var position = 0
    for segment in segments {
      let covered = position..<(position + segment.channels)
      position = covered.upperBound
      let overlap = covered.clamped(to: range)
      guard !overlap.isEmpty else { continue }
      var part = NeuronSegment(channels: overlap.count, nodes: segment.nodes)
      if !segment.isFlat {
        let first = segment.nodes.lowerBound + overlap.lowerBound - covered.lowerBound
        part.nodes = first..<(first + overlap.count)
      }
      parts.append(part)
    }
    return parts
  }
}

/// A value as a step reads it.
struct NeuronOperand {
  var segments: [NeuronSegment]
  /// The axis of the channels.
  var axis: Int
  var shape: [Int]
  /// Whether the channels lie along the axis as the neurons make them, not seen with other dimensions.
  var isPlain = true

  var channelCount: Int { segments.reduce(0) { $0 + $1.channels } }

  /// Whether the channels lie along an axis as the neurons make them.
  func isPlain(axis wanted: Int?) -> Bool {
    isPlain && axis == wanted && shape.indices.contains(axis) && shape[axis] == channelCount
  }
}

/// Which channels of an operand a kernel reads.
enum NeuronReading: Hashable {
  /// All of them.
  case all
  /// Its own and so many before and after it.
  case window(before: Int, after: Int)
  /// Those of its group.
  case groups(kernels: Int, channels: Int)
}

/// Collects the bundles by which the neurons of one group read others.
struct NeuronReader {
  let nodes: Range<Int>
  let channels: Range<Int>
  private(set) var bundles: [NeuronBundle] = []

  init(nodes: Range<Int>, channels: Range<Int>) {
    self.nodes = nodes
    self.channels = channels
  }

  /// Adds what the group reads of an operand that holds the channels `held`.
  mutating func read(_ operand: NeuronOperand, _ reading: NeuronReading, _ held: Range<Int>) {
    var first = held.lowerBound
    let isOne = nodes.count != channels.count
    for segment in operand.segments {
      let range = first..<(first + segment.channels)
      first = range.upperBound
      switch reading {
      case .window(let before, let after) where !isOne:
        readWindow(segment, range, before, after)
      case .groups(let kernels, let inputs) where !isOne:
        readGroups(segment, range, kernels, inputs)
      default: add(nodes, segment.nodes, .allToAll)
      }
    }
  }

  private mutating func readWindow(
    _ segment: NeuronSegment, _ range: Range<Int>, _ before: Int, _ after: Int
  ) {
    // Channel c reads c - before ... c + after.
    let kernels = channels.clamped(to: (range.lowerBound - after)..<(range.upperBound + before))
    if segment.isFlat {
      add(self.nodes(kernels), segment.nodes, .allToAll)
    } else if before == 0, after == 0 {
      let read = NeuronSegment.part(
        [segment],
        (kernels.lowerBound - range.lowerBound)..<(kernels.upperBound - range.lowerBound))
      add(self.nodes(kernels), read.first?.nodes ?? 0..<0, .oneToOne)
    } else {
      let offset = kernels.lowerBound - range.lowerBound
      add(
        self.nodes(kernels), segment.nodes,
        .window(offset: offset, before: before, after: after))
    }
  }

  /// Reads whole groups as one bundle, and what a segment holds of a group at either end by itself.
  private mutating func readGroups(
    _ segment: NeuronSegment, _ range: Range<Int>, _ kernels: Int, _ inputs: Int
  ) {
    var first = range.lowerBound
    while first < range.upperBound {
      let group = first / inputs
      let whole = first % inputs == 0 ? (range.upperBound - first) / inputs : 0
      let last = whole > 0 ? group + whole : group + 1
      let read = first..<min(range.upperBound, last * inputs)
      let readers = channels.clamped(to: (group * kernels)..<(last * kernels))
      first = read.upperBound
      let parts = NeuronSegment.part(
        [segment], (read.lowerBound - range.lowerBound)..<(read.upperBound - range.lowerBound))
      guard let part = parts.first else { continue }
      if whole > 1, !part.isFlat {
        let isOneToOne = kernels == 1 && inputs == 1
        add(
          self.nodes(readers), part.nodes,
          isOneToOne ? .oneToOne : .grouped(consumers: kernels, producers: inputs))
      } else {
        add(self.nodes(readers), part.nodes, .allToAll)
      }
    }
  }

  /// The neurons of channels of the group.
  private func nodes(_ kernels: Range<Int>) -> Range<Int> {
    let shift = nodes.lowerBound - channels.lowerBound
    return (kernels.lowerBound + shift)..<(kernels.upperBound + shift)
  }

  private mutating func add(
    _ consumers: Range<Int>, _ producers: Range<Int>, _ pattern: NeuronBundle.Pattern
  ) {
    guard !consumers.isEmpty, !producers.isEmpty else { return }
    bundles.append(NeuronBundle(consumers: consumers, producers: producers, pattern: pattern))
  }
}
