import Diagnostics
import ONNXFormat
import ONNXSchema

extension GraphResolver {
  /// Reads the constants that the graph stores.
  mutating func readInitializers() throws {
    // What the user calls an input, or gives a value, does not have what the file gives it by default.
    let inputs = Set(graph.input.map(\.name))
      .intersection(reading.inputs.union(reading.values.keys))
    for initializer in model.initializers where !inputs.contains(initializer.name) {
      let tensor = try initializer.tensor(directory: model.directory)
      guard constants.updateValue(tensor, forKey: initializer.name) == nil else {
        throw ONNXError.model(reason: "two initialisers are called \(initializer.name)")
      }
      types[initializer.name] = tensor.type
    }
    for sparse in graph.sparseInitializer { try addSparse(sparse, named: sparse.values.name) }
  }

  /// Adds a sparse tensor of the file, without its values.
  mutating func addSparse(_ sparse: Onnx_SparseTensorProto, named name: String) throws {
    let type = try TensorType(of: sparse.values, named: name)
    let shape = sparse.dims.map { Int($0) }
    guard checkedElementCount(shape) != nil else {
      throw ONNXError.tensor(name: name, reason: "its dimensions are impossible")
    }
    let tensor = Tensor(
      name: name, type: TensorType(type.elementType, shape),
      storage: .absent("sparse tensors are not read"))
    constants[name] = tensor
    types[name] = tensor.type
  }

  /// Finds out which inputs there are, of which types, and which of them are constants.
  ///
  /// - Throws: ``ONNXError`` for inputs that are no tensors, whose shapes are open, or that the user names
  ///   and the graph does not have.
  mutating func readInputs() throws {
    try checkNamedInputs()
    let open = graph.input.filter { constants[$0.name] == nil }
    let weights = WeightInputs(model, reading)
    if let decision = weights.decision { diagnostics.append(decision) }
    var dimensions = try InputDimensions(graph, reading)
    let types = try inputTypes(open, &dimensions)
    sizes = dimensions.sizes
    diagnostics += dimensions.diagnostics
    for (info, type) in zip(open, types) {
      guard self.types.updateValue(type, forKey: info.name) == nil else {
        throw ONNXError.model(reason: "two inputs are called \(info.name)")
      }
      if let values = reading.values[info.name] {
        constants[info.name] = try Tensor(input: info.name, type: type, values: values)
      } else if weights.weights.contains(info.name) {
        constants[info.name] = Tensor(
          name: info.name, type: type,
          storage: .absent("it is an input of the graph, taken as a weight"))
      } else {
        inputs.append((info.name, type))
      }
    }
    try checkFirst()
    guard !graph.output.isEmpty else { throw ONNXError.model(reason: "the graph has no output") }
  }

  /// Checks that the graph has what the user says something of.
  private func checkNamedInputs() throws {
    try reading.checkContradictions()
    let names = graph.input.map(\.name)
    for (name, option) in reading.namedInputs
    where !names.contains(name) && !consulted.contains(name) {
      let isStored = constants[name] != nil
      throw option.error(
        isStored
          ? "\(name) is stored in the file and no input; the inputs are \(openNames)"
          : "there is no input \(name); the inputs are \(openNames)"
            + name.similar(in: names).asQuestion)
    }
    for name in reading.shapes.keys.sorted() where constants[name] != nil {
      throw NetworkReading.Key.shape.error(
        "the file stores values for \(name); \(NetworkReading.Key.noWeights.reference) \(name) makes it "
          + "an input")
    }
  }

  /// The names of the inputs that have no values in the file.
  private var openNames: String {
    graph.input.map(\.name).filter { constants[$0] == nil }.joined(separator: ", ")
  }

  /// Checks that the network begins nowhere but where the user says.
  private func checkFirst() throws {
    guard !reading.first.isEmpty,
      let other = inputs.first(where: { !reading.first.contains($0.name) })
    else { return }
    throw NetworkReading.Key.first.error(
      "what is behind \(reading.first.joined(separator: ", ")) also reads the input \(other.name): name it "
        + "too, or say what it is, as in `input_value` \(other.name)=1")
  }

  private func inputTypes(
    _ open: [Onnx_ValueInfoProto], _ dimensions: inout InputDimensions
  ) throws -> [TensorType] {
    var found: [TensorType] = []
    var unknown: [Onnx_ValueInfoProto] = []
    for info in open {
      guard case .tensorType(let tensor)? = info.type.value,
        let element = ElementType(rawValue: Int(tensor.elemType))
      else {
        throw ONNXError.model(
          reason:
            "the input \(info.name) is not a tensor of a known type; sequences, optional values "
            + "and maps cannot be planned")
      }
      guard let shape = inputShape(info, &dimensions) else {
        unknown.append(info)
        continue
      }
      guard let count = checkedElementCount(shape), count > 0 || reading.shapes[info.name] == nil
      else {
        throw ONNXError.model(
          reason: "the input \(info.name) cannot have the shape \(describe(shape: shape))")
      }
      found.append(TensorType(element, shape))
    }
    guard unknown.isEmpty else { throw dimensions.unknownShapes(unknown) }
    return found
  }

  /// The shape of an input: what the user says, what the file says, or as many values as the user gives.
  private func inputShape(
    _ info: Onnx_ValueInfoProto, _ dimensions: inout InputDimensions
  ) -> [Int]? {
    if let shape = reading.shapes[info.name] { return shape }
    guard let values = reading.values[info.name] else { return dimensions.shape(of: info) }
    let declared = info.type.tensorType
    guard declared.hasShape, declared.shape.dim.count == 1 else {
      return dimensions.shape(of: info)
    }
    if case .dimValue(let size)? = declared.shape.dim[0].value, size >= 0 { return [Int(size)] }
    return [values.count]
  }

  /// One warning for all constants whose values are not there: shapes and work need no values.
  mutating func noteAbsentValues() {
    var reasons: [String] = []
    for name in model.initializers.map(\.name) + graph.input.map(\.name) {
      guard let tensor = constants[name], case .absent(let reason) = tensor.storage else {
        continue
      }
      reasons.append("\(tensor.name): \(reason)")
    }
    guard let first = reasons.first else { return }
    diagnostics.append(
      Diagnostic(
        "weights",
        "\(reasons.count) have no values, so that the network cannot be written (\(first))"))
  }

  /// Leaves out the outputs that are constant, and compares the others with what the file says.
  mutating func checkOutputs() throws {
    for output in graph.output {
      guard let type = types[output.name] else {
        throw ONNXError.model(reason: "the output \(output.name) is made by no node")
      }
      if constants[output.name] == nil {
        outputs.append(output.name)
      } else if reading.last.contains(output.name) {
        throw NetworkReading.Key.last.error(
          "\(output.name) depends on no input: nothing computes it")
      } else {
        diagnostics.append(
          Diagnostic(output.name, "this output is constant and left out: nothing computes it"))
      }
      if let stored = TensorType(stored: output.type, dimensions: sizes), stored != type {
        diagnostics.append(
          Diagnostic(
            output.name,
            "the file says \(describe(shape: stored.shape)), its operators give "
              + describe(shape: type.shape)))
      }
    }
  }
}
