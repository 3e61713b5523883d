import ONNXSchema

/// The operands that hold parameters, by operator.
private let parameterOperands: [String: Set<Int>] = [
  "Conv": [1, 2], "ConvTranspose": [1, 2], "DeformConv": [1, 3], "ConvInteger": [1, 2, 3],
  "QLinearConv": [1, 2, 3, 4, 5, 6, 7, 8], "Gemm": [1, 2], "MatMul": [1],
  "MatMulInteger": [1, 2, 3], "QLinearMatMul": [1, 2, 3, 4, 5, 6, 7],
  "BatchNormalization": [1, 2, 3, 4],
  "InstanceNormalization": [1, 2], "LayerNormalization": [1, 2], "GroupNormalization": [1, 2],
  "RMSNormalization": [1], "PRelu": [1], "LSTM": [1, 2, 3, 7], "GRU": [1, 2, 3], "RNN": [1, 2, 3],
  "QuantizeLinear": [1, 2], "DequantizeLinear": [1, 2], "Gather": [0],
]

/// Operators that hand a parameter on in another form.
private let viewOperators: Set<String> = [
  "Identity", "Transpose", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Cast", "DequantizeLinear",
]

extension Onnx_GraphProto {
  /// The inputs that nodes only read as parameters: the weights of a network that was written without
  /// their values.
  ///
  /// A vector that is added or multiplied is a bias or a scale. Nothing is a weight unless an input
  /// that is none remains.
  var weightInputs: Set<String> {
    let given = Set(initializer.map(\.name))
    let ranks = Dictionary(
      input.map { ($0.name, $0.type.tensorType.shape.dim.count) }, uniquingKeysWith: { $1 })
    var readers: [String: [(node: ONNXNode, operand: Int)]] = [:]
    for node in node {
      for (operand, name) in node.input.enumerated() {
        readers[name, default: []].append((node, operand))
      }
      for name in node.captures { readers[name, default: []].append((node, -1)) }
    }
    for info in output { readers[info.name, default: []].append((ONNXNode(), -1)) }

    func isParameter(_ name: String, isVector: Bool, depth: Int = 0) -> Bool {
      guard let uses = readers[name], !uses.isEmpty, depth < 8 else { return false }
      return uses.allSatisfy { node, operand in
        if parameterOperands[node.opType]?.contains(operand) == true { return true }
        if viewOperators.contains(node.opType), operand == 0, let output = node.output.first {
          return isParameter(output, isVector: isVector, depth: depth + 1)
        }
        return isVector && ["Add", "Mul", "Sub", "Div"].contains(node.opType)
      }
    }
    let inputs = input.map(\.name).filter { !given.contains($0) }
    let weights = Set(inputs.filter { isParameter($0, isVector: ranks[$0, default: 0] == 1) })
    return weights.count < inputs.count ? weights : []
  }
}
