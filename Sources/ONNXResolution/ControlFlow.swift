import ONNXFormat
import ONNXSchema

extension GraphResolver {
  /// The nodes of the branch that an If with a constant condition takes, as nodes of the graph
  /// around it.
  ///
  /// - Throws: ``ONNXError/node(name:operator:reason:)`` where the condition is computed.
  mutating func takenBranch(of call: OperatorCall) throws -> [ONNXNode] {
    let node = call.node
    guard let condition = call.constant(0), condition.type.count == 1,
      condition.type.elementType == .bool
    else {
      throw call.undecided(
        "its condition is not constant, so that what it computes is not known before it runs",
        by: [0])
    }
    let name = try condition.integerValues()[0] != 0 ? "then_branch" : "else_branch"
    guard let attribute = node.attributeIfPresent(name), attribute.hasG,
      attribute.g.output.count >= node.output.count
    else { throw node.error("its \(name) has no \(node.output.count) outputs") }
    let branch = attribute.g
    var renaming = ValueRenaming()
    for (output, given) in zip(branch.output, node.output) where !given.isEmpty {
      if renaming.names[output.name] == nil { renaming.names[output.name] = given }
    }
    let own = branch.ownValues
    renaming.names = renaming.names.filter { own.contains($0.key) }
    for value in own.sorted() where !value.isEmpty && renaming.names[value] == nil {
      renaming.names[value] = names.take("\(node.label)/\(value)")
    }
    for initializer in branch.initializer {
      var header = initializer
      header.name = renaming.names[header.name] ?? header.name
      let tensor = try Initializer(header: header).tensor(directory: model.directory)
      constants[tensor.name] = tensor
      types[tensor.name] = tensor.type
    }
    for sparse in branch.sparseInitializer {
      let name = sparse.values.name
      try addSparse(sparse, named: renaming.names[name] ?? name)
    }
    for info in branch.valueInfo + branch.output {
      storedTypes[renaming.names[info.name] ?? info.name] = info.type
    }
    return branch.node.map { renaming.renamed($0) }
      + zip(branch.output, node.output).compactMap { output, given in
        let source = renaming.names[output.name] ?? output.name
        return given.isEmpty || source == given ? nil : .identity(of: source, as: given)
      }
  }

  /// Refuses operators that run graphs inside them, and those that a graph around them feeds unseen.
  func refuseGraphs(in call: OperatorCall) throws {
    let node = call.node
    guard !node.graphs.isEmpty else { return }
    if call.isStandard {
      throw node.error(
        "it runs a graph inside the node as often as its inputs say; control flow cannot be planned, "
          + "so unroll it when you write the network" + nextStep(for: call))
    }
    guard node.captures.isEmpty else {
      throw node.error("the graph inside it reads \(node.captures.sorted()[0]) from outside")
    }
  }
}
