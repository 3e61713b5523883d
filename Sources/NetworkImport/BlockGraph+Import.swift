import Diagnostics
import NetworkModel
import ONNXFormat
package import ONNXResolution
import ONNXSchema

extension BlockGraph {
  /// Turns a resolved ONNX graph into blocks, one per operator that is left after folding, and one
  /// for each input and output.
  ///
  /// Nodes that no output needs are left out.
  ///
  /// - Throws: ``ONNXError`` naming the node that cannot be a block.
  /// - Complexity: O(nodes + values).
  package init(
    _ graph: ResolvedGraph, name: String, options: ImportOptions = .blocks
  ) throws {
    var importer = Importer(graph, options)
    for input in graph.inputs {
      guard input.type.count > 0 else {
        throw ONNXError.model(
          reason: "the input \(input.name) has no elements (\(describe(shape: input.type.shape))): "
            + "give its shape, as in `input_shape` \(input.name)=1,3,224,224")
      }
      importer.addInput(input.name, input.type)
    }
    let needed = graph.neededNodes()
    for (index, node) in graph.nodes.enumerated() where needed[index] { try importer.add(node) }
    guard !graph.outputs.isEmpty else {
      throw ONNXError.model(reason: "no output depends on an input: all are constant")
    }
    for output in graph.outputs { try importer.addOutput(output) }
    var header = ONNXModel(proto: graph.model.proto, path: graph.model.path)
    header.proto.clearGraph()
    self.init(name: name, header: header, layers: importer.layers, blocks: importer.blocks)
  }
}

extension ResolvedGraph {
  /// For each node, whether an output of the graph depends on it.
  fileprivate func neededNodes() -> [Bool] {
    var wanted = Set(outputs)
    var needed = [Bool](repeating: false, count: nodes.count)
    for (index, node) in nodes.enumerated().reversed()
    where node.output.contains(where: { wanted.contains($0) }) {
      needed[index] = true
      wanted.formUnion(node.input)
    }
    return needed
  }
}

/// The walk over a resolved graph that makes its blocks.
private struct Importer {
  /// Where the value of a name comes from: a block's output, perhaps seen with other dimensions.
  private struct Origin {
    var block: BlockID
    var output: Int
  }

  let graph: ResolvedGraph
  let options: ImportOptions
  var layers: [Layer] = []
  var blocks: [Block] = []
  private var origins: [String: Origin] = [:]
  private var readers: [String: Int] = [:]
  private var names = UniqueNames()
  private var constantNames = UniqueNames()
  private var operations: Int128 = 0
  private var aliasCounts: [String: Int] = [:]
  /// What the file calls its nodes, inputs and outputs: no alias may be one of these.
  private var givenNames: Set<String> = []
  private var aliases: Set<String> = []

  init(_ graph: ResolvedGraph, _ options: ImportOptions) {
    self.graph = graph
    self.options = options
    constantNames.reserve(graph.constants.keys)
    for name in graph.nodes.flatMap(\.input) + graph.outputs { readers[name, default: 0] += 1 }
    givenNames.formUnion(graph.nodes.map(\.name))
    givenNames.formUnion(graph.model.namesCutOff)
    givenNames.formUnion(graph.inputs.map(\.name) + graph.outputs)
  }

  mutating func addInput(_ name: String, _ type: TensorType) {
    origins[name] = Origin(block: BlockID(blocks.count), output: 0)
    blocks.append(
      Block(
        name: names.take(name), content: .input, ports: [], outputs: [type], valueNames: [name],
        channelAxis: defaultAxis(type)))
  }

  mutating func addOutput(_ name: String) throws {
    guard let port = port(name) else {
      throw ONNXError.model(reason: "the output \(name) does not depend on any input")
    }
    blocks.append(
      Block(
        name: names.take(name), content: .output, ports: [port], outputs: [], valueNames: [name],
        channelAxis: 0))
  }

  mutating func add(_ node: ONNXNode) throws {
    if options.removesViews, isView(node), let origin = origins[node.input[0]] {
      origins[node.output[0]] = origin
      return
    }
    let layer = try layer(node)
    operations += layer.exactOperations(of: layer.whole)
    guard operations < Layer.largestOperationCount else {
      throw node.error("with it the network has more operations than can be counted")
    }
    if options.foldsAffine, try fold(layer, node) { return }
    let ports = node.input.filter { !$0.isEmpty && graph.constants[$0] == nil }.compactMap(port)
    let id = LayerID(layers.count)
    layers.append(layer)
    for (index, output) in node.output.enumerated() where !output.isEmpty {
      origins[output] = Origin(block: BlockID(blocks.count), output: index)
    }
    blocks.append(try block(for: layer, id, ports: ports, node))
  }

  private func block(
    for layer: Layer, _ id: LayerID, ports: [BlockPort], _ node: ONNXNode
  ) throws -> Block {
    var block = Block(
      name: layer.name, content: .concatenation(id), ports: ports, outputs: layer.outputs,
      valueNames: layer.node.output,
      channelAxis: layer.channelAxis)
    if isChannelConcatenation(layer, ports) {
      let slices = ports.flatMap(\.slices)
      block.ports = [BlockPort(slices: slices, type: layer.outputs[0], axis: layer.channelAxis)]
    } else {
      let sources = ports.indices.map { Block.Source.port($0) }
      block.content = .steps([
        Block.Step(layer: id, channels: layer.allChannels, sources: sources)
      ])
    }
    return block
  }

