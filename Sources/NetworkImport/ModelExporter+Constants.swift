import FoundationEssentials
import NetworkModel
import ONNXFormat
import ONNXSchema

extension ModelExporter {
  /// The name of a constant in the written file; the same part of the same tensor is written once.
  ///
  /// Stored values stay views of the original's. What operators make of them, those operators make in
  /// the written model too, and its parts are cut off there.
  mutating func constant(_ tensor: Tensor) -> String {
    if let known = constants[tensor.identity] { return known }
    let name: String
    switch tensor.storage {
    case .computed(let computation): name = computed(computation, seenAs: tensor)
    case .slice(let whole, let axis, let range) where tensor.isComputed:
      let source = constant(whole)
      name = freeName(tensor)
      addSlice(of: source, [(axis, range)], output: name)
    case .scaledRows(let rows, let factors) where tensor.isComputed:
      name = scaled(rows, by: factors, named: tensor)
    case .splat(let element) where opset >= 9 && tensor.type.bytes > 64:
      name = freeName(tensor)
      addSplat(tensor, element, output: name)
    default:
      name = freeName(tensor)
      initializers.append(Initializer(name: name, tensor: tensor))
    }
    constants[tensor.identity] = name
    return name
  }

  /// The name of a list of numbers that only the written file has.
  mutating func list(_ values: [Int], named wanted: String) -> String {
    let name = names.take(wanted)
    let tensor = Tensor(name: name, shape: [values.count], int64: values.map { Int64($0) })
    initializers.append(Initializer(name: name, tensor: tensor))
    return name
  }

  private mutating func freeName(_ tensor: Tensor) -> String {
    if names.contains(tensor.name) { return names.take("\(tensor.name)_constant") }
    names.reserve([tensor.name])
    return tensor.name
  }

  /// The name of what an operator makes of constants, seen in the shape of a tensor.
  private mutating func computed(
    _ computation: ConstantComputation, seenAs tensor: Tensor
  ) -> String {
    let call = computation.call
    let output = call.node.output[computation.output]
    if computedValues[output] == nil { addComputation(call) }
    let name = computedValues[output] ?? output
    guard tensor.type.shape != computation.type.shape else { return name }
    let seen = freeName(tensor)
    let shape = list(tensor.type.shape, named: "\(seen)__shape")
    addNode("Reshape", named: seen, inputs: [name, shape], output: seen)
    return seen
  }

  private mutating func addComputation(_ call: OperatorCall) {
    var node = call.node
    node.name = nodeNames.take(node.label)
    node.input = call.inputs.map { $0?.constant.map { constant($0) } ?? "" }
    node.output = node.output.map { $0.isEmpty ? "" : names.take($0) }
    for (old, new) in zip(call.node.output, node.output) { computedValues[old] = new }
    proto.node.append(node)
  }

  private mutating func scaled(
    _ rows: Tensor, by factors: Tensor, named tensor: Tensor
  ) -> String {
    let source = constant(rows)
    guard opset >= 7 else {
      // Before version 7 a vector lies along an axis that an attribute names.
      let factor = constant(factors)
      let name = freeName(tensor)
      addNode(
        "Mul", named: name, inputs: [source, factor], output: name,
        attributes: [ONNXAttribute(name: "broadcast", int: 1), ONNXAttribute(name: "axis", int: 0)])
      return name
    }
    let column = column(of: factors, rank: rows.type.shape.count)
    let name = freeName(tensor)
    addNode("Mul", named: name, inputs: [source, column], output: name)
    return name
  }

  /// The name of a vector that lies along the first of several axes.
  private mutating func column(of vector: Tensor, rank: Int) -> String {
    let shape = [vector.type.count] + [Int](repeating: 1, count: rank - 1)
    if let known = columns[vector.identity] { return known }
    let name = names.take("\(vector.name)_column")
    if vector.isComputed {
      let inputs = [constant(vector), list(shape, named: "\(name)__shape")]
      addNode("Reshape", named: name, inputs: inputs, output: name)
    } else {
      initializers.append(Initializer(name: name, tensor: vector.reshaped(shape)))
    }
    columns[vector.identity] = name
    return name
  }

  private mutating func addSplat(_ tensor: Tensor, _ element: [UInt8], output: String) {
    var value = Onnx_TensorProto()
    value.dims = [1]
    value.dataType = Int32(tensor.type.elementType.rawValue)
    value.rawData = .init(element)
    var attribute = ONNXAttribute()
    attribute.name = "value"
    attribute.type = .tensor
    attribute.t = value
    addNode(
      "ConstantOfShape", named: output,
      inputs: [list(tensor.type.shape, named: "\(output)__shape")],
      output: output, attributes: [attribute])
  }
}
