package import NetworkModel
import ONNXFormat
import ONNXSchema

extension ONNXModel {
  /// Writes a graph of blocks as an ONNX model that computes the same.
  ///
  /// Weights stay views of the original's. Slices and concatenations that only bring a block's
  /// inputs together become nodes here, and views that import removed become Reshape nodes.
  ///
  /// - Throws: ``ONNXError`` where an operator set is too old to express a part.
  /// - Complexity: O(blocks + slices).
  package init(exporting graph: BlockGraph) throws {
    var exporter = ModelExporter(graph)
    for id in graph.blockIDs { try exporter.add(id) }
    self = exporter.model()
  }
}

/// The walk over a block graph that makes the nodes of its ONNX model.
struct ModelExporter {
  let graph: BlockGraph
  let opset: Int
  var proto = Onnx_GraphProto()
  var initializers: [Initializer] = []
  /// The written name of each constant.
  var constants: [TensorIdentity: String] = [:]
  /// The written name of each vector that lies along the first of several axes.
  var columns: [TensorIdentity: String] = [:]
  /// The written name of each value that an operator makes of constants.
  var computedValues: [String: String] = [:]
  var names = UniqueNames()
  var nodeNames = UniqueNames()
  private var unwrittenOutputs: Set<String> = []
  /// The names of the values that blocks make.
  private var values: [[String]] = []
  private var slices: [BlockSlice: String] = [:]
  private var ports: [BlockPort: String] = [:]

  init(_ graph: BlockGraph) {
    self.graph = graph
    opset = graph.header.opset(of: "")
    proto.name = graph.name
    // The names of inputs and outputs are the model's interface: nothing else may take them.
    for block in graph.blocks where block.isBoundary {
      names.reserve(block.valueNames)
      if case .output = block.content { unwrittenOutputs.formUnion(block.valueNames) }
    }
  }

  func model() -> ONNXModel {
    var header = graph.header
    // From version 4 of the representation, initialisers need not be inputs.
    header.proto.irVersion = max(header.proto.irVersion, 4)
    header.proto.graph = proto
    return ONNXModel(proto: header.proto, initializers: initializers, path: header.path)
  }

  mutating func add(_ id: BlockID) throws {
    let block = graph[id]
    switch block.content {
    case .input:
      values.append(block.valueNames)
      proto.input.append(Onnx_ValueInfoProto(name: block.valueNames[0], type: block.outputs[0]))
    case .output:
      values.append([])
      try addOutput(block)
    case .concatenation:
      values.append(outputNames(block))
      let port = block.ports[0]
      try addConcat(port, named: block.name, output: values[id.index][0])
    case .steps(let steps):
      values.append(outputNames(block))
      try addSteps(steps, of: block, outputs: values[id.index])
    }
  }

  /// The names under which a block's values are written: an output of the network that is just this
  /// value gives it its name.
  private mutating func outputNames(_ block: Block) -> [String] {
    block.valueNames.map { name in
      name.isEmpty ? "" : unwrittenOutputs.remove(name) ?? names.take(name)
    }
  }

  private mutating func addOutput(_ block: Block) throws {
    let name = block.valueNames[0]
    let value = try value(of: block.ports[0])
    if value != name {
      addNode("Identity", named: block.name, inputs: [value], output: name)
    }
    proto.output.append(Onnx_ValueInfoProto(name: name, type: block.ports[0].type))
  }

  private mutating func addSteps(
    _ steps: [Block.Step], of block: Block, outputs: [String]
  ) throws {
    var results: [String] = []
    for (index, step) in steps.enumerated() {
      let layer = graph[step.layer]
      let isLast = index == steps.count - 1
      let names = isLast ? outputs : [names.take("\(block.name)_\(layer.name)")]
      let sources = try step.sources.map { source in
        switch source {
        case .port(let port): try value(of: block.ports[port])
        case .step(let earlier): results[earlier]
        }
      }
      let nodeName = steps.count == 1 ? block.name : "\(block.name)_\(layer.name)"
      try addStep(step, layer, named: nodeName, sources: sources, outputs: names)
      results.append(names[0])
    }
  }

  private mutating func addStep(
    _ step: Block.Step, _ layer: Layer, named name: String, sources: [String], outputs: [String]
  ) throws {
    var node = step.part.lines.map { layer.node(computing: $0) } ?? layer.node
    node.name = nodeNames.take(name)
    node.input = inputs(of: step.part, layer, values: sources, &node)
    if case .convolution = layer.kind, step.channels != layer.allChannels {
      node.attribute.removeAll { $0.name == "group" }
      let groups = layer.groups(channels: step.channels)
      node.attribute.append(ONNXAttribute(name: "group", int: groups))
    }
    guard layer.readsNeighbours, case .channels(let need)? = layer.need(channels: step.channels),
      need != step.channels
    else {
      node.output = outputs
      proto.node.append(node)
      return
    }
    // The neighbours' channels were only there to be read: cut them off again.
    node.output = [names.take("\(outputs[0])_wide")]
    proto.node.append(node)
    let first = step.channels.lowerBound - need.lowerBound
    addSlice(
      of: node.output[0], [(layer.channelAxis, first..<(first + step.channels.count))],
      output: outputs[0])
  }

