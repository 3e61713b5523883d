import ONNXFormat

extension NeuronGraph {
  /// The neurons of a graph of blocks.
  ///
  /// - Throws: ``ONNXError`` where there are more edges than can be counted.
  /// - Complexity: O(blocks + slices).
  package init(_ graph: BlockGraph) throws {
    var builder = NeuronGraphBuilder(graph)
    for id in graph.blockIDs { try builder.add(id) }
    groups = builder.groups
    bundles = builder.bundles
    edgeCount = Int(builder.edgeCount)
  }
}

/// The walk over a graph of blocks that makes its neurons.
private struct NeuronGraphBuilder {
  let graph: BlockGraph
  var groups: [NeuronGroup] = []
  var bundles: [NeuronBundle] = []
  var edgeCount: Int128 = 0
  /// For each block and each of its outputs, what its channels stand for.
  private var segments: [[[NeuronSegment]]] = []
  /// The outputs beside the first that some block reads.
  private var readOutputs: Set<BlockSlice> = []

  init(_ graph: BlockGraph) {
    self.graph = graph
    for edge in graph.edges where edge.slice.output > 0 {
      readOutputs.insert(Self.key(edge.slice.source, edge.slice.output))
    }
  }

  private static func key(_ block: BlockID, _ output: Int) -> BlockSlice {
    BlockSlice(source: block, output: output, channels: 0..<1)
  }

  mutating func add(_ id: BlockID) throws {
    let block = graph[id]
    switch block.content {
    case .input:
      segments.append([[try append(id, type: block.outputs[0], axis: block.channelAxis) { _ in }]])
    case .output:
      let operands = self.operands(block.ports[0])
      _ = try append(id, channels: 0..<1, hasMaps: false) { reader in
        for operand in operands { reader.read(operand, .all, 0..<operand.channelCount) }
      }
      segments.append([])
    case .concatenation(nil) where !block.ports[0].isByLines:
      segments.append([block.ports.flatMap { operand($0).segments }])
    case .concatenation where block.ports[0].isByLines:
      let operands = self.operands(block.ports[0])
      segments.append([
        [
          try append(id, type: block.outputs[0], axis: block.channelAxis) { reader in
            for operand in operands {
              reader.read(operand, .window(before: 0, after: 0), 0..<operand.channelCount)
            }
          }
        ]
      ])
    case .concatenation:
      let operands = block.ports.map { operand($0) }
      segments.append([
        [
          try append(id, type: block.outputs[0], axis: block.channelAxis) { reader in
            var operand = operands[0]
            operand.segments = operands.flatMap(\.segments)
            reader.read(operand, .window(before: 0, after: 0), 0..<operand.channelCount)
          }
        ]
      ])
    case .steps(let steps): segments.append(try add(steps, of: id))
    }
  }

  private mutating func add(_ steps: [Block.Step], of id: BlockID) throws -> [[NeuronSegment]] {
    var made: [NeuronOperand] = []
    var outputs: [[NeuronSegment]] = []
    for (index, step) in steps.enumerated() {
      let layer = graph[step.layer]
      let operands = step.sources.map { source -> [NeuronOperand] in
        switch source {
        case .port(let port): self.operands(graph[id].ports[port])
        case .step(let earlier): [made[earlier]]
        }
      }
      outputs = []
      for output in layer.outputs.indices {
        guard output == 0 || index == steps.count - 1 && isRead(id, output) else {
          outputs.append([])
          continue
        }
        outputs.append([try add(step, index, output, of: id, reading: operands)])
      }
      made.append(
        NeuronOperand(
          segments: outputs[0], axis: layer.channelAxis,
          shape: layer.outputType(of: step.part).shape))
    }
    return outputs
  }

  private mutating func add(
    _ step: Block.Step, _ index: Int, _ output: Int, of id: BlockID,
    reading operands: [[NeuronOperand]]
  ) throws -> NeuronSegment {
    let layer = graph[step.layer]
    let type = output == 0 ? layer.outputType(of: step.part) : layer.outputs[output]
    let axis = layer.channelAxis
    let channels =
      output == 0 ? step.channels : 0..<(axis < type.shape.count ? type.shape[axis] : 1)
    var first = 0
    if case .channels(let needed)? = layer.need(channels: step.channels) {
      first = needed.lowerBound
    } else if layer.addsParts {
      first = step.channels.lowerBound
    }
    return try append(
      id, step: index, output: output, channels: channels,
      hasMaps: layer.kind.makesMaps && type.hasMaps(axis: axis)
    ) { reader in
      for (operands, type) in zip(operands, layer.valueTypes) {
        for operand in operands {
          let isPlain = operand.isPlain(axis: layer.operandAxis(ofValue: type))
          let reading = isPlain ? layer.reading(ofValue: type, output: output) : .all
          reader.read(operand, reading, first..<(first + operand.channelCount))
        }
      }
    }
  }

  private func isRead(_ id: BlockID, _ output: Int) -> Bool {
    readOutputs.contains(Self.key(id, output))
  }
}

// MARK: - Nodes

extension NeuronGraphBuilder {
  private mutating func append(
    _ id: BlockID, type: TensorType, axis: Int, _ read: (inout NeuronReader) -> Void
  ) throws -> NeuronSegment {
    let count = axis < type.shape.count ? type.shape[axis] : 1
    return try append(
      id, channels: 0..<count, hasMaps: type.hasMaps(axis: axis), read)
  }

  private mutating func append(
    _ id: BlockID, step: Int? = nil, output: Int = 0, channels: Range<Int>, hasMaps: Bool,
    _ read: (inout NeuronReader) -> Void
  ) throws -> NeuronSegment {
    let first = groups.last?.nodes.upperBound ?? 0
    let nodes = first..<(first + (hasMaps ? channels.count : 1))
    var reader = NeuronReader(nodes: nodes, channels: channels)
    read(&reader)
    let count = reader.bundles.reduce(Int128(0)) { $0 + $1.count }
    edgeCount += count
    guard edgeCount <= Int128(Int.max) else {
      throw ONNXError.model(
        reason:
          "with block \(graph[id].name) there are more edges between neurons than can be counted")
    }
    let start = bundles.count
    bundles += reader.bundles
    groups.append(
      NeuronGroup(
        block: id, step: step, output: output, nodes: nodes, channels: channels,
        hasMaps: hasMaps, bundles: start..<bundles.count, edgeCount: Int(count)))
    return NeuronSegment(channels: channels.count, nodes: nodes)
  }

  /// What a port sees, each of several slices one below the other as an operand of its own.
  private func operands(_ port: BlockPort) -> [NeuronOperand] {
    guard port.isByLines else { return [operand(port)] }
    return port.slices.map {
      operand(BlockPort(slices: [$0], type: graph.type(of: $0), axis: port.axis))
    }
  }

  /// What a port sees.
  private func operand(_ port: BlockPort) -> NeuronOperand {
    let parts = port.slices.flatMap { slice in
      NeuronSegment.part(segments[slice.source.index][slice.output], slice.channels)
    }
    var operand = NeuronOperand(segments: parts, axis: port.axis, shape: port.type.shape)
    if let first = port.slices.first {
      let shape = graph.type(of: first).shape
      operand.isPlain =
        graph[first.source].channelAxis == port.axis && shape.count == port.type.shape.count
        && shape.indices.allSatisfy { $0 == port.axis || shape[$0] == port.type.shape[$0] }
    }
    return operand
  }
}
