package import NetworkModel
import ONNXFormat
import ONNXSchema

extension BlockGraph {
  /// Replaces a block by `k` parts, which others read side by side, one below the other, or added up.
  ///
  /// - By kernels, the chain of blocks behind it that continue its channels is split along. A
  ///   concatenation that reads the chain's end takes the parts itself; every other reader reads a new
  ///   concatenation. Blocks that read neighboring channels read them from the parts.
  /// - By lines, the blocks behind it that continue its lines are split along; what their windows see
  ///   of other parts is read from these, and nothing is computed twice. Only a merged block computes
  ///   again what two of its parts need within it.
  /// - By inputs, the block alone is split, and another block adds the parts up; operators merged behind
  ///   the sums go there too.
  ///
  /// - Returns: The graph with the parts, which computes the same, and what they are called.
  /// - Throws: ``PartitionError/cannotSplit(block:reason:)``.
  /// - Complexity: O(blocks + edges).
  package func split(
    _ id: BlockID, into k: Int, along axis: SplitAxis = .kernels
  ) throws -> BlockSplit {
    if let reason = obstacle(toSplitting: id, along: axis) {
      throw PartitionError.cannotSplit(block: self[id].name, reason: reason)
    }
    let count = largestPartCount(of: id, along: axis)
    guard k >= 2, k <= count else {
      throw PartitionError.cannotSplit(
        block: self[id].name,
        reason: "it has \(count) \(axis.rawValue): 2 to \(count) parts are possible")
    }
    let cut =
      switch axis {
      case .kernels: cutByKernels(id, into: k)
      case .lines: cutByLines(id, into: k)
      case .inputs: try cutByInputs(id, into: k)
      }
    let result = BlockSplit(cut, of: self)
    assert(result.graph.violations().isEmpty, "\(result.graph.violations())")
    return result
  }

  /// The graph with a block split into `k` parts along an axis; see ``split(_:into:along:)``.
  ///
  /// - Throws: ``PartitionError/cannotSplit(block:reason:)``.
  package func splitting(
    _ id: BlockID, into k: Int, along axis: SplitAxis = .kernels
  ) throws -> BlockGraph {
    try split(id, into: k, along: axis).graph
  }

  /// The numbers of parts, up to `limit`, into which a block can be split along each axis, ascending;
  /// axes along which it cannot be split are missing.
  ///
  /// Exactly these are made without an error and give as many parts as requested.
  ///
  /// - Complexity: O(limit), and O(parts²) for a grouped convolution; whatever the size of the graph.
  package func possibleSplits(of id: BlockID, limit: Int) -> [SplitAxis: [Int]] {
    var possible: [SplitAxis: [Int]] = [:]
    for axis in SplitAxis.allCases where obstacle(toSplitting: id, along: axis) == nil {
      let largest = min(limit, largestPartCount(of: id, along: axis))
      guard largest >= 2 else { continue }
      let counts = (2...largest).filter { axis != .kernels || kernels(of: id, k: $0).count == $0 }
      if !counts.isEmpty { possible[axis] = counts }
    }
    return possible
  }

  /// Whether a block can be computed in parts that have fewer weights.
  package func canBeSplit(_ id: BlockID) -> Bool {
    [SplitAxis.kernels, .inputs].contains {
      obstacle(toSplitting: id, along: $0) == nil && largestPartCount(of: id, along: $0) > 1
    }
  }

  /// The number of blocks that a split by kernels would add.
  func growth(splitting id: BlockID, into k: Int, outgoing: [[BlockEdge]]) -> Int {
    let members = chain(from: id, outgoing: outgoing).members
    let place = Dictionary(uniqueKeysWithValues: zip(members, members.indices))
    let concatenations = members.filter { needsGathering($0, place, .kernels, outgoing) }
    return members.count * (kernels(of: id, k: k).count - 1) + concatenations.count
  }

  /// Why a block cannot be split along an axis, however many parts; nil where it can.
  private func obstacle(toSplitting id: BlockID, along axis: SplitAxis) -> String? {
    guard !self[id].steps.isEmpty else { return "it only passes values on" }
    switch axis {
    case .kernels: return isSplittable(id) ? nil : kernelObstacle(self[id])
    case .lines: return lineObstacle(id)
    case .inputs: return inputObstacle(id)
    }
  }

  private func largestPartCount(of id: BlockID, along axis: SplitAxis) -> Int {
    switch axis {
    case .kernels: self[id].steps.first?.channels.count ?? 0
    case .lines: lines(computedBy: id)?.count ?? 0
    case .inputs: inputUnits(of: id)?.count ?? 0
    }
  }
}

// MARK: - Kernels

extension BlockGraph {
  private func kernelObstacle(_ block: Block) -> String {
    guard let first = block.steps.first else { return "it only passes values on" }
    let layer = self[first.layer]
    if layer.valueTypes.count > 1 { return "\(layer.node.opType) reads several computed values" }
    if first.channels.count < 2 { return "it has only one kernel" }
    if block.steps.count > 1 { return "the operators merged in it cannot be cut together" }
    return "\(layer.node.opType) cannot be cut by kernels here"
  }

  /// The kernels of each of `k` parts of a block.
  private func kernels(of id: BlockID, k: Int) -> [Range<Int>] {
    let head = self[id].steps[0]
    return self[head.layer].parts(of: head.channels, count: k)
  }

  private func cutByKernels(_ id: BlockID, into k: Int) -> BlockCut {
    let chain = chain(from: id, outgoing: outgoingEdges())
    let ranges = kernels(of: id, k: k)
    let start = ranges[0].lowerBound
    return BlockCut(
      graph: self, axis: .kernels, members: chain.members,
      parts: chain.members.map { member in
        ranges.enumerated().map { index, channels in
          BlockCut.Part(
            block: part(index, of: member, computing: channels),
            range: (channels.lowerBound - start)..<(channels.upperBound - start))
        }
      })
  }

  private func part(_ index: Int, of id: BlockID, computing channels: Range<Int>) -> Block {
    var block = draft(ofPart: index, of: id)
    let first = self[block.steps[0].layer]
    if case .channels(let whole)? = first.need(channels: block.steps[0].channels),
      case .channels(let need)? = first.need(channels: channels), need != whole
    {
      let range =
        (need.lowerBound - whole.lowerBound)..<(need.upperBound - whole.lowerBound)
      block.ports[0] = block.ports[0].restricted(to: range)
    }
    let steps = block.steps.map { step in
      var step = step
      step.channels = channels
      return step
    }
    block.content = .steps(steps)
    let last = steps[steps.count - 1]
    block.outputs = [self[last.layer].outputType(of: last.part)]
    return block
  }
}
