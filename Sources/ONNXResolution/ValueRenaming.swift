import ONNXFormat
import ONNXSchema

/// New names for the values of nodes that are put into another graph.
struct ValueRenaming {
  /// The new name of each value that gets one.
  var names: [String: String] = [:]
  /// The attributes of the caller that `ref_attr_name` refers to; nil outside functions.
  var attributes: [String: ONNXAttribute]?

  /// The node with its values renamed, also in the graphs inside it.
  func renamed(_ node: ONNXNode) -> ONNXNode {
    var node = node
    node.input = node.input.map { names[$0] ?? $0 }
    node.output = node.output.map { names[$0] ?? $0 }
    node.attribute = node.attribute.compactMap { attribute in
      guard var attribute = resolved(attribute) else { return nil }
      if attribute.hasG { attribute.g = renamed(attribute.g) }
      attribute.graphs = attribute.graphs.map(renamed)
      return attribute
    }
    return node
  }

  /// An attribute that refers to one of the caller's, with that one's value; nil where the caller has
  /// none, so that the operator's default holds.
  private func resolved(_ attribute: ONNXAttribute) -> ONNXAttribute? {
    guard let attributes, !attribute.refAttrName.isEmpty else { return attribute }
    var found = attributes[attribute.refAttrName]
    found?.name = attribute.name
    return found
  }

  private func renamed(_ graph: Onnx_GraphProto) -> Onnx_GraphProto {
    var graph = graph
    graph.node = graph.node.map(renamed)
    for index in graph.input.indices { rename(&graph.input[index].name) }
    for index in graph.output.indices { rename(&graph.output[index].name) }
    for index in graph.valueInfo.indices { rename(&graph.valueInfo[index].name) }
    for index in graph.initializer.indices { rename(&graph.initializer[index].name) }
    for index in graph.sparseInitializer.indices {
      rename(&graph.sparseInitializer[index].values.name)
    }
    return graph
  }

  private func rename(_ name: inout String) { name = names[name] ?? name }
}

/// The names of all values of a graph, which new names must differ from.
struct ValueNames {
  private var taken: Set<String> = []

  init(_ graph: Onnx_GraphProto) {
    taken.formUnion(graph.input.map(\.name))
    taken.formUnion(graph.initializer.map(\.name))
    for node in graph.node { reserve(node) }
  }

  /// Takes a name that no value has, as close to the wanted one as possible.
  mutating func take(_ wanted: String) -> String {
    var name = wanted
    var number = 1
    while !taken.insert(name).inserted {
      number += 1
      name = "\(wanted)_\(number)"
    }
    return name
  }

  /// Marks the names as taken.
  mutating func reserve(_ names: some Sequence<String>) { taken.formUnion(names) }

  private mutating func reserve(_ node: ONNXNode) {
    taken.formUnion(node.input)
    taken.formUnion(node.output)
    for graph in node.graphs {
      for node in graph.node { reserve(node) }
    }
  }
}

extension ONNXNode {
  /// The graphs inside the node.
  var graphs: [Onnx_GraphProto] {
    attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs }
  }

  /// The values of the graph around it that the graphs inside the node read.
  var captures: Set<String> {
    graphs.reduce(into: []) { $0.formUnion($1.captures) }
  }
}

extension Onnx_GraphProto {
  /// The names of the values that the graph itself makes.
  var ownValues: Set<String> {
    var names = Set(input.map(\.name))
    names.formUnion(initializer.map(\.name))
    names.formUnion(sparseInitializer.map(\.values.name))
    for node in node { names.formUnion(node.output) }
    return names
  }

  /// The names of the values that it reads from the graph around it.
  fileprivate var captures: Set<String> {
    var read = Set(output.map(\.name))
    for node in node { read.formUnion(node.captures.union(node.input)) }
    return read.subtracting(ownValues).subtracting([""])
  }
}
