/// What a range of a layer's kernels reads of each value operand.
package enum ChannelNeed: Hashable, Sendable {
  /// All of the operand.
  case all
  /// These channels of the operand.
  case channels(Range<Int>)
}

extension Layer {
  /// Whether kernel *c* reads only channel *c* of the one value it reads, or its neighbors.
  package var isChannelwise: Bool {
    guard valueTypes.count == 1, outputs.count == 1 else { return false }
    switch kind {
    case .elementwise, .normalization, .pooling, .channelWindow: return true
    case .convolution(let convolution): return isDepthwise(convolution)
    default: return false
    }
  }

  /// Whether the layer reads channels beside its own.
  package var readsNeighbours: Bool {
    if case .channelWindow = kind { true } else { false }
  }

  /// Whether the layer can be computed in parts by ranges of its kernels.
  package var isSplittable: Bool {
    guard channelCount > 1, valueTypes.count == 1, outputs.count == 1 else { return false }
    switch kind {
    case .convolution, .dense: return true
    default: return isChannelwise
    }
  }

  /// What the kernels `channels` read of the layer's value operand.
  ///
  /// - Returns: nil where no single convolution computes them, because the range crosses the
  ///   boundary of a group without covering whole groups.
  package func need(channels: Range<Int>) -> ChannelNeed? {
    switch kind {
    case .convolution(let convolution):
      return need(channels: channels, of: convolution)
    case .channelWindow(let size):
      // ONNX, LRN: channel c reads c - floor((size-1)/2) ... c + ceil((size-1)/2).
      let lower = max(0, channels.lowerBound - (size - 1) / 2)
      let upper = min(channelCount, channels.upperBound + size / 2)
      return .channels(lower..<upper)
    default:
      return isChannelwise ? .channels(channels) : .all
    }
  }

  /// The number of groups of a convolution that computes only `channels`.
  package func groups(channels: Range<Int>) -> Int {
    guard case .convolution(let convolution) = kind else { return 1 }
    return max(1, channels.count / (channelCount / convolution.groups))
  }

  /// The ranges of the kernels in which `k` parts of `channels` share them: evenly, what is left
  /// over to the first part, for a dense layer to the last; a grouped convolution is cut between
  /// groups while more than one is left.
  ///
  /// - Precondition: 1 ≤ `k` ≤ `channels.count`.
  package func parts(of channels: Range<Int>, count k: Int) -> [Range<Int>] {
    if case .convolution(let convolution) = kind, convolution.groups > 1 {
      let size = channelCount / convolution.groups
      let groups = channels.count / size
      if groups > 1 {
        return Self.groupedParts(of: channels, groupSize: size, groups: groups, count: k)
      }
    }
    if case .dense = kind { return Self.spread(channels, over: k, restToLast: true) }
    return Self.spread(channels, over: k, restToLast: false)
  }

  private static func groupedParts(
    of channels: Range<Int>, groupSize: Int, groups: Int, count k: Int
  ) -> [Range<Int>] {
    if k <= groups {
      return spread(0..<groups, over: k, restToLast: false).map {
        let lower = channels.lowerBound + $0.lowerBound * groupSize
        return lower..<(lower + $0.count * groupSize)
      }
    }
    let partsPerGroup = spread(0..<k, over: groups, restToLast: false)
    return partsPerGroup.enumerated().flatMap { group, parts in
      let lower = channels.lowerBound + group * groupSize
      return spread(
        lower..<(lower + groupSize), over: min(parts.count, groupSize), restToLast: false)
    }
  }

  private static func spread(_ range: Range<Int>, over k: Int, restToLast: Bool) -> [Range<Int>] {
    let size = range.count / k
    let rest = range.count % k
    var lower = range.lowerBound
    return (0..<k).map { part in
      let takesRest = restToLast ? part == k - 1 : part == 0
      let upper = lower + size + (takesRest ? rest : 0)
      defer { lower = upper }
      return lower..<upper
    }
  }

  private func isDepthwise(_ convolution: LayerKind.Convolution) -> Bool {
    convolution.groups > 1 && convolution.groups == channelCount && convolution.inputsPerGroup == 1
  }

  private func need(
    channels: Range<Int>, of convolution: LayerKind.Convolution
  ) -> ChannelNeed? {
    guard convolution.groups > 1 else { return .all }
    let size = channelCount / convolution.groups
    let first = channels.lowerBound / size
    let last = (channels.upperBound - 1) / size
    let coversWhole =
      channels.lowerBound % size == 0 && channels.upperBound % size == 0
    guard first == last || coversWhole else { return nil }
    let inputs = convolution.inputsPerGroup
    return .channels((first * inputs)..<((last + 1) * inputs))
  }
}
