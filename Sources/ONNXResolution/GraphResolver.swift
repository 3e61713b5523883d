import Diagnostics
import GraphAlgorithms
import ONNXFormat
import ONNXSchema

/// The walk over a graph that finds out what is known of its values.
struct GraphResolver {
  /// The model, its functions in line, and cut where the user asks for a part of it.
  let model: ONNXModel
  /// What the user says of the network.
  let reading: NetworkReading
  /// The inputs that only the part before the network has, from which the types at its beginning follow.
  let consulted: Set<String>
  var graph: Onnx_GraphProto { model.proto.graph }
  /// The names of all values, which those of branches must differ from.
  var names: ValueNames
  var inputs: [(name: String, type: TensorType)] = []
  var outputs: [String] = []
  var nodes: [ONNXNode] = []
  var types: [String: TensorType] = [:]
  var constants: [String: Tensor] = [:]
  var diagnostics: [Diagnostic] = []
  var storedTypes: [String: Onnx_TypeProto] = [:]
  /// What operators make of constants, so that equal ones are one constant.
  private var computations: [ConstantKey: [Tensor]] = [:]
  /// The sizes of named dimensions that are known.
  var sizes: [String: Int] = [:]

  init(_ model: ONNXModel, _ reading: NetworkReading) throws {
    let cut = try NetworkCut(try model.inliningFunctions(), reading)
    self.model = cut.model
    self.reading = reading
    consulted = cut.consulted
    names = ValueNames(self.model.proto.graph)
    let graph = self.model.proto.graph
    for info in graph.valueInfo + graph.output { storedTypes[info.name] = info.type }
    let opset = model.opset(of: "")
    if opset > newestOperatorSet {
      diagnostics.append(
        Diagnostic(
          "opset",
          "version \(opset) is newer than \(newestOperatorSet); its operators are read as that version"
        ))
    } else if opset < oldestOperatorSet {
      diagnostics.append(
        Diagnostic(
          "opset",
          "version \(opset) is older than \(oldestOperatorSet): its operators are put into the words of "
            + "version \(oldestOperatorSet), in which the network is also written"))
    }
  }

  /// Finds out about nodes and the values they make, in an order in which each node follows those it
  /// reads from.
  mutating func resolve(_ list: [ONNXNode]) throws {
    for index in try topologicalOrder(list) { try resolve(list[index]) }
  }

  private func topologicalOrder(_ list: [ONNXNode]) throws -> [Int] {
    var producer: [String: Int] = [:]
    for (index, node) in list.enumerated() {
      for output in node.output where !output.isEmpty {
        guard producer.updateValue(index, forKey: output) == nil, types[output] == nil else {
          throw node.error("its output \(output) is also made elsewhere")
        }
      }
    }
    var edges: [(source: Int, target: Int)] = []
    for (index, node) in list.enumerated() {
      for input in node.input + node.captures.sorted() where !input.isEmpty && types[input] == nil {
        guard let source = producer[input] else {
          throw node.error("its input \(input) is made by no node, input or initialiser")
        }
        edges.append((source, index))
      }
    }
    switch DirectedGraph(nodeCount: list.count, edges: edges).topologicalOrder() {
    case .order(let order): return order
    case .cyclic(let cycle):
      let names = cycle.prefix(8).map { list[$0].label }.joined(separator: " → ")
      throw ONNXError.model(reason: "the graph has a cycle: \(names)")
    }
  }

  private mutating func resolve(_ node: ONNXNode) throws {
    let written = call(node)
    do {
      for node in try nodesInSupportedOpset(of: written) { try resolveSupported(call(node)) }
    } catch ONNXError.undecided(let name, let type, let reason, let values) {
      throw ONNXError.node(
        name: name, operator: type, reason: reason + nextStep(for: written, decidedBy: values))
    }
  }

  /// A node with what is known of its inputs.
  private func call(_ node: ONNXNode) -> OperatorCall {
    OperatorCall(
      node: node,
      inputs: node.input.map { name in
        types[name].map { ValueFacts(type: $0, constant: constants[name]) }
      },
      opset: max(model.opset(of: node.domain), oldestOperatorSet))
  }