  /// Whether a layer puts whole outputs of other blocks side by side along their channels.
  private func isChannelConcatenation(_ layer: Layer, _ ports: [BlockPort]) -> Bool {
    layer.node.opType == "Concat" && layer.node.domain.isEmpty
      && ports.count == layer.operands.count
      && ports.allSatisfy { port in
        let source = blocks[port.slices[0].source.index]
        return source.channelAxis == layer.channelAxis
          && source.outputs[port.slices[0].output] == port.type
      }
  }

  /// Folds an affine layer into the convolution it alone reads from.
  private mutating func fold(_ layer: Layer, _ node: ONNXNode) throws -> Bool {
    guard let input = node.input.first(where: { origins[$0] != nil }), readers[input] == 1,
      let origin = origins[input],
      let affine = try ChannelAffine(layer, freeName: { constantNames.take($0) })
    else { return false }
    let block = blocks[origin.block.index]
    guard block.steps.count == 1, block.outputs[0] == layer.outputs[0],
      readers[block.valueNames[0]] == 1,
      let folded = layers[block.steps[0].layer.index].absorbing(
        affine, freeName: { constantNames.take($0) })
    else { return false }
    layers[block.steps[0].layer.index] = folded
    blocks[origin.block.index].valueNames = [node.output[0]]
    origins[node.output[0]] = origin
    return true
  }

  private mutating func layer(_ node: ONNXNode) throws -> Layer {
    let operands = node.input.map { name -> Layer.Operand in
      if name.isEmpty { return .omitted }
      if let constant = graph.constants[name] { return .constant(constant) }
      return graph.types[name].map { .value($0) } ?? .omitted
    }
    var node = node
    while node.output.last?.isEmpty == true { node.output.removeLast() }
    let outputs = node.output.map { graph.types[$0] ?? .omitted }
    guard let first = outputs.first else { throw node.error("it has no output") }
    guard first.count > 0 else {
      throw node.error("its output \(describe(shape: first.shape)) has no elements")
    }
    let signature = OperatorSignature(node: node, operands: operands, outputs: outputs)
    let kind = try LayerKind(signature)
    let (name, alias) = names(of: node)
    return Layer(
      name: name, alias: alias, node: node,
      operands: operands, outputs: outputs, kind: kind,
      channelAxis: try channelAxis(node, kind, outputs[0]))
  }

  private func channelAxis(
    _ node: ONNXNode, _ kind: LayerKind, _ output: TensorType
  ) throws -> Int {
    switch kind {
    case .convolution, .pooling, .channelWindow, .normalization: return 1
    case .dense: return max(0, output.shape.count - 1)
    default: break
    }
    if node.opType == "Concat", node.domain.isEmpty {
      let axis = try node.int("axis", default: 1)
      return axis < 0 ? axis + output.shape.count : axis
    }
    // What works element by element keeps the axis of what it reads.
    if let origin = node.input.lazy.compactMap({ origins[$0] }).first {
      let source = blocks[origin.block.index]
      if source.outputs[origin.output].shape == output.shape { return source.channelAxis }
    }
    return defaultAxis(output)
  }

  private func defaultAxis(_ type: TensorType) -> Int { type.shape.count >= 2 ? 1 : 0 }

  private func port(_ name: String) -> BlockPort? {
    guard let origin = origins[name], let type = graph.types[name] else { return nil }
    let source = blocks[origin.block.index]
    let shape = source.outputs[origin.output].shape
    let axis = source.channelAxis
    let channels = 0..<(axis < shape.count ? shape[axis] : 1)
    let slice = BlockSlice(source: origin.block, output: origin.output, channels: channels)
    return BlockPort(slices: [slice], type: type, axis: axis)
  }

  /// Whether a node only changes how its input is seen.
  private func isView(_ node: ONNXNode) -> Bool {
    guard node.domain.isEmpty || node.domain == "ai.onnx", let input = node.input.first,
      let output = node.output.first, let from = graph.types[input], let to = graph.types[output],
      from.elementType == to.elementType, from.count == to.count
    else { return false }
    switch node.opType {
    case "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity": return true
    case "Dropout":
      return !isTraining(node) && node.output.dropFirst().allSatisfy { (readers[$0] ?? 0) == 0 }
    default: return false
    }
  }

  /// Whether a Dropout is told to drop values, or may be.
  private func isTraining(_ node: ONNXNode) -> Bool {
    guard node.input.count > 2, !node.input[2].isEmpty else { return false }
    guard let mode = graph.constants[node.input[2]], let value = try? mode.integerValues().first
    else { return true }
    return value != 0
  }

  /// What a layer is called, and its name by kind and position; where that one is the name of something
  /// else, the layer has its own name alone.
  private mutating func names(of node: ONNXNode) -> (name: String, alias: String) {
    let stem =
      switch node.opType {
      case "MaxPool", "AveragePool", "GlobalAveragePool", "GlobalMaxPool", "LpPool": "pool"
      case "Gemm", "MatMul": "fc"
      case "BatchNormalization": "bn"
      default: node.opType.lowercased()
      }
    aliasCounts[stem, default: 0] += 1
    let alias = "\(stem)\(aliasCounts[stem, default: 0])"
    let isFree = !givenNames.contains(alias) && !names.contains(alias)
    if isFree, aliases.insert(alias).inserted {
      return (names.take(node.name.isEmpty ? alias : node.name), alias)
    }
    let name = names.take(node.name.isEmpty ? freeName(alias) : node.name)
    return (name, name)
  }

  /// A name that the file gives to nothing.
  private func freeName(_ wanted: String) -> String {
    var name = wanted
    var number = 2
    while givenNames.contains(name) || names.contains(name) {
      name = "\(wanted)_\(number)"
      number += 1
    }
    return name
  }
}
