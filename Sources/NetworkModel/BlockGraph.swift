package import ONNXFormat
import ONNXSchema

/// A network as blocks: generalized sub-graphs, each a run of operators over a range of their
/// kernels. Weights belong to the layers and are never copied.
///
/// Blocks lie in topological order: each reads only from blocks before it.
package struct BlockGraph: Sendable {
  /// The name of the network.
  package var name: String
  /// What the network's file says beside its graph: operator sets, producer, metadata.
  package let header: ONNXModel
  /// The operators of the network, and behind them the sums that splits over inputs made.
  package var layers: [Layer]
  /// The blocks, in topological order.
  package var blocks: [Block]
  /// The number of splits made so far; it makes the names of parts unique.
  package var splitCount: Int

  /// A graph of layers and blocks; ``violations()`` says what is wrong with it.
  package init(name: String, header: ONNXModel, layers: [Layer], blocks: [Block]) {
    self.name = name
    self.header = header
    self.layers = layers
    self.blocks = blocks
    splitCount = Self.firstFreeSplit(blocks)
  }

  /// The first number with which names of parts cannot meet a name that is there.
  private static func firstFreeSplit(_ blocks: [Block]) -> Int {
    var next = 0
    for block in blocks {
      let words = block.name.split(separator: "_")
      for (word, number) in zip(words, words.dropFirst()) where isNumbered(word) {
        if let number = Int(number), number < 1 << 32 { next = max(next, number + 1) }
      }
    }
    return next
  }

  /// Whether a word of a name stands before the number of a split.
  private static func isNumbered(_ word: Substring) -> Bool {
    word == "split" || word == "concat" || word == "sum"
  }

  /// The layer with an identifier.
  package subscript(_ id: LayerID) -> Layer { layers[id.index] }

  /// The block with an identifier.
  package subscript(_ id: BlockID) -> Block {
    get { blocks[id.index] }
    set { blocks[id.index] = newValue }
  }

  /// The blocks by number.
  package var blockIDs: some Sequence<BlockID> { blocks.indices.lazy.map { BlockID($0) } }
}

/// A slice as an edge: which block reads it, through which port.
package struct BlockEdge: Hashable, Sendable {
  /// The slice that is read.
  package let slice: BlockSlice
  /// The block that reads it.
  package let target: BlockID
  /// The port of that block.
  package let port: Int
}

extension BlockGraph {
  /// Every slice that a block reads, in the order of the blocks and their ports.
  package var edges: [BlockEdge] {
    var edges: [BlockEdge] = []
    for (index, block) in blocks.enumerated() {
      for (number, port) in block.ports.enumerated() {
        for slice in port.slices {
          edges.append(BlockEdge(slice: slice, target: BlockID(index), port: number))
        }
      }
    }
    return edges
  }

  /// The edges that leave each block.
  package func outgoingEdges() -> [[BlockEdge]] {
    var outgoing = [[BlockEdge]](repeating: [], count: blocks.count)
    for edge in edges { outgoing[edge.slice.source.index].append(edge) }
    return outgoing
  }

  /// The number of elements in a slice.
  package func elements(_ slice: BlockSlice) -> Int { type(of: slice).count }

  /// The type of a slice.
  package func type(of slice: BlockSlice) -> TensorType {
    let source = self[slice.source]
    var type = source.outputs[slice.output]
    if source.channelAxis < type.shape.count {
      type.shape[source.channelAxis] = slice.channels.count
    }
    if let lines = slice.lines { type.shape[LayerPart.lineAxis] = lines.count }
    return type
  }

  /// The shape that the slices of a port have together.
  ///
  /// - Precondition: The port reads something.
  package func assembledShape(_ port: BlockPort) -> [Int] {
    var shape = type(of: port.slices[0]).shape
    guard port.slices.count > 1 else { return shape }
    shape[port.joinAxis] = port.slices.reduce(0) {
      $0 + (port.isByLines ? lines(of: $1).count : $1.channels.count)
    }
    return shape
  }

  /// The lines of a slice, also where they are all that there are.
  package func lines(of slice: BlockSlice) -> Range<Int> {
    slice.lines ?? 0..<lineCount(ofOutput: slice.output, of: slice.source)
  }

  /// The lines of a block's output.
  package func lineCount(ofOutput output: Int, of id: BlockID) -> Int {
    let shape = self[id].outputs[output].shape
    return LayerPart.lineAxis < shape.count ? shape[LayerPart.lineAxis] : 1
  }

  /// The slice that is all of a block's output.
  package func whole(_ id: BlockID, output: Int = 0) -> BlockSlice {
    let block = self[id]
    let shape = block.outputs[output].shape
    let count = block.channelAxis < shape.count ? shape[block.channelAxis] : 1
    return BlockSlice(source: id, output: output, channels: 0..<count)
  }

  /// The block with a name: its own, or the aliases of its layers, joined by `+`, where no block is
  /// called so.
  package func block(named name: String) -> BlockID? {
    if let index = blocks.firstIndex(where: { $0.name == name }) { return BlockID(index) }
    let index = blocks.indices.first { alias(of: BlockID($0)) == name }
    return index.map { BlockID($0) }
  }
}

extension BlockGraph {
  /// The aliases of a block's layers, joined by `+`; nil where it computes only parts of them, or no
  /// layer.
  package func alias(of id: BlockID) -> String? {
    let steps = self[id].steps
    guard !steps.isEmpty, steps.allSatisfy({ $0.part == self[$0.layer].whole }) else {
      return nil
    }
    return steps.map { self[$0.layer].alias }.joined(separator: "+")
  }

  /// What a block does, as its operators joined by `+`: `Conv+Relu`.
  package func operators(of id: BlockID) -> String {
    switch self[id].content {
    case .input: "Input"
    case .output: "Output"
    case .concatenation: "Concat"
    case .steps(let steps): steps.map { self[$0.layer].node.opType }.joined(separator: "+")
    }
  }

  /// The work of a block.
  package func work(_ id: BlockID) -> Work {
    self[id].steps.reduce(Work()) { $0 + self[$1.layer].work(of: $1.part) }
  }

  /// The weights and other constants a block uses.
  package func constants(_ id: BlockID) -> [Tensor] {
    self[id].steps.flatMap { self[$0.layer].constants(of: $0.part) }
  }

  /// The number of weights and other constants that blocks use; what several have of one constant counts
  /// once.
  package func parameters(_ ids: some Sequence<BlockID>) -> Int {
    RegionPieces(ids.flatMap { constants($0).map(\.origin) }).counts.reduce(0, +)
  }

  /// The work of the whole network.
  package var work: Work { blockIDs.reduce(Work()) { $0 + work($1) } }
}

extension BlockGraph {
  /// Whether a block takes no time on any element: inputs, outputs, and what places computed values
  /// side by side.
  package func isFree(_ id: BlockID) -> Bool {
    self[id].steps.allSatisfy { self[$0.layer].isFree }
  }
}
