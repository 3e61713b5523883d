import NetworkModel
import ONNXFormat

extension BlockGraph {
  /// Makes one block of two parts with consecutive lines of the same layers.
  func joiningLines(_ first: BlockID, _ second: BlockID) throws -> BlockGraph {
    func refuse(_ reason: String) -> PartitionError {
      .cannotMerge(blocks: [self[first].name, self[second].name], reason: reason)
    }
    guard let upper = lines(computedBy: first), let lower = lines(computedBy: second),
      zip(self[first].steps, self[second].steps).allSatisfy({ $0.channels == $1.channels })
    else { throw refuse("they are not parts of one block") }
    guard upper.upperBound == lower.lowerBound else {
      throw refuse("their lines \(upper) and \(lower) do not follow each other")
    }
    let union = upper.lowerBound..<lower.upperBound
    guard let needed = lines(of: self[first], computing: union),
      let ports = joinedPorts(first, second, needed)
    else { throw refuse("they do not read what one block over both would read") }
    var result = self
    let parts = zip(self[first].steps, needed.steps).map { step, lines in
      var part = step.part
      part.lines = lines.count == self[step.layer].lineCount ? nil : lines
      return part
    }
    result[first] = joined(self[first], ports: ports, parts: parts)
    return result.removing(second) { slice in
      guard slice.source == first || slice.source == second else { return [slice] }
      var moved = slice
      let lines = lines(of: slice)
      let shift = slice.source == second ? upper.count : 0
      moved.source = first
      moved.lines = (lines.lowerBound + shift)..<(lines.upperBound + shift)
      return [result.settled(moved)]
    }.collapsingConcatenations().topologicallySorted()
  }

  /// The ports of a block that computes what two parts compute, of what the parts read.
  private func joinedPorts(
    _ first: BlockID, _ second: BlockID, _ needed: BlockLines
  ) -> [BlockPort]? {
    guard let upper = lines(of: self[first])?.ports, let lower = lines(of: self[second])?.ports
    else { return nil }
    var ports: [BlockPort] = []
    for number in needed.ports.indices {
      let (left, right) = (self[first].ports[number], self[second].ports[number])
      guard let all = needed.ports[number], let seen = upper[number], let others = lower[number],
        left != right
      else {
        guard left == right else { return nil }
        ports.append(left)
        continue
      }
      guard let port = joinedPort(left, seen, right, others, all) else { return nil }
      ports.append(port)
    }
    return ports
  }

  /// The port that sees the lines `all` of what two ports see.
  private func joinedPort(
    _ left: BlockPort, _ seen: Range<Int>, _ right: BlockPort, _ others: Range<Int>,
    _ all: Range<Int>
  ) -> BlockPort? {
    guard seesLines(left), seesLines(right), left.slices.count == 1 || left.isByLines,
      right.slices.count == 1 || right.isByLines, seen.lowerBound == all.lowerBound,
      others.lowerBound <= seen.upperBound, others.upperBound == all.upperBound
    else { return nil }
    if seen == all { return left }
    let missing = (seen.upperBound - others.lowerBound)..<others.count
    var port = left
    port.slices += right.restricted(toLines: missing, in: self).slices
    port.type.shape[LayerPart.lineAxis] = all.count
    port.isByLines = true
    return port.coalesced(in: self)
  }
}
