import NetworkModel
import ONNXFormat
import ONNXSchema

/// What the inputs of a block's sums are cut into.
struct InputUnits {
  /// The number of units: channels that the block reads.
  var count: Int
  /// The inputs in each unit.
  var size: Int
  /// The first input.
  var first: Int
  /// The port that sees them.
  var port: Int
}

extension BlockGraph {
  /// Why a block cannot be split into partial sums, however many; nil where it can.
  func inputObstacle(_ id: BlockID) -> String? {
    guard let head = self[id].steps.first else { return "it only passes values on" }
    let layer = self[head.layer]
    let type = layer.node.opType
    guard layer.inputCount != nil, layer.valueTypes.count == 1, layer.outputs.count == 1 else {
      return "\(type) is no sum of products with constant weights"
    }
    guard layer.groups(channels: head.channels) == 1 else {
      return "\(type) has groups, which are cut by kernels"
    }
    guard [.float, .float16, .bfloat16, .double].contains(layer.outputs[0].elementType) else {
      return "partial sums are added as floating-point numbers"
    }
    if ((try? layer.node.int("transA", default: 0)) ?? 0) != 0 {
      return "its input is transposed"
    }
    guard let units = inputUnits(of: id) else {
      return "the channels it reads are not the inputs of its sums"
    }
    return units.count > 1 ? nil : "it reads only one channel"
  }

  /// How the inputs of a block's sums are cut; nil where its port does not see them as channels.
  func inputUnits(of id: BlockID) -> InputUnits? {
    let block = self[id]
    guard let head = block.steps.first, let all = self[head.layer].inputCount,
      head.sources.count == 1, case .port(let number) = head.sources[0]
    else { return nil }
    let port = block.ports[number]
    let inputs = head.part.inputs ?? 0..<all
    let seen = port.type.shape
    let axis = if case .convolution = self[head.layer].kind { 1 } else { seen.count - 1 }
    let shape = assembledShape(port)
    let readers = block.steps.count { $0.sources.contains(.port(number)) }
    guard axis >= 0, readers == 1, port.axis < shape.count,
      port.slices.allSatisfy({ self[$0.source].channelAxis == port.axis }),
      // The same values before the channels, so that ranges of channels are ranges of inputs.
      shape[..<port.axis].reduce(1, *) == seen[..<axis].reduce(1, *), seen[axis] == inputs.count,
      axis == seen.count - 1 || shape == seen
    else { return nil }
    let count = shape[port.axis]
    guard count > 0, inputs.count % count == 0 else { return nil }
    return InputUnits(
      count: count, size: inputs.count / count, first: inputs.lowerBound, port: number)
  }

  /// The graph with a block split into partial sums and a block that adds them up.
  ///
  /// - Throws: ``PartitionError/cannotSplit(block:reason:)`` for a block that sums up no inputs.
  func cutByInputs(_ id: BlockID, into k: Int) throws -> BlockCut {
    guard let units = inputUnits(of: id) else {
      throw PartitionError.cannotSplit(block: self[id].name, reason: "it sums up no inputs")
    }
    var graph = self
    let sum = graph.addSum(of: id, into: k)
    let all = 0..<self[id].steps[0].channels.count
    let parts = (0..<k).map { index in
      let range = (units.count * index / k)..<(units.count * (index + 1) / k)
      return BlockCut.Part(block: part(index, of: id, summing: range, units), range: all)
    }
    return BlockCut(graph: graph, axis: .inputs, members: [id], parts: [parts], sum: sum)
  }

  private func part(
    _ index: Int, of id: BlockID, summing range: Range<Int>, _ units: InputUnits
  ) -> Block {
    var block = draft(ofPart: index, of: id)
    var step = block.steps[0]
    let inputs =
      (units.first + range.lowerBound * units.size)..<(units.first + range.upperBound * units.size)
    step.part.inputs = inputs
    step.sources = [.port(0)]
    let seen = block.ports[units.port].type.shape
    let isConvolution = if case .convolution = self[step.layer].kind { true } else { false }
    var port = block.ports[units.port]
    let restricted = port.restricted(to: range)
    port.slices = restricted.slices
    port.isByLines = restricted.isByLines
    port.type.shape[isConvolution ? 1 : seen.count - 1] = inputs.count
    block.ports = [port]
    block.content = .steps([step])
    block.outputs = [self[step.layer].outputType(of: step.part)]
    block.channelAxis = self[step.layer].channelAxis
    return block
  }

  /// Adds the layer that sums up `k` parts of a block's first step.
  ///
  /// - Returns: The block that computes it and what was merged behind the first step, without slices in
  ///   the ports of the parts.
  private mutating func addSum(of id: BlockID, into k: Int) -> Block {
    var block = self[id]
    let head = block.steps[0]
    let layer = self[head.layer]
    let name = "\(block.origin)_sum_\(splitCount)"
    var node = ONNXNode()
    node.opType = k == 2 ? "Add" : "Sum"
    node.name = name
    layers.append(
      Layer(
        name: name, alias: name, node: node,
        operands: (0..<k).map { _ in .value(layer.outputs[0]) }, outputs: layer.outputs,
        kind: .combination, channelAxis: layer.channelAxis, addsParts: true))
    var part = head.part
    part.inputs = nil
    let type = layer.outputType(of: part)
    var places: [Block.Source] = []
    var others: [BlockPort] = []
    for (number, port) in block.ports.enumerated() {
      places.append(.port(k + others.count))
      if head.sources != [.port(number)] { others.append(port) }
    }
    let sum = Block.Step(
      layer: LayerID(layers.count - 1), part: part, sources: (0..<k).map { .port($0) })
    let rest = block.steps.dropFirst().map { step in
      var step = step
      step.sources = step.sources.map { source in
        if case .port(let port) = source { places[port] } else { source }
      }
      return step
    }
    block.name = name
    block.origin = name
    block.content = .steps([sum] + rest)
    block.ports =
      (0..<k).map { _ in BlockPort(slices: [], type: type, axis: layer.channelAxis) } + others
    return block
  }
}
