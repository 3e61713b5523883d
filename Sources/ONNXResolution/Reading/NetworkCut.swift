import Diagnostics
import ONNXFormat
import ONNXSchema
import SwiftProtobuf

/// The part of a model between values that the user names, as a model of its own.
struct NetworkCut {
  /// The model with the nodes between these values, and the constants that they read.
  private(set) var model: ONNXModel
  /// The inputs of the whole model of which something may be said, although the part does not have them:
  /// types at its beginning follow from them.
  private(set) var consulted: Set<String> = []

  private let reading: NetworkReading
  private let producers: [String: Int]

  /// - Throws: ``ONNXError/reading(option:reason:)`` for values that do not exist, that nothing leads to, or
  ///   whose shapes are not known.
  init(_ model: ONNXModel, _ reading: NetworkReading) throws {
    self.model = model
    self.reading = reading
    var producers: [String: Int] = [:]
    if !(reading.first.isEmpty && reading.last.isEmpty) {
      for (index, node) in model.proto.graph.node.enumerated() {
        for output in node.output where !output.isEmpty { producers[output] = index }
      }
    }
    self.producers = producers
    guard !producers.isEmpty else {
      if let option = reading.usedCut { throw option.error("the graph has no nodes") }
      return
    }
    try checkNames()
    try cut()
  }

  private func checkNames() throws {
    for (names, option) in [
      (reading.first, NetworkReading.Key.first), (reading.last, .last),
    ] {
      var seen: Set<String> = []
      for name in names {
        guard seen.insert(name).inserted else { throw option.error("\(name) is named twice") }
        guard hasValue(name) else { throw option.error(missing(name)) }
      }
    }
    for name in reading.last where reading.first.contains(name) {
      throw NetworkReading.Key.last.error(
        "\(name) is also named by \(NetworkReading.Key.first.reference): nothing lies between")
    }
    let stored = storedNames
    for name in reading.first where stored.contains(name) {
      throw NetworkReading.Key.first.error(
        "\(name) is stored in the file and computed by no node")
    }
  }

  private var storedNames: Set<String> {
    Set(model.initializers.map(\.name)).union(
      model.proto.graph.sparseInitializer.map(\.values.name))
  }

  private func hasValue(_ name: String) -> Bool {
    producers[name] != nil || model.proto.graph.input.contains { $0.name == name }
      || storedNames.contains(name)
  }

  private func missing(_ name: String) -> String {
    let graph = model.proto.graph
    if let node = graph.node.first(where: { $0.name == name }) {
      let outputs = node.output.filter { !$0.isEmpty }.joined(separator: ", ")
      return "\(name) is a node and no value; what it computes is called \(outputs)"
    }
    let names = graph.node.flatMap(\.output).filter { !$0.isEmpty } + graph.input.map(\.name)
    return "there is no value \(name)" + name.similar(in: names).asQuestion
  }
}

// MARK: - Cutting

extension NetworkCut {
  /// What is reached from the end of the part, walking towards its beginning.
  private struct Reached {
    var nodes: Set<Int> = []
    var values: Set<String> = []
  }

  private mutating func cut() throws {
    let graph = model.proto.graph
    let outputs = reading.last.isEmpty ? graph.output.map(\.name) : reading.last
    var needed = Reached()
    for output in outputs {
      let reached = reached(from: output)
      if !reading.first.isEmpty, reached.values.isDisjoint(with: reading.first) {
        throw NetworkReading.Key.first.error(
          "nothing leads from \(reading.first.joined(separator: ", ")) to \(output)")
      }
      needed.nodes.formUnion(reached.nodes)
      needed.values.formUnion(reached.values)
    }
    for name in reading.first where !needed.values.contains(name) {
      throw NetworkReading.Key.first.error(
        "nothing leads from \(name) to \(outputs.joined(separator: ", "))")
    }
    var part = graph
    let first = try reading.first.map { try declaration(of: $0) }
    part.input =
      first
      + graph.input.filter {
        needed.values.contains($0.name) && !reading.first.contains($0.name)
      }
    part.valueInfo += graph.output + graph.input
    part.output = outputs.map(storedDeclaration)
    part.node = graph.node.indices.filter(needed.nodes.contains).map { graph.node[$0] }
    Self.setAside(reading.first, in: &part)
    model.namesCutOff = Set(
      graph.node.indices.filter { !needed.nodes.contains($0) }.map { graph.node[$0].name })
    part.sparseInitializer = graph.sparseInitializer.filter {
      needed.values.contains($0.values.name)
    }
    model.proto.graph = part
    model.initializers = model.initializers.filter { needed.values.contains($0.name) }
  }

