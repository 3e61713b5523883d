package import NetworkModel
import ONNXFormat

extension BlockGraph {
  /// Makes one block of several: of neighboring parts of the same layers, or of a block and the one
  /// that alone reads it, one after the other.
  ///
  /// - Returns: The graph with the merged block, which computes the same.
  /// - Throws: ``PartitionError/cannotMerge(blocks:reason:)``.
  /// - Complexity: O(blocks + edges) per pair.
  package func merging(_ ids: [BlockID]) throws -> BlockGraph {
    let names = ids.map { self[$0].name }
    guard ids.count > 1, Set(ids).count == ids.count else {
      throw PartitionError.cannotMerge(blocks: names, reason: "two or more blocks are needed")
    }
    let origins = Set(ids.map { self[$0].steps.map(\.layer) })
    let result = origins.count == 1 ? try mergingSiblings(ids) : try mergingChain(ids)
    assert(result.violations().isEmpty, "\(result.violations())")
    return result
  }

  // MARK: Chains

  private func mergingChain(_ ids: [BlockID]) throws -> BlockGraph {
    var graph = self
    var names = ids.map { self[$0].name }
    while names.count > 1 {
      guard let head = graph.block(named: names[0]), let tail = graph.block(named: names[1]) else {
        throw PartitionError.cannotMerge(blocks: names, reason: "one of them is gone")
      }
      graph = try graph.mergingPair(head, tail)
      names.replaceSubrange(0...1, with: ["\(names[0])+\(names[1])"])
    }
    return graph
  }

  private func mergingPair(_ head: BlockID, _ tail: BlockID) throws -> BlockGraph {
    let names = [self[head].name, self[tail].name]
    func refuse(_ reason: String) -> PartitionError {
      .cannotMerge(blocks: names, reason: reason)
    }
    guard !self[head].steps.isEmpty, !self[tail].steps.isEmpty else {
      throw refuse("inputs, outputs and concatenations stay blocks of their own")
    }
    guard self[head].outputs.count == 1 else { throw refuse("\(names[0]) has several outputs") }
    let readers = edges.filter { $0.slice.source == head }
    guard readers.contains(where: { $0.target == tail }) else {
      throw refuse("\(names[1]) does not read \(names[0])")
    }
    guard readers.allSatisfy({ $0.target == tail }) else {
      throw refuse("\(names[1]) is not the only block that reads \(names[0])")
    }
    let internalPorts = Set(readers.map(\.port))
    for port in internalPorts {
      guard self[tail].ports[port].slices == [whole(head)],
        self[tail].ports[port].type == self[head].outputs[0]
      else { throw refuse("\(names[1]) does not read \(names[0]) as it is") }
    }
    var result = self
    result[tail] = fused(self[head], self[tail], internalPorts)
    return result.removing(head, replacing: { [$0] })
  }

  /// A block that computes `head` and then `tail`, whose ports `internalPorts` read `head`.
  private func fused(_ head: Block, _ tail: Block, _ internalPorts: Set<Int>) -> Block {
    var ports = head.ports
    let shift = head.steps.count
    let places = tail.ports.enumerated().map { number, port -> Block.Source in
      if internalPorts.contains(number) { return .step(shift - 1) }
      ports.append(port)
      return .port(ports.count - 1)
    }
    let tailSteps = tail.steps.map { step in
      let sources = step.sources.map { source -> Block.Source in
        switch source {
        case .port(let port): places[port]
        case .step(let earlier): .step(earlier + shift)
        }
      }
      return Block.Step(layer: step.layer, part: step.part, sources: sources)
    }
    var block = tail
    block.name = "\(head.name)+\(tail.name)"
    block.origin = "\(head.origin)+\(tail.origin)"
    block.content = .steps(head.steps + tailSteps)
    block.ports = ports
    return block
  }

  // MARK: Siblings

  private func mergingSiblings(_ ids: [BlockID]) throws -> BlockGraph {
    let sorted = ids.sorted { first, second in
      let (left, right) = (channels(first).lowerBound, channels(second).lowerBound)
      return left == right ? firstLine(first) < firstLine(second) : left < right
    }
    var graph = self
    let names = sorted.map { self[$0].name }
    for name in names.dropFirst() {
      guard let first = graph.block(named: names[0]), let second = graph.block(named: name) else {
        throw PartitionError.cannotMerge(blocks: names, reason: "one of them is gone")
      }
      graph = try graph.joining(first, second)
    }
    return graph
  }

  private func channels(_ id: BlockID) -> Range<Int> { self[id].steps.first?.channels ?? 0..<0 }

  private func firstLine(_ id: BlockID) -> Int { lines(computedBy: id)?.lowerBound ?? 0 }

  /// Makes one block of two parts with consecutive kernels or lines of the same layers.
  private func joining(_ first: BlockID, _ second: BlockID) throws -> BlockGraph {
    guard
      zip(self[first].steps, self[second].steps).allSatisfy({ $0.part.inputs == $1.part.inputs })
    else {
      throw PartitionError.cannotMerge(
        blocks: [self[first].name, self[second].name],
        reason: "partial sums are only added up by their sum")
    }
    if channels(first) == channels(second) { return try joiningLines(first, second) }
    return try joiningKernels(first, second)
  }