  private mutating func resolveSupported(_ call: OperatorCall) throws {
    var node = call.node
    if call.isStandard, node.opType == "If" {
      try resolve(try takenBranch(of: call))
      return
    }
    try refuseGraphs(in: call)
    let valuesAlone = call.lookingAtValuesAlone { names.take($0) }
    if let known = try constantOutputs(of: valuesAlone) {
      for (name, tensor) in zip(node.output, known) where !name.isEmpty {
        constants[name] = tensor
        types[name] = tensor.type
      }
      return
    }
    let inferred = try outputTypes(of: call, isConstant: false)
    if node.output.first == "" {
      // Only later outputs are read; the first still says what the node computes.
      node.output[0] = names.take("\(node.label)_first")
    }
    for (name, type) in zip(node.output, inferred) where !name.isEmpty { types[name] = type }
    nodes.append(node)
  }

  /// The outputs of a node that reads constants alone, those of an equal node before it where there
  /// is one; nil for other nodes.
  private mutating func constantOutputs(of call: OperatorCall) throws -> [Tensor]? {
    let key = ConstantKey(call)
    if let key, let known = computations[key] { return known }
    var outputs = try call.foldedConstants()
    if outputs == nil, ConstantComputation.isPossible(call) {
      outputs = ConstantComputation.outputs(
        of: call, types: try outputTypes(of: call, isConstant: true))
    }
    if let key { computations[key] = outputs }
    return outputs
  }

  /// The types of the outputs of a node: those that its operator gives, or those that the file stores.
  private mutating func outputTypes(
    of call: OperatorCall, isConstant: Bool
  ) throws -> [TensorType] {
    let node = call.node
    let types = try call.inferredTypes() ?? storedOutputTypes(of: call, isConstant: isConstant)
    for (index, name) in node.output.enumerated().dropFirst(types.count) where !name.isEmpty {
      throw node.error("it has no output number \(index)")
    }
    return types
  }

  /// The types the file stores for the outputs of an operator that is not known here; a free first
  /// dimension is that of its input.
  mutating func storedOutputTypes(
    of call: OperatorCall, isConstant: Bool
  ) throws -> [TensorType] {
    let node = call.node
    let operatorName = node.domain.isEmpty ? node.opType : "\(node.domain).\(node.opType)"
    let batch = node.input.compactMap { types[$0]?.shape.first }.first
    var found = try node.output.map { name -> TensorType in
      if name.isEmpty { return .omitted }
      guard
        let type = storedTypes[name].flatMap({
          TensorType(stored: $0, batch: batch, dimensions: sizes)
        })
      else {
        throw node.error(
          "the operator \(operatorName) is not known and the file does not store the shape of its "
            + "output \(name)" + nextStep(for: call))
      }
      return type
    }
    diagnostics.append(
      Diagnostic(
        node.label,
        "the operator \(operatorName) is not known: taken as "
          + (isConstant
            ? "a constant, as it reads constants alone" : "an opaque block with no work")))
    // Where the first output is left out, the node is as wide as the first that is not.
    if node.output.first == "", let first = zip(node.output, found).first(where: { !$0.0.isEmpty })
    {
      found[0] = first.1
    }
    return found
  }

}

/// What a node makes of constants, the same for nodes that make the same.
private struct ConstantKey: Hashable {
  private let node: ONNXNode
  private let inputs: [Input?]

  private struct Input: Hashable {
    var identity: TensorIdentity
    var type: TensorType
  }

  /// - Returns: nil for a node that reads nothing, or something else than constants.
  init?(_ call: OperatorCall) {
    guard call.constants != nil else { return nil }
    var node = call.node
    (node.name, node.docString) = ("", "")
    node.input = []
    node.output = node.output.map { $0.isEmpty ? "" : "value" }
    self.node = node
    inputs = call.inputs.map { facts in
      facts?.constant.map { Input(identity: $0.identity, type: $0.type) }
    }
  }
}

extension TensorType {
  /// The type a file stores for a value, or nil where it leaves a dimension open.
  ///
  /// - Parameters:
  ///   - batch: What stands for a first dimension that is open.
  ///   - dimensions: The sizes of named dimensions that are known.
  init?(stored proto: Onnx_TypeProto, batch: Int? = nil, dimensions: [String: Int] = [:]) {
    guard case .tensorType(let tensor)? = proto.value, tensor.hasShape,
      let element = ElementType(rawValue: Int(tensor.elemType))
    else { return nil }
    var shape: [Int] = []
    for (axis, dimension) in tensor.shape.dim.enumerated() {
      if case .dimValue(let value)? = dimension.value, value >= 0 {
        shape.append(Int(value))
      } else if case .dimParam(let name)? = dimension.value, let size = dimensions[name] {
        shape.append(size)
      } else if axis == 0, let batch {
        shape.append(batch)
      } else {
        return nil
      }
    }
    guard checkedElementCount(shape) != nil else { return nil }
    self.init(element, shape)
  }
}
