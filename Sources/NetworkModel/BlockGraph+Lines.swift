import ONNXFormat

/// The lines that the steps of a block compute and its ports see, of the whole layers.
package struct BlockLines: Hashable, Sendable {
  /// For each step its lines.
  package var steps: [Range<Int>]
  /// For each port the lines of the value it sees; nil for all, however many.
  package var ports: [Range<Int>?]
}

extension BlockGraph {
  /// What the steps of a block compute, and what its ports see, so that its last step computes some
  /// lines; lines that two parts of a block need within it are computed by both.
  ///
  /// - Parameter lines: The lines; nil for those that the block computes now.
  /// - Returns: nil where a step cannot be computed by lines, or is needed by others for different
  ///   lines.
  package func lines(of block: Block, computing lines: Range<Int>? = nil) -> BlockLines? {
    let steps = block.steps
    guard let last = steps.last, let all = self[last.layer].lineCount else { return nil }
    var computed = [Range<Int>?](repeating: nil, count: steps.count)
    var seen = [LinesRead?](repeating: nil, count: block.ports.count)
    computed[steps.count - 1] = lines ?? last.part.lines ?? 0..<all
    for index in steps.indices.reversed() {
      let layer = self[steps[index].layer]
      guard let range = computed[index], layer.lineObstacle == nil else { return nil }
      for (operand, source) in steps[index].sources.enumerated() {
        guard let read = layer.linesRead(by: range, ofValue: operand) else { return nil }
        switch source {
        case .port(let port):
          guard seen[port] == nil || seen[port] == read else { return nil }
          seen[port] = read
        case .step(let earlier):
          guard case .lines(let needed) = read,
            computed[earlier] == nil || computed[earlier] == needed
          else { return nil }
          computed[earlier] = needed
        }
      }
    }
    return BlockLines(
      steps: computed.compactMap { $0 },
      ports: seen.map { if case .lines(let lines)? = $0 { lines } else { nil } })
  }

  /// Whether a port sees the lines of its slices as they are, not with other dimensions.
  package func seesLines(_ port: BlockPort) -> Bool {
    hasLines(port) && assembledShape(port) == port.type.shape
  }

  /// Whether the slices of a port have lines.
  func hasLines(_ port: BlockPort) -> Bool {
    !port.slices.isEmpty && port.axis == 1
      && port.slices.allSatisfy {
        self[$0.source].channelAxis == 1 && type(of: $0).shape.count == 4
      }
  }
}
