import GraphAlgorithms
import NetworkModel
import ONNXFormat

extension BlockGraph {
  /// Replaces a block and the chain of dependent blocks behind it by `k` copies, each over a part of
  /// the kernels, and puts the parts side by side where others read them.
  ///
  /// A concatenation that reads the chain's end takes the parts itself; every other reader reads a new
  /// concatenation. Blocks that read neighbouring channels read them from the parts.
  ///
  /// - Returns: The graph with the parts, which computes the same.
  /// - Throws: ``PartitionError/cannotSplit(block:reason:)``.
  /// - Complexity: O(blocks + edges).
  package func splitting(_ id: BlockID, into k: Int) throws -> BlockGraph {
    try checkSplit(id, into: k)
    let splitter = Splitter(self, chain: chain(from: id, outgoing: outgoingEdges()), into: k)
    let result = splitter.result()
    assert(result.violations().isEmpty, "\(result.violations())")
    return result
  }

  /// The number of blocks that a split would add.
  func growth(splitting id: BlockID, into k: Int, outgoing: [[BlockEdge]]) -> Int {
    let chain = chain(from: id, outgoing: outgoing)
    let concatenations = chain.members.filter {
      needsConcatenation($0, chain: chain, outgoing: outgoing)
    }
    let head = self[id].steps[0]
    let parts = self[head.layer].parts(of: head.channels, count: k).count
    return chain.members.count * (parts - 1) + concatenations.count
  }

  /// Whether a block outside a chain reads a member whole and is no concatenation itself.
  func needsConcatenation(_ id: BlockID, chain: BlockChain, outgoing: [[BlockEdge]]) -> Bool {
    outgoing[id.index].contains {
      !chain.members.contains($0.target) && !readsParts($0.target, port: $0.port)
    }
  }

  /// Whether a reader of a block can read the block's parts directly.
  func readsParts(_ id: BlockID, port: Int) -> Bool {
    let reader = self[id]
    if reader.isConcatenation { return true }
    guard let first = reader.steps.first else { return false }
    return self[first.layer].readsNeighbours && reader.ports[port].isPlain(in: self)
  }

  private func checkSplit(_ id: BlockID, into k: Int) throws {
    let block = self[id]
    guard isSplittable(id) else {
      throw PartitionError.cannotSplit(block: block.name, reason: splitObstacle(block))
    }
    let count = block.steps[0].channels.count
    guard k >= 2, k <= count else {
      throw PartitionError.cannotSplit(
        block: block.name, reason: "it has \(count) kernels: 2 to \(count) parts are possible")
    }
  }

  private func splitObstacle(_ block: Block) -> String {
    guard let first = block.steps.first else { return "it only passes values on" }
    let layer = self[first.layer]
    if layer.valueTypes.count > 1 { return "\(layer.node.opType) reads several computed values" }
    if first.channels.count < 2 { return "it has only one kernel" }
    if block.steps.count > 1 { return "the operators merged in it cannot be cut together" }
    return "\(layer.node.opType) cannot be cut by kernels here"
  }
}

/// One split: which blocks are replaced, and the graph that results.
private struct Splitter {
  private let graph: BlockGraph
  private let chain: BlockChain
  private let outgoing: [[BlockEdge]]
  /// The kernels of each part.
  private let parts: [Range<Int>]
  /// The number that makes the names of the parts unique.
  private let number: Int

  init(_ graph: BlockGraph, chain: BlockChain, into k: Int) {
    self.graph = graph
    self.chain = chain
    outgoing = graph.outgoingEdges()
    number = graph.splitCount
    let head = graph[chain.members[0]].steps[0]
    parts = graph[head.layer].parts(of: head.channels, count: k)
  }

