package import NetworkModel

/// A block and all blocks that depend on it channel by channel: what a split divides together.
struct BlockChain {
  /// The block at the head, then its dependents, each after the one it reads from.
  var members: [BlockID]
}

extension BlockGraph {
  /// Whether a block can be computed in parts by ranges of its kernels.
  func isSplittable(_ id: BlockID) -> Bool {
    let steps = self[id].steps
    guard let first = steps.first, self[first.layer].isSplittable, first.channels.count > 1 else {
      return false
    }
    // A channelwise head is cut along the channels of what it reads, which it must see as they are.
    let reads = self[first.layer].need(channels: first.channels)
    let seesChannels = self[id].ports.allSatisfy { $0.isPlain(in: self) || seesLines($0) }
    if reads != .all, !seesChannels { return false }
    return followersAreChannelwise(steps)
  }

  /// Whether all steps behind the first compute the same channels from the step before.
  private func followersAreChannelwise(_ steps: [Block.Step]) -> Bool {
    for (index, step) in steps.enumerated().dropFirst() {
      let layer = self[step.layer]
      guard layer.isChannelwise, !layer.readsNeighbours, step.channels == steps[0].channels,
        step.sources == [.step(index - 1)],
        layer.channelAxis == self[steps[0].layer].channelAxis
      else { return false }
    }
    return true
  }

  /// Whether a block computes, channel by channel, exactly the channels that `producer` makes, reading
  /// nothing else but neighbors of these channels.
  func isDependent(_ id: BlockID, on producer: BlockID) -> Bool {
    let block = self[id]
    guard let first = block.steps.first, let last = self[producer].steps.last,
      block.ports.count == 1, first.channels == last.channels, block.ports[0].isPlain(in: self)
    else { return false }
    let layer = self[first.layer]
    let readsWhole = block.ports[0].slices.contains(whole(producer))
    return layer.isChannelwise && readsWhole && followersAreChannelwise(block.steps)
      && layer.channelAxis == self[producer].channelAxis
  }

  /// The chain that starts at a block.
  func chain(from head: BlockID, outgoing: [[BlockEdge]]) -> BlockChain {
    var members = [head]
    var position = 0
    while position < members.count {
      let producer = members[position]
      position += 1
      for edge in outgoing[producer.index]
      where !members.contains(edge.target) && isDependent(edge.target, on: producer) {
        members.append(edge.target)
      }
    }
    return BlockChain(members: members)
  }

  /// The block at the head of the chain that a block belongs to.
  package func chainHead(of id: BlockID) -> BlockID {
    var head = id
    while let producer = producerInChain(of: head) { head = producer }
    return head
  }

  /// The splittable block whose channels a dependent block continues.
  private func producerInChain(of id: BlockID) -> BlockID? {
    guard let port = self[id].ports.first, self[id].ports.count == 1 else { return nil }
    return port.slices.map(\.source).first { isSplittable($0) && isDependent(id, on: $0) }
  }
}
