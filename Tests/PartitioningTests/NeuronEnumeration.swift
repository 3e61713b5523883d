package import NetworkModel
import ONNXFormat

/// The neurons of a graph found channel by channel, each by its own question to `Layer.need`: the
/// slow way that the ranges are compared with.
struct NeuronEnumeration {
  /// A channel of a value: its neuron, and a number that the channels of a vector share.
  private struct Channel: Hashable {
    var node: Int
    var piece: Int
  }

  private(set) var nodeCount = 0
  private(set) var edges: [NeuronEdge] = []
  private var outputs: [[Channel]] = []
  private var pieceCount = 0

  init(_ graph: BlockGraph) {
    for id in graph.blockIDs { add(graph[id], graph) }
  }

  private mutating func add(_ block: Block, _ graph: BlockGraph) {
    switch block.content {
    case .input: outputs.append(makeNodes(block.channelCount, areMaps: block.makesMaps))
    case .output:
      let made = makeNodes(1, areMaps: false)[0]
      for read in values(block.ports[0]) { connect(read, to: made) }
      outputs.append([])
    case .concatenation(nil) where !block.ports[0].isByLines:
      outputs.append(block.ports.flatMap { value($0) })
    case .concatenation where block.ports[0].isByLines:
      let made = makeNodes(block.channelCount, areMaps: true)
      for read in values(block.ports[0]) {
        for (channel, source) in zip(made, read) { connect([source], to: channel) }
      }
      outputs.append(made)
    case .concatenation:
      let read = block.ports.flatMap { value($0) }
      let made = makeNodes(read.count, areMaps: block.makesMaps)
      if block.makesMaps {
        for (channel, source) in zip(made, read) { connect([source], to: channel) }
      } else {
        connect(read, to: made[0])
      }
      outputs.append(made)
    case .steps(let steps):
      var made: [[Channel]] = []
      for step in steps { made.append(add(step, block, made, graph)) }
      outputs.append(made[made.count - 1])
    }
  }

  private mutating func add(
    _ step: Block.Step, _ block: Block, _ made: [[Channel]], _ graph: BlockGraph
  ) -> [Channel] {
    let layer = graph[step.layer]
    let areMaps = layer.outputs[0].shape.count >= 3
    let channels = makeNodes(step.channels.count, areMaps: areMaps)
    for (operand, source) in step.sources.enumerated() {
      let all =
        switch source {
        case .port(let port): values(block.ports[port])
        case .step(let earlier): [made[earlier]]
        }
      for read in all { connect(read, operand, step, layer, channels, areMaps) }
    }
    return channels
  }

  private mutating func connect(
    _ read: [Channel], _ operand: Int, _ step: Block.Step, _ layer: Layer, _ channels: [Channel],
    _ areMaps: Bool
  ) {
    guard areMaps else {
      connect(read, to: channels[0])
      return
    }
    let first = lowerBound(of: layer.need(channels: step.channels))
    for (kernel, channel) in zip(step.channels, channels) {
      if layer.kind == .combination, layer.valueTypes[operand] == layer.outputs[0] {
        connect([read[kernel - step.channels.lowerBound]], to: channel)
      } else if case .channels(let needed)? = layer.need(channels: kernel..<(kernel + 1)) {
        connect(needed.map { read[$0 - first] }, to: channel)
      } else {
        connect(read, to: channel)
      }
    }
  }

  private func lowerBound(of need: ChannelNeed?) -> Int {
    if case .channels(let range)? = need { range.lowerBound } else { 0 }
  }

  /// One neuron for each channel, or one for all of them.
  private mutating func makeNodes(_ count: Int, areMaps: Bool) -> [Channel] {
    let first = nodeCount
    nodeCount += areMaps ? count : 1
    return (0..<count).map { index in
      if areMaps || index == 0 { pieceCount += 1 }
      return Channel(node: areMaps ? first + index : first, piece: pieceCount)
    }
  }

  /// What a port sees, by itself for each of several slices one below the other.
  private mutating func values(_ port: BlockPort) -> [[Channel]] {
    guard port.isByLines else { return [value(port)] }
    return port.slices.map { value(BlockPort(slices: [$0], type: port.type, axis: port.axis)) }
  }

  /// What a port sees, each slice's part of a vector as a piece of its own.
  private mutating func value(_ port: BlockPort) -> [Channel] {
    var channels: [Channel] = []
    for slice in port.slices {
      var pieces: [Int: Int] = [:]
      for channel in outputs[slice.source.index][slice.channels] {
        if pieces[channel.piece] == nil {
          pieceCount += 1
          pieces[channel.piece] = pieceCount
        }
        channels.append(Channel(node: channel.node, piece: pieces[channel.piece]!))
      }
    }
    return channels
  }

  /// One edge for each piece among the channels.
  private mutating func connect(_ channels: [Channel], to target: Channel) {
    var seen: Set<Int> = []
    for channel in channels where seen.insert(channel.piece).inserted {
      edges.append(NeuronEdge(source: channel.node, target: target.node))
    }
  }
}

extension Block {
  /// Whether its channels are feature maps.
  fileprivate var makesMaps: Bool { outputs[0].shape.count >= 3 }
}

extension NeuronEdge: Comparable {
  package static func < (left: NeuronEdge, right: NeuronEdge) -> Bool {
    (left.target, left.source) < (right.target, right.source)
  }
}
