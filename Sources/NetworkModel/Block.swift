package import ONNXFormat

/// The number of a layer in its graph.
package struct LayerID: Hashable, Comparable, Sendable {
  /// The place in the list of the graph.
  package let index: Int
  /// The identifier of what has this place.
  package init(_ index: Int) { self.index = index }
  /// Orders layers as their graph lists them.
  package static func < (left: LayerID, right: LayerID) -> Bool { left.index < right.index }
}

/// The position of a block in its graph, which is also its place in topological order.
package struct BlockID: Hashable, Comparable, Sendable {
  /// The place in the list of the graph.
  package let index: Int
  /// The identifier of what has this place.
  package init(_ index: Int) { self.index = index }
  /// Orders blocks topologically.
  package static func < (left: BlockID, right: BlockID) -> Bool { left.index < right.index }
}

/// A node of a block graph: a run of operators over a range of their kernels.
package struct Block: Sendable {
  /// The name, unique in the graph.
  package var name: String
  /// The name before any split.
  package var origin: String
  /// What the block does.
  package var content: Content
  /// What it reads, port by port.
  package var ports: [BlockPort]
  /// The types of its outputs.
  package var outputs: [TensorType]
  /// What the values it makes are called in a file; for an output of the network, what it takes out.
  package var valueNames: [String]
  /// The axis along which its output can be cut into channels.
  package var channelAxis: Int

  /// What a block does.
  package enum Content: Sendable {
    /// Brings an input of the network in.
    case input
    /// Takes an output of the network out.
    case output
    /// Puts the slices it reads side by side along the channel axis, or along the lines; a layer
    /// where the network has it, nil where a split made it.
    case concatenation(LayerID?)
    /// Computes a run of layers, one after the other.
    case steps([Step])
  }

  /// One operator of a block.
  package struct Step: Hashable, Sendable {
    /// The layer that is computed.
    package var layer: LayerID
    /// What of the layer is computed.
    package var part: LayerPart
    /// Where the values it reads come from, in the order of the layer's value operands.
    package var sources: [Source]

    /// The kernels of the layer that are computed.
    package var channels: Range<Int> {
      get { part.channels }
      set { part.channels = newValue }
    }

    /// A step that computes a part of a layer.
    package init(layer: LayerID, part: LayerPart, sources: [Source]) {
      self.layer = layer
      self.part = part
      self.sources = sources
    }

    /// A step that computes some channels of a layer.
    package init(layer: LayerID, channels: Range<Int>, sources: [Source]) {
      self.init(layer: layer, part: LayerPart(channels: channels), sources: sources)
    }
  }

  /// Where a step's value comes from.
  package enum Source: Hashable, Sendable {
    /// A port of the block.
    case port(Int)
    /// The output of an earlier step of the block.
    case step(Int)
  }

  /// A value with all its parts.
  package init(
    name: String, origin: String? = nil, content: Content, ports: [BlockPort],
    outputs: [TensorType], valueNames: [String], channelAxis: Int
  ) {
    self.name = name
    self.origin = origin ?? name
    self.content = content
    self.ports = ports
    self.outputs = outputs
    self.valueNames = valueNames
    self.channelAxis = channelAxis
  }
}

extension Block {
  /// The operators of the block, none for inputs, outputs and concatenations.
  package var steps: [Step] {
    if case .steps(let steps) = content { steps } else { [] }
  }

  /// Whether the block is an input or an output of the network.
  package var isBoundary: Bool {
    switch content {
    case .input, .output: true
    default: false
    }
  }

  /// Whether the block puts slices side by side.
  package var isConcatenation: Bool {
    if case .concatenation = content { true } else { false }
  }

  /// The size of the first output along the channel axis.
  package var channelCount: Int {
    guard let shape = outputs.first?.shape, channelAxis < shape.count else { return 1 }
    return shape[channelAxis]
  }
}

/// One input of a block: the slices it reads, put side by side along the channel axis, or one below
/// the other along the lines.
package struct BlockPort: Hashable, Sendable {
  /// What is read, in the order of the channels or lines.
  package var slices: [BlockSlice]
  /// The type that the block sees; another shape than that of the slices means the same values
  /// seen with other dimensions, as after a Flatten.
  package var type: TensorType
  /// The axis of the slices' shape along which their channels lie.
  package var axis: Int
  /// Whether the slices, two or more, lie one below the other along the lines instead.
  package var isByLines: Bool

  /// The axis along which the slices are put together.
  package var joinAxis: Int { isByLines ? LayerPart.lineAxis : axis }

  /// A value with all its parts.
  package init(
    slices: [BlockSlice], type: TensorType, axis: Int, isByLines: Bool = false
  ) {
    self.isByLines = isByLines
    self.slices = slices
    self.type = type
    self.axis = axis
  }
}

/// A range of the channels of another block's output, and of its lines.
package struct BlockSlice: Hashable, Sendable {
  /// The block that is read.
  package var source: BlockID
  /// Which of its outputs.
  package var output: Int
  /// The channels, counted from the first of that output.
  package var channels: Range<Int>
  /// The lines, counted from the first of that output; nil for all.
  package var lines: Range<Int>?

  /// A value with all its parts.
  package init(
    source: BlockID, output: Int = 0, channels: Range<Int>, lines: Range<Int>? = nil
  ) {
    self.source = source
    self.output = output
    self.channels = channels
    self.lines = lines
  }
}
