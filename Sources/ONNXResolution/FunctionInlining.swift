import ONNXFormat
import ONNXSchema

extension ONNXModel {
  /// The model with the bodies of its own functions in place of the nodes that call them.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` for a function that calls itself, or a call
  ///   that does not fit its function.
  func inliningFunctions() throws -> ONNXModel {
    guard !proto.functions.isEmpty else { return self }
    var inliner = FunctionInliner(self)
    for node in proto.graph.node { try inliner.add(node) }
    var model = self
    model.proto.graph.node = inliner.nodes
    model.proto.functions = []
    model.proto.opsetImport += inliner.imports
    return model
  }
}

/// The walk over the nodes of a graph that puts functions in line.
private struct FunctionInliner {
  /// What a node calls a function by.
  private struct Key: Hashable {
    var domain: String
    var name: String
    var overload: String
  }

  private(set) var nodes: [ONNXNode] = []
  /// The operator sets that only functions import.
  private(set) var imports: [Onnx_OperatorSetIdProto] = []
  private let functions: [Key: Onnx_FunctionProto]
  private var names: ValueNames
  private var callers: [Key] = []

  /// Functions that call others can make a model grow exponentially.
  private static let largestNodeCount = 1 << 17

  init(_ model: ONNXModel) {
    let keyed = model.proto.functions.map {
      (Key(domain: Self.plain($0.domain), name: $0.name, overload: $0.overload), $0)
    }
    functions = Dictionary(keyed) { first, _ in first }
    names = ValueNames(model.proto.graph)
    var known = Set(model.proto.opsetImport.map { Self.plain($0.domain) })
    for function in model.proto.functions {
      for entry in function.opsetImport where known.insert(Self.plain(entry.domain)).inserted {
        imports.append(entry)
      }
    }
  }

  /// The two names of the standard domain are one.
  private static func plain(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }

  /// Adds a node, or the nodes of the function that it calls.
  mutating func add(_ node: ONNXNode) throws {
    let key = Key(domain: Self.plain(node.domain), name: node.opType, overload: node.overload)
    guard let function = functions[key] else {
      guard nodes.count < Self.largestNodeCount else {
        throw node.error("with its functions in line the graph has too many nodes")
      }
      nodes.append(node)
      return
    }
    guard !callers.contains(key) else {
      throw node.error("the function \(function.name) calls itself")
    }
    guard node.input.count <= function.input.count, node.output.count <= function.output.count
    else {
      throw node.error(
        "the function takes \(function.input.count) inputs and gives \(function.output.count) "
          + "outputs, the node has \(node.input.count) and \(node.output.count)")
    }
    callers.append(key)
    defer { callers.removeLast() }
    let renaming = renaming(of: function, calledBy: node)
    for inner in function.node {
      var renamed = renaming.renamed(inner)
      renamed.name = "\(node.label)/\(inner.label)"
      try add(renamed)
    }
    addDirectOutputs(of: function, calledBy: node)
  }

  private mutating func renaming(
    of function: Onnx_FunctionProto, calledBy node: ONNXNode
  ) -> ValueRenaming {
    var attributes: [String: ONNXAttribute] = [:]
    for attribute in function.attributeProto + node.attribute {
      attributes[attribute.name] = attribute
    }
    var renaming = ValueRenaming(names: ["": ""], attributes: attributes)
    for (index, input) in function.input.enumerated() {
      renaming.names[input] = index < node.input.count ? node.input[index] : ""
    }
    for (output, given) in zip(function.output, node.output)
    where !given.isEmpty && renaming.names[output] == nil {
      renaming.names[output] = given
    }
    for inner in function.node { rename(inner, in: &renaming, prefix: node.label) }
    return renaming
  }

  /// A function sees no value but its own, so every other name in it gets a new one.
  private mutating func rename(
    _ node: ONNXNode, in renaming: inout ValueRenaming, prefix: String
  ) {
    func values(of graph: Onnx_GraphProto) -> [String] {
      graph.ownValues.sorted() + graph.output.map(\.name)
    }
    for name in node.input + node.output + node.graphs.flatMap(values)
    where renaming.names[name] == nil {
      renaming.names[name] = names.take("\(prefix)/\(name)")
    }
    for graph in node.graphs {
      for inner in graph.node { rename(inner, in: &renaming, prefix: prefix) }
    }
  }

  /// Outputs that are inputs of the function, or that two outputs share, become nodes of their own.
  private mutating func addDirectOutputs(
    of function: Onnx_FunctionProto, calledBy node: ONNXNode
  ) {
    for (index, (output, given)) in zip(function.output, node.output).enumerated()
    where !given.isEmpty {
      let source: String
      if let input = function.input.firstIndex(of: output) {
        source = input < node.input.count ? node.input[input] : ""
      } else if let first = function.output.firstIndex(of: output), first < index {
        source = node.output[first]
      } else {
        continue
      }
      nodes.append(.identity(of: source, as: given))
    }
  }
}

extension ONNXNode {
  /// A node that gives a value another name.
  static func identity(of value: String, as name: String) -> ONNXNode {
    var node = ONNXNode()
    node.opType = "Identity"
    node.name = "\(name)_identity"
    node.input = [value]
    node.output = [name]
    return node
  }
}