  private func joiningKernels(_ first: BlockID, _ second: BlockID) throws -> BlockGraph {
    let names = [self[first].name, self[second].name]
    func refuse(_ reason: String) -> PartitionError {
      .cannotMerge(blocks: names, reason: reason)
    }
    let left = channels(first)
    let right = channels(second)
    guard let step = self[first].steps.first, isSplittable(first),
      isSplittable(second) || right.count == 1,
      zip(self[first].steps, self[second].steps).allSatisfy({ $0.part.lines == $1.part.lines })
    else { throw refuse("they are not parts of one block") }
    guard left.upperBound == right.lowerBound else {
      throw refuse("their kernels \(left) and \(right) do not follow each other")
    }
    let union = left.lowerBound..<right.upperBound
    guard let port = joinedPort(first, second, union: union, layer: self[step.layer]) else {
      throw refuse("they do not read what one block over both would read")
    }
    var result = self
    let parts = self[first].steps.map { LayerPart(channels: union, lines: $0.part.lines) }
    result[first] = joined(self[first], ports: [port], parts: parts)
    return result.removing(second) { slice in
      guard slice.source == second else { return [slice] }
      var moved = slice
      let lower = slice.channels.lowerBound + left.count
      moved.source = first
      moved.channels = lower..<(lower + slice.channels.count)
      return [moved]
    }.collapsingConcatenations().topologicallySorted()
  }

  /// A block that reads `ports` and computes other parts of its layers; as a whole it has its old name.
  func joined(_ block: Block, ports: [BlockPort], parts: [LayerPart]) -> Block {
    var block = block
    block.ports = ports
    let steps = zip(block.steps, parts).map { step, part in
      var step = step
      step.part = LayerPart(channels: part.channels, lines: part.lines, inputs: step.part.inputs)
      return step
    }
    block.content = .steps(steps)
    if steps.allSatisfy({ $0.part == self[$0.layer].whole }) { block.name = block.origin }
    let last = steps[steps.count - 1]
    block.outputs = [self[last.layer].outputType(of: last.part)]
    return block
  }

  /// The port of a block that computes `union` from what its two parts read.
  private func joinedPort(
    _ first: BlockID, _ second: BlockID, union: Range<Int>, layer: Layer
  ) -> BlockPort? {
    guard self[first].ports.count == 1, self[second].ports.count == 1 else { return nil }
    let left = self[first].ports[0]
    let right = self[second].ports[0]
    guard let needed = layer.need(channels: union) else { return nil }
    guard case .channels(let all) = needed,
      case .channels(let leftNeed)? = layer.need(channels: channels(first)),
      case .channels(let rightNeed)? = layer.need(channels: channels(second))
    else { return left == right ? left : nil }
    guard !left.isByLines, !right.isByLines else { return nil }
    var port = left
    let missing = leftNeed.upperBound..<all.upperBound
    if !missing.isEmpty {
      guard rightNeed.lowerBound <= leftNeed.upperBound else { return nil }
      let range =
        (missing.lowerBound - rightNeed.lowerBound)..<(missing.upperBound - rightNeed.lowerBound)
      port.slices += right.restricted(to: range).slices
    }
    port.type.shape[port.axis] = all.count
    return port.coalesced(in: self)
  }

  /// The graph without one block, the slices of all others put through `transform`.
  func removing(
    _ id: BlockID, replacing transform: (BlockSlice) -> [BlockSlice]
  ) -> BlockGraph {
    var result = self
    for index in result.blocks.indices where index != id.index {
      result.blocks[index].ports = result.blocks[index].ports.map {
        $0.replacing(transform).coalesced(in: self)
      }
    }
    let kept = blockIDs.filter { $0 != id }
    return result.reordered(kept, Self.positions(of: kept, count: blocks.count))
  }

  /// The graph without concatenations that splits made and that are left with one whole slice.
  func collapsingConcatenations() -> BlockGraph {
    var result = self
    while let index = result.blocks.firstIndex(where: { block in
      guard case .concatenation(nil) = block.content else { return false }
      return block.ports[0].slices.count == 1
        && block.ports[0].slices[0] == result.whole(block.ports[0].slices[0].source)
    }) {
      let source = result.blocks[index].ports[0].slices[0].source
      let gone = BlockID(index)
      result[source].valueNames = result[gone].valueNames
      result = result.removing(gone) { slice in
        guard slice.source == gone else { return [slice] }
        var moved = slice
        moved.source = source
        return [moved]
      }
    }
    return result
  }

  static func positions(of kept: [BlockID], count: Int) -> [BlockID] {
    var position = [BlockID](repeating: BlockID(0), count: count)
    for (place, id) in kept.enumerated() { position[id.index] = BlockID(place) }
    return position
  }
}
