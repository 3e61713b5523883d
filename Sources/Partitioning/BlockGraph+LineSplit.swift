import NetworkModel
import ONNXFormat

extension BlockGraph {
  /// The lines that a block computes, of its last layer; nil where it computes none.
  func lines(computedBy id: BlockID) -> Range<Int>? {
    guard let last = self[id].steps.last, let all = self[last.layer].lineCount else { return nil }
    return last.part.lines ?? 0..<all
  }

  /// Why a block cannot be split by lines, however many parts; nil where it can.
  func lineObstacle(_ id: BlockID) -> String? {
    let block = self[id]
    for step in block.steps {
      if let reason = self[step.layer].lineObstacle { return reason }
    }
    guard let lines = lines(computedBy: id), lines.count > 1 else { return "it has only one line" }
    guard let seen = self.lines(of: block) else {
      return "the operators merged in it need different lines of one value"
    }
    for (port, range) in zip(block.ports, seen.ports) where range != nil && !seesLines(port) {
      return "it sees what it reads with other dimensions"
    }
    return nil
  }

  /// A split by lines of a block and of those behind it that continue its lines.
  func cutByLines(_ id: BlockID, into k: Int) -> BlockCut {
    let members = lineChain(from: id, parts: k)
    return BlockCut(
      graph: self, axis: .lines, members: members,
      parts: members.map { member in
        let all = lines(computedBy: member) ?? 0..<0
        let seen = lines(of: self[member])?.ports ?? []
        return (0..<k).map { index in
          let first = all.count * index / k
          let local = first..<(all.count * (index + 1) / k)
          let range = (all.lowerBound + local.lowerBound)..<(all.lowerBound + local.upperBound)
          return BlockCut.Part(
            block: part(index, of: member, computingLines: range, seen: seen), range: local)
        }
      })
  }

  /// A block and those behind it that continue its lines, each after the ones it reads from.
  private func lineChain(from head: BlockID, parts k: Int) -> [BlockID] {
    let outgoing = outgoingEdges()
    var members = [head]
    var isMember: Set<BlockID> = [head]
    var position = 0
    while position < members.count {
      let producer = members[position]
      position += 1
      for edge in outgoing[producer.index]
      where !isMember.contains(edge.target)
        && continuesLines(edge.target, of: producer, isMember, before: head, parts: k)
      {
        members.append(edge.target)
        isMember.insert(edge.target)
      }
    }
    return members
  }

  /// Whether a block is split along with a member of a chain that it reads whole: it works within each
  /// channel or on neighbors, or puts values together that are all there before the chain.
  private func continuesLines(
    _ id: BlockID, of producer: BlockID, _ members: Set<BlockID>, before head: BlockID, parts k: Int
  ) -> Bool {
    let block = self[id]
    let isLight = block.steps.allSatisfy {
      let layer = self[$0.layer]
      return layer.isChannelwise || layer.kind == .combination
    }
    guard isLight, lineObstacle(id) == nil, (lines(computedBy: id)?.count ?? 0) >= k else {
      return false
    }
    return block.ports.allSatisfy { port in
      if port.slices.contains(where: { $0.source == producer }) {
        return port.slices == [whole(producer)] && seesLines(port)
      }
      return port.slices.allSatisfy { $0.source < head || members.contains($0.source) }
    }
  }

  /// A part of a block; `seen` are the lines that the ports of the block see.
  private func part(
    _ index: Int, of id: BlockID, computingLines range: Range<Int>, seen: [Range<Int>?]
  ) -> Block {
    var block = draft(ofPart: index, of: id)
    guard let needed = lines(of: block, computing: range) else { return block }
    for (number, (before, after)) in zip(seen, needed.ports).enumerated() {
      guard let before, let after else { continue }
      let first = after.lowerBound - before.lowerBound
      block.ports[number] = seenThrough(
        block.ports[number].restricted(toLines: first..<(first + after.count), in: self))
    }
    let steps = zip(block.steps, needed.steps).map { step, lines in
      var step = step
      step.part.lines = lines.count == self[step.layer].lineCount ? nil : lines
      return step
    }
    block.content = .steps(steps)
    let last = steps[steps.count - 1]
    block.outputs = [self[last.layer].outputType(of: last.part)]
    return block
  }

  /// The port reading parts by lines where it reads concatenations of them.
  private func seenThrough(_ port: BlockPort) -> BlockPort {
    guard port.slices.count == 1 || port.isByLines else { return port }
    var result = port
    result.slices = port.slices.flatMap { slice -> [BlockSlice] in
      let source = self[slice.source]
      guard case .concatenation(nil) = source.content, source.ports[0].isByLines else {
        return [slice]
      }
      return source.ports[0].restricted(toLines: lines(of: slice), in: self)
        .restricted(to: slice.channels).slices
    }
    result.isByLines = result.slices.count > 1
    return result
  }

  /// The graph without concatenations that splits made and that no block reads any more.
  func withoutUnreadConcatenations() -> BlockGraph {
    let outgoing = outgoingEdges()
    let kept = blockIDs.filter { id in
      guard case .concatenation(nil) = self[id].content else { return true }
      return !outgoing[id.index].isEmpty
    }
    if kept.count == blocks.count { return self }
    return reordered(kept, Self.positions(of: kept, count: blocks.count))
  }
}
