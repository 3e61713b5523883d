import Diagnostics
import ONNXSchema

extension GraphResolver {
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
    let weights = graph.weightInputs
    for info in graph.input where constants[info.name] == nil {
      let type = try inputType(info, shape: shapes[info.name])
      guard types.updateValue(type, forKey: info.name) == nil else {
        throw ONNXError.model(reason: "two inputs are called \(info.name)")
      }
      if weights.contains(info.name) {
        constants[info.name] = Tensor(
          name: info.name, type: type, storage: .absent("it is an input of the graph"))
      } else {
        inputs.append((info.name, type))
      }
    }
    for name in shapes.keys.sorted() where !graph.input.contains(where: { $0.name == name }) {
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
      throw ONNXError.model(
        reason:
          "the input \(info.name) is not a tensor of a known type; sequences, optional values "
          + "and maps cannot be planned")
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
      if case .dimValue(let value)? = dimension.value, value >= 0 {
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
      } else {
        diagnostics.append(
          Diagnostic(output.name, "this output is constant and left out: nothing computes it"))
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
