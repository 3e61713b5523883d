import NetworkModel
import ONNXFormat

/// One split: which blocks are replaced by which parts, and the graph that results.
struct BlockCut {
  let graph: BlockGraph
  /// What the parts are ranges of.
  let axis: SplitAxis
  /// The blocks that are replaced, the head of the chain first.
  let members: [BlockID]
  /// For each member its parts, whose ports still read the blocks of the old graph.
  let parts: [[Part]]
  /// The block that adds up the parts of the only member, with one port for each part in front of its
  /// others, which still read the old graph.
  var sum: Block?

  /// A part of a block.
  struct Part {
    var block: Block
    /// Its channels or lines, counted from the first of the block it is of.
    var range: Range<Int>
  }
}

extension BlockCut {
  /// The graph with the parts.
  ///
  /// - Complexity: O(blocks + edges), and sorting where parts read one another.
  func result() -> BlockGraph {
    let outgoing = graph.outgoingEdges()
    let place = Dictionary(uniqueKeysWithValues: zip(members, members.indices))
    var moved = [BlockID](repeating: BlockID(0), count: graph.blocks.count)
    var replaced = members.map { _ in BlockParts(areByLines: axis == .lines) }
    var gathered = [BlockID?](repeating: nil, count: members.count)
    var next = 0
    func take() -> BlockID {
      defer { next += 1 }
      return BlockID(next)
    }
    for id in graph.blockIDs where id == members[0] || place[id] == nil {
      guard id == members[0] else {
        moved[id.index] = take()
        continue
      }
      for index in parts[0].indices {
        for member in members.indices {
          replaced[member].parts.append((take(), parts[member][index].range))
        }
      }
      for member in members.indices
      where sum != nil || graph.needsGathering(members[member], place, axis, outgoing) {
        gathered[member] = take()
      }
    }
    return rebuilt(place, moved, replaced, gathered)
  }

  private func rebuilt(
    _ place: [BlockID: Int], _ moved: [BlockID], _ replaced: [BlockParts], _ gathered: [BlockID?]
  ) -> BlockGraph {
    func direct(_ slice: BlockSlice) -> [BlockSlice] {
      if let member = place[slice.source] { return replaced[member].slices(of: slice) }
      var slice = slice
      slice.source = moved[slice.source.index]
      return [slice]
    }
    func whole(_ slice: BlockSlice) -> [BlockSlice] {
      guard let member = place[slice.source], let source = gathered[member] else {
        return direct(slice)
      }
      var slice = slice
      slice.source = source
      return [slice]
    }
    func reading(_ block: Block, _ transform: (BlockSlice) -> [BlockSlice]) -> Block {
      var block = block
      block.ports = block.ports.map { $0.replacing(byLines: axis == .lines, transform) }
      return block
    }
    var blocks: [Block] = []
    for id in graph.blockIDs {
      if id == members[0] {
        for index in parts[0].indices {
          blocks += members.indices.map { reading(parts[$0][index].block, direct) }
        }
        for member in members.indices where gathered[member] != nil {
          blocks.append(
            sum.map { summing($0, replaced[member], direct) }
              ?? concatenation(of: members[member], replaced[member]))
        }
      } else if place[id] == nil {
        var block = graph[id]
        for number in block.ports.indices {
          let readsParts = sum == nil && graph.readsParts(id, port: number, along: axis)
          block.ports[number] = block.ports[number]
            .replacing(byLines: axis == .lines, readsParts ? direct : whole)
        }
        blocks.append(block)
      }
    }
    var result = graph
    result.blocks = blocks
    result.splitCount += 1
    return result.topologicallySorted()
  }

  /// What the concatenation of the parts of a member is called.
  func concatenationName(of id: BlockID) -> String {
    "\(graph[id].origin)_output_concat_\(graph.splitCount)"
  }

  private func concatenation(of id: BlockID, _ parts: BlockParts) -> Block {
    let block = graph[id]
    return Block(
      name: concatenationName(of: id), content: .concatenation(nil),
      ports: [
        BlockPort(
          slices: parts.slices(of: graph.whole(id)), type: block.outputs[0],
          axis: block.channelAxis, isByLines: axis == .lines)
      ],
      outputs: block.outputs, valueNames: block.valueNames, channelAxis: block.channelAxis)
  }

  private func summing(
    _ sum: Block, _ parts: BlockParts, _ direct: (BlockSlice) -> [BlockSlice]
  ) -> Block {
    var block = sum
    for (number, part) in parts.parts.enumerated() {
      var port = block.ports[number]
      port.slices = [BlockSlice(source: part.block, channels: part.range)]
      block.ports[number] = port
    }
    for number in block.ports.indices.dropFirst(parts.parts.count) {
      block.ports[number] = block.ports[number].replacing(direct)
    }
    return block
  }
}

extension BlockGraph {
  /// Whether a block outside a chain reads a member as if it were in one piece.
  func needsGathering(
    _ id: BlockID, _ members: [BlockID: Int], _ axis: SplitAxis, _ outgoing: [[BlockEdge]]
  ) -> Bool {
    outgoing[id.index].contains {
      members[$0.target] == nil && !readsParts($0.target, port: $0.port, along: axis)
    }
  }

  /// Whether a reader of a block can read the block's parts directly.
  func readsParts(_ id: BlockID, port number: Int, along axis: SplitAxis) -> Bool {
    let reader = self[id]
    let port = reader.ports[number]
    switch axis {
    case .kernels:
      if reader.isConcatenation { return !port.isByLines }
      guard let first = reader.steps.first else { return false }
      return self[first.layer].readsNeighbours && port.isPlain(in: self)
    case .lines:
      // A part by lines, or what puts such parts together.
      if port.isByLines { return true }
      return !reader.steps.isEmpty && port.slices.count == 1 && port.slices[0].lines != nil
        && seesLines(port)
    case .inputs: return false
    }
  }

  /// Part `index` of a block, its content, ports and outputs yet those of the block.
  func draft(ofPart index: Int, of id: BlockID) -> Block {
    var block = self[id]
    block.name = "\(block.origin)_split_\(splitCount)_\(index)"
    block.valueNames = [block.name]
    return block
  }
}