  /// Gives other names to values at which the part begins and that nodes in it make too, as those nodes
  /// also make others that it needs.
  private static func setAside(_ values: [String], in part: inout Onnx_GraphProto) {
    var names = ValueNames(part)
    for index in part.node.indices {
      part.node[index].output = part.node[index].output.map {
        values.contains($0) ? names.take("\($0)_replaced") : $0
      }
    }
  }

  private func reached(from output: String) -> Reached {
    var reached = Reached(values: [output])
    var open = [output]
    while let value = open.popLast() {
      guard !reading.first.contains(value), let index = producers[value],
        reached.nodes.insert(index).inserted
      else { continue }
      let node = model.proto.graph.node[index]
      for input in node.input + node.captures where !input.isEmpty {
        if reached.values.insert(input).inserted { open.append(input) }
      }
    }
    return reached
  }

  /// How the file declares a value; without a type where it does not.
  private func storedDeclaration(of name: String) -> Onnx_ValueInfoProto {
    let graph = model.proto.graph
    let known = (graph.input + graph.output + graph.valueInfo).first { $0.name == name }
    return known ?? Onnx_ValueInfoProto.with { $0.name = name }
  }

  /// The declaration of a value at which the part begins: that of the file, else what the nodes before it
  /// give.
  private mutating func declaration(of name: String) throws -> Onnx_ValueInfoProto {
    let stored = storedDeclaration(of: name)
    if case .tensorType(let tensor)? = stored.type.value,
      ElementType(rawValue: Int(tensor.elemType)) != nil,
      tensor.hasShape || reading.shapes[name] != nil
    {
      return stored
    }
    do {
      return Onnx_ValueInfoProto(name: name, type: try typeBehindInputs(name))
    } catch let error as ONNXError where reading.shapes[name] == nil {
      throw NetworkReading.Key.first.error(
        "the shape of \(name) is not known (\(error.message)): give it, as in "
          + "\(NetworkReading.Key.shape.reference) \(name)=1,3,224,224")
    } catch {
      return Onnx_ValueInfoProto(name: name, type: TensorType(.float, []))
    }
  }

  /// The type that the nodes of the whole model give a value.
  private mutating func typeBehindInputs(_ name: String) throws -> TensorType {
    let inputs = Set(model.proto.graph.input.map(\.name))
    var whole = NetworkReading(
      shapes: reading.shapes, dimensions: reading.dimensions, values: reading.values,
      weights: reading.weights, inputs: reading.inputs, last: [name])
    let before = try NetworkCut(model, NetworkReading(last: [name]))
    let names = Set(before.model.proto.graph.input.map(\.name))
    whole.keep(names)
    let graph = try ResolvedGraph(model, reading: whole)
    consulted.formUnion(names.intersection(inputs))
    guard let type = graph.types[name] else {
      throw ONNXError.model(reason: "no node gives it")
    }
    return type
  }
}

extension NetworkReading {
  /// The option that asks for a part of the network, if one does.
  fileprivate var usedCut: Key? { !first.isEmpty ? .first : last.isEmpty ? nil : .last }

  /// Leaves out what is said of other inputs than these.
  fileprivate mutating func keep(_ names: Set<String>) {
    shapes = shapes.filter { names.contains($0.key) }
    values = values.filter { names.contains($0.key) }
    weights.formIntersection(names)
    inputs.formIntersection(names)
  }
}
