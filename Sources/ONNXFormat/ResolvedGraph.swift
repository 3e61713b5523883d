import Diagnostics
import GraphAlgorithms
import ONNXSchema

/// The main graph of a model with everything known that can be known without input data: the type of
/// each value, and the values of all that is constant.
package struct ResolvedGraph: Sendable {
  /// The model that was resolved.
  package let model: ONNXModel
  /// The inputs that are not constants, with their types.
  package let inputs: [(name: String, type: TensorType)]
  /// The names of the graph's outputs.
  package let outputs: [String]
  /// The nodes whose outputs are not all constant, each after the nodes it reads from.
  package let nodes: [ONNXNode]
  /// The type of every value.
  package let types: [String: TensorType]
  /// The tensor of every constant value.
  package let constants: [String: Tensor]
  /// What the user should know about the model.
  package let diagnostics: [Diagnostic]
}

extension ResolvedGraph {
  /// Infers all shapes and folds all constants of a model.
  ///
  /// - Parameter inputShapes: Shapes that replace those of inputs with free dimensions.
  /// - Throws: ``ONNXError`` naming the node or value at which the model is wrong.
  /// - Complexity: O(nodes + values), without the folding of constants.
  package init(_ model: ONNXModel, inputShapes: [String: [Int]] = [:]) throws {
    var resolver = Resolver(model)
    try resolver.readInitializers()
    try resolver.readInputs(shapes: inputShapes)
    for index in try resolver.topologicalOrder() {
      try resolver.resolve(model.proto.graph.node[index])
    }
    try resolver.checkOutputs()
    resolver.noteAbsentValues()
    self.model = model
    inputs = resolver.inputs
    outputs = model.proto.graph.output.map(\.name)
    nodes = resolver.nodes
    types = resolver.types
    constants = resolver.constants
    diagnostics = resolver.diagnostics
  }
}

/// The walk over a graph that finds out what is known of its values.
private struct Resolver {
  let model: ONNXModel
  var graph: Onnx_GraphProto { model.proto.graph }
  var inputs: [(name: String, type: TensorType)] = []
  var nodes: [ONNXNode] = []
  var types: [String: TensorType] = [:]
  var constants: [String: Tensor] = [:]
  var diagnostics: [Diagnostic] = []
  var storedTypes: [String: Onnx_TypeProto] = [:]

  init(_ model: ONNXModel) {
    self.model = model
    let graph = model.proto.graph
    for info in graph.valueInfo + graph.output { storedTypes[info.name] = info.type }
    let opset = model.opset(of: "")
    if opset > newestOperatorSet {
      diagnostics.append(
        Diagnostic(
          "opset",
          "version \(opset) is newer than \(newestOperatorSet); its operators are read as that version"
        ))
    } else if opset < 7 {
      diagnostics.append(
        Diagnostic(
          "opset", "version \(opset) is older than 7; its operators are read as version 7"))
    }
  }

  mutating func readInitializers() throws {
    for initializer in model.initializers {
      let tensor = try initializer.tensor(directory: model.directory)
      guard constants.updateValue(tensor, forKey: initializer.name) == nil else {
        throw ONNXError.model(reason: "two initialisers are called \(initializer.name)")
      }
      types[initializer.name] = tensor.type
    }
    for sparse in graph.sparseInitializer {
      let type = try TensorType(of: sparse.values, named: sparse.values.name)
      let shape = sparse.dims.map { Int($0) }
      guard checkedElementCount(shape) != nil else {
        throw ONNXError.tensor(name: sparse.values.name, reason: "its dimensions are impossible")
      }
      let tensor = Tensor(
        name: sparse.values.name, type: TensorType(type.elementType, shape),
        storage: .absent("sparse tensors are not read"))
      constants[tensor.name] = tensor
      types[tensor.name] = tensor.type
    }
  }

  mutating func readInputs(shapes: [String: [Int]]) throws {
    for info in graph.input where constants[info.name] == nil {
      let type = try inputType(info, shape: shapes[info.name])
      guard types.updateValue(type, forKey: info.name) == nil else {
        throw ONNXError.model(reason: "two inputs are called \(info.name)")
      }
      inputs.append((info.name, type))
    }
    for name in shapes.keys.sorted() where !inputs.contains(where: { $0.name == name }) {
      let names = inputs.map(\.name).joined(separator: ", ")
      throw ONNXError.model(reason: "there is no input \(name); the inputs are \(names)")
    }
    guard !graph.output.isEmpty else { throw ONNXError.model(reason: "the graph has no output") }
  }

  private mutating func inputType(
    _ info: Onnx_ValueInfoProto, shape override: [Int]?
  ) throws -> TensorType {
    guard case .tensorType(let tensor)? = info.type.value,
      let element = ElementType(rawValue: Int(tensor.elemType))
    else {
      throw ONNXError.model(reason: "the input \(info.name) is not a tensor of a known type")
    }
    if let override {
      guard let count = checkedElementCount(override), count > 0 else {
        throw ONNXError.model(
          reason: "the input \(info.name) cannot have the shape \(describe(shape: override))")
      }
      return TensorType(element, override)
    }
    guard tensor.hasShape else { throw freeShape(info.name) }
    var shape: [Int] = []
    for (axis, dimension) in tensor.shape.dim.enumerated() {
      if case .dimValue(let value)? = dimension.value, value > 0 {
        shape.append(Int(value))
      } else if axis == 0 {
        // A free first dimension is the batch; one inference at a time is what is planned for.
        diagnostics.append(
          Diagnostic(info.name, "its first dimension is free; 1 is taken (--input-shape sets it)"))
        shape.append(1)
      } else {
        throw freeShape(info.name)
      }
    }
    guard checkedElementCount(shape) != nil else {
      throw ONNXError.model(
        reason: "the input \(info.name) cannot have the shape \(describe(shape: shape))")
    }
    return TensorType(element, shape)
  }