  func result() -> BlockGraph {
    // Where each old block goes, before the readers are changed.
    var moved = [BlockID](repeating: BlockID(0), count: graph.blocks.count)
    var replaced: [BlockID: BlockParts] = [:]
    var concatenated: [BlockID: BlockID] = [:]
    var next = 0
    func take() -> BlockID {
      defer { next += 1 }
      return BlockID(next)
    }
    let start = parts[0].lowerBound
    for id in graph.blockIDs where id == chain.members[0] || !chain.members.contains(id) {
      guard id == chain.members[0] else {
        moved[id.index] = take()
        continue
      }
      for part in parts {
        let channels = (part.lowerBound - start)..<(part.upperBound - start)
        for member in chain.members {
          replaced[member, default: BlockParts(parts: [])].parts.append((take(), channels))
        }
      }
      for member in chain.members
      where graph.needsConcatenation(member, chain: chain, outgoing: outgoing) {
        concatenated[member] = take()
      }
    }
    return rebuilt(moved, replaced, concatenated)
  }

  private func rebuilt(
    _ moved: [BlockID], _ replaced: [BlockID: BlockParts], _ concatenated: [BlockID: BlockID]
  ) -> BlockGraph {
    func renumber(_ slice: BlockSlice) -> BlockSlice {
      BlockSlice(
        source: moved[slice.source.index], output: slice.output, channels: slice.channels)
    }
    func direct(_ slice: BlockSlice) -> [BlockSlice] {
      replaced[slice.source]?.slices(of: slice.channels) ?? [renumber(slice)]
    }
    func gathered(_ slice: BlockSlice) -> [BlockSlice] {
      guard let source = concatenated[slice.source] else { return direct(slice) }
      return [BlockSlice(source: source, output: slice.output, channels: slice.channels)]
    }
    var blocks: [Block] = []
    for id in graph.blockIDs {
      if id == chain.members[0] {
        for (index, part) in parts.enumerated() {
          blocks += chain.members.map { self.part(of: $0, index, part, direct) }
        }
        for member in chain.members where concatenated[member] != nil {
          blocks.append(concatenation(of: member, replaced[member]))
        }
      } else if !chain.members.contains(id) {
        var block = graph[id]
        for number in block.ports.indices {
          let readsParts = graph.readsParts(id, port: number)
          block.ports[number] = block.ports[number].replacing(readsParts ? direct : gathered)
        }
        blocks.append(block)
      }
    }
    var result = graph
    result.blocks = blocks
    result.splitCount += 1
    return result.topologicallySorted()
  }

  private func part(
    of id: BlockID, _ index: Int, _ channels: Range<Int>, _ direct: (BlockSlice) -> [BlockSlice]
  ) -> Block {
    var block = graph[id]
    let first = graph[block.steps[0].layer]
    if case .channels(let whole)? = first.need(channels: block.steps[0].channels),
      case .channels(let need)? = first.need(channels: channels)
    {
      let range =
        (need.lowerBound - whole.lowerBound)..<(need.upperBound - whole.lowerBound)
      block.ports[0] = block.ports[0].restricted(to: range)
    }
    block.ports = block.ports.map { $0.replacing(direct) }
    block.name = "\(block.origin)_split_\(number)_\(index)"
    block.content = .steps(
      block.steps.map { Block.Step(layer: $0.layer, channels: channels, sources: $0.sources) })
    let last = graph[graph[id].steps[graph[id].steps.count - 1].layer]
    block.outputs = [last.outputType(channels: channels)]
    block.valueNames = [block.name]
    return block
  }

  private func concatenation(of id: BlockID, _ parts: BlockParts?) -> Block {
    let block = graph[id]
    let slices = parts?.slices(of: 0..<block.channelCount) ?? []
    return Block(
      name: "\(block.origin)_output_concat_\(number)", content: .concatenation(nil),
      ports: [BlockPort(slices: slices, type: block.outputs[0], axis: block.channelAxis)],
      outputs: block.outputs, valueNames: block.valueNames, channelAxis: block.channelAxis)
  }
}