  /// The names of what a part of a layer reads: values and constants.
  private mutating func inputs(
    of part: LayerPart, _ layer: Layer, values: [String], _ node: inout ONNXNode
  ) -> [String] {
    var left = values[...]
    var inputs: [String] = []
    for (index, operand) in layer.operands.enumerated() {
      switch operand {
      case .value: inputs.append(left.popFirst() ?? "")
      case .constant(let tensor):
        if let needed = layer.constant(tensor, at: index, of: part) {
          inputs.append(constant(needed))
        } else if node.opType == "Gemm", opset < 11 {
          // Before version 11 Gemm must have a bias; it then counts nothing.
          var partWithBias = part
          partWithBias.inputs = nil
          inputs.append(constant(layer.constant(tensor, at: index, of: partWithBias) ?? tensor))
          node.attribute.removeAll { $0.name == "beta" }
          node.attribute.append(ONNXAttribute(name: "beta", float: 0))
        } else {
          inputs.append("")
        }
      case .omitted: inputs.append("")
      }
    }
    if part.inputs != nil { while inputs.last?.isEmpty == true { inputs.removeLast() } }
    return inputs
  }

  /// The name of the value that a port sees.
  private mutating func value(of port: BlockPort) throws -> String {
    if let known = ports[port] { return known }
    var name: String
    if port.slices.count == 1 {
      name = value(of: port.slices[0])
    } else {
      name = names.take("\(values[port.slices[0].source.index][0])_gathered")
      try addConcat(port, named: name, output: name)
    }
    if graph.assembledShape(port) != port.type.shape {
      let seen = names.take("\(name)_reshaped")
      let shape = list(port.type.shape, named: "\(seen)_shape")
      addNode("Reshape", named: seen, inputs: [name, shape], output: seen)
      name = seen
    }
    ports[port] = name
    return name
  }

  private mutating func value(of slice: BlockSlice) -> String {
    if let known = slices[slice] { return known }
    let source = values[slice.source.index][slice.output]
    var name = source
    if slice != graph.whole(slice.source, output: slice.output) {
      var ranges: [(axis: Int, range: Range<Int>)] = []
      if slice.channels != graph.whole(slice.source, output: slice.output).channels {
        ranges.append((graph[slice.source].channelAxis, slice.channels))
        name += "_\(slice.channels.lowerBound)_\(slice.channels.upperBound)"
      }
      if let lines = slice.lines {
        ranges.append((LayerPart.lineAxis, lines))
        name += "_lines_\(lines.lowerBound)_\(lines.upperBound)"
      }
      name = names.take(name)
      addSlice(of: source, ranges, output: name)
    }
    slices[slice] = name
    return name
  }

  private mutating func addConcat(_ port: BlockPort, named name: String, output: String) throws {
    let parts = port.slices.map { value(of: $0) }
    addNode(
      "Concat", named: name, inputs: parts, output: output,
      attributes: [ONNXAttribute(name: "axis", int: port.joinAxis)])
  }

  mutating func addSlice(
    of value: String, _ ranges: [(axis: Int, range: Range<Int>)], output: String
  ) {
    let axes = ranges.map(\.axis)
    let starts = ranges.map(\.range.lowerBound)
    let ends = ranges.map(\.range.upperBound)
    if opset < 10 {
      addNode(
        "Slice", named: output, inputs: [value], output: output,
        attributes: [
          ONNXAttribute(name: "axes", ints: axes),
          ONNXAttribute(name: "starts", ints: starts),
          ONNXAttribute(name: "ends", ints: ends),
        ])
      return
    }
    let inputs = [("starts", starts), ("ends", ends), ("axes", axes)].map { key, values in
      list(values, named: "\(output)_\(key)")
    }
    addNode("Slice", named: output, inputs: [value] + inputs, output: output)
  }

  mutating func addNode(
    _ type: String, named name: String, inputs: [String], output: String,
    attributes: [ONNXAttribute] = []
  ) {
    var node = ONNXNode()
    node.opType = type
    node.name = nodeNames.take(name)
    node.input = inputs
    node.output = [output]
    node.attribute = attributes
    proto.node.append(node)
  }
}