  private func freeShape(_ name: String) -> ONNXError {
    .model(
      reason: "the shape of the input \(name) is not fixed: give it, as in "
        + "--input-shape \(name)=1,3,224,224")
  }

  /// The nodes in an order in which each follows those it reads from.
  func topologicalOrder() throws -> [Int] {
    var producer: [String: Int] = [:]
    for (index, node) in graph.node.enumerated() {
      for output in node.output where !output.isEmpty {
        guard producer.updateValue(index, forKey: output) == nil, types[output] == nil else {
          throw node.error("its output \(output) is also made elsewhere")
        }
      }
    }
    var edges: [(source: Int, target: Int)] = []
    for (index, node) in graph.node.enumerated() {
      for input in node.input where !input.isEmpty && types[input] == nil {
        guard let source = producer[input] else {
          throw node.error("its input \(input) is made by no node, input or initialiser")
        }
        edges.append((source, index))
      }
    }
    let order = DirectedGraph(nodeCount: graph.node.count, edges: edges).topologicalOrder()
    switch order {
    case .order(let order): return order
    case .cyclic(let cycle):
      let names = cycle.prefix(8).map { graph.node[$0].label }.joined(separator: " → ")
      throw ONNXError.model(reason: "the graph has a cycle: \(names)")
    }
  }

  mutating func resolve(_ node: ONNXNode) throws {
    let hasGraph = node.attribute.contains { !$0.graphs.isEmpty || $0.hasG }
    guard !hasGraph else {
      throw node.error("control flow with graphs inside a node is not supported")
    }
    let call = OperatorCall(
      node: node,
      inputs: node.input.map { name in
        types[name].map { ValueFacts(type: $0, constant: constants[name]) }
      },
      opset: max(model.opset(of: node.domain), 7))
    if let folded = try call.foldedConstants() {
      for (name, tensor) in zip(node.output, folded) where !name.isEmpty {
        constants[name] = tensor
        types[name] = tensor.type
      }
      return
    }
    let known = try call.inferredTypes()
    let inferred = try known ?? storedOutputTypes(of: node)
    for (name, type) in zip(node.output, inferred) where !name.isEmpty { types[name] = type }
    for name in node.output.dropFirst(inferred.count) where !name.isEmpty {
      throw node.error("it has no output number \(node.output.firstIndex(of: name) ?? 0)")
    }
    nodes.append(node)
  }

  /// The types the file stores for the outputs of an operator that is not known here.
  private mutating func storedOutputTypes(of node: ONNXNode) throws -> [TensorType] {
    let operatorName = node.domain.isEmpty ? node.opType : "\(node.domain).\(node.opType)"
    let found = try node.output.map { name -> TensorType in
      if name.isEmpty { return .omitted }
      guard let type = storedTypes[name].flatMap(TensorType.init(stored:)) else {
        throw node.error(
          "the operator \(operatorName) is not known and the file does not store the shape of its "
            + "output \(name)")
      }
      return type
    }
    diagnostics.append(
      Diagnostic(
        node.label,
        "the operator \(operatorName) is not known: taken as an opaque block with no work"))
    return found
  }

  /// One warning for all constants whose values are not there: shapes and work need no values.
  mutating func noteAbsentValues() {
    var reasons: [String] = []
    for initializer in model.initializers {
      guard let tensor = constants[initializer.name],
        case .absent(let reason) = tensor.storage
      else { continue }
      reasons.append("\(tensor.name): \(reason)")
    }
    guard let first = reasons.first else { return }
    diagnostics.append(
      Diagnostic(
        "weights",
        "\(reasons.count) have no values, so that the network cannot be written (\(first))"))
  }

  mutating func checkOutputs() throws {
    for output in graph.output {
      guard let type = types[output.name] else {
        throw ONNXError.model(reason: "the output \(output.name) is made by no node")
      }
      if let stored = TensorType(stored: output.type), stored != type {
        diagnostics.append(
          Diagnostic(
            output.name,
            "the file says \(describe(shape: stored.shape)), its operators give "
              + describe(shape: type.shape)))
      }
    }
  }
}

extension TensorType {
  /// The type a file stores for a value, or nil where it leaves a dimension open.
  fileprivate init?(stored proto: Onnx_TypeProto) {
    guard case .tensorType(let tensor)? = proto.value, tensor.hasShape,
      let element = ElementType(rawValue: Int(tensor.elemType))
    else { return nil }
    var shape: [Int] = []
    for dimension in tensor.shape.dim {
      guard case .dimValue(let value)? = dimension.value, value >= 0 else { return nil }
      shape.append(Int(value))
    }
    guard checkedElementCount(shape) != nil else { return nil }
    self.init(element, shape)
  }
}
