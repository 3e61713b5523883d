import ONNXFormat
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

/// The place in which a node reads a value as a parameter.
struct ParameterPlace {
  let node: ONNXNode
  let operand: Int

  /// Whether it is the kernel of a convolution.
  var isKernel: Bool {
    switch node.opType {
    case "Conv", "ConvTranspose", "DeformConv", "ConvInteger": operand == 1
    case "QLinearConv": operand == 3
    default: false
    }
  }

  /// Whether nothing but parameters is ever read here: a bias, what a batch normalization has learnt, the
  /// weights of a recurrent layer.
  ///
  /// - Parameter rank: The number of dimensions of what is read.
  func isUnmistakable(rank: Int?) -> Bool {
    switch node.opType {
    case "Conv", "ConvTranspose", "Gemm": operand == 2 && rank == 1
    case "DeformConv": operand == 3 && rank == 1
    case "QLinearConv": operand == 8 && rank == 1
    case "BatchNormalization": true
    case "LSTM", "GRU", "RNN": operand <= 3
    default: false
    }
  }

  /// Whether it is the second factor of a matrix product.
  fileprivate var isFactor: Bool {
    node.opType.contains("MatMul") && operand == (node.opType == "QLinearMatMul" ? 3 : 1)
  }
}

/// Who reads the values of a graph, and which of these places are those of parameters.
struct ParameterPlaces {
  private var readers: [String: [ParameterPlace]] = [:]
  private var producers: [String: ONNXNode] = [:]
  /// The values that hang on stored ones alone.
  private let constants: Set<String>
  /// What the products of an attention compute: that before a softmax and that behind it.
  private var attention: Set<String> = []

  /// - Parameter stored: The values that the file stores.
  init(_ graph: Onnx_GraphProto, stored: Set<String>) {
    for node in graph.node {
      for (operand, name) in node.input.enumerated() {
        readers[name, default: []].append(ParameterPlace(node: node, operand: operand))
      }
      for name in node.captures {
        readers[name, default: []].append(ParameterPlace(node: node, operand: -1))
      }
      for name in node.output where !name.isEmpty { producers[name] = node }
    }
    for info in graph.output {
      readers[info.name, default: []].append(ParameterPlace(node: ONNXNode(), operand: -1))
    }
    var constants = stored
    for node in graph.node
    where node.captures.isEmpty && node.input.allSatisfy({ $0.isEmpty || constants.contains($0) }) {
      constants.formUnion(node.output)
    }
    self.constants = constants
    attention = attentionProducts(graph)
  }

  /// The places of parameters in which a value of a number of dimensions is read, directly or in
  /// another form; nil where it is read anywhere else, or nowhere.
  ///
  /// - Parameter rank: Its number of dimensions; nil where it is not known.
  func places(of name: String, rank: Int?, depth: Int = 0) -> [ParameterPlace]? {
    guard let uses = readers[name], !uses.isEmpty, depth < 8 else { return nil }
    var found: [ParameterPlace] = []
    for use in uses {
      if isParameter(use, rank: rank) {
        found.append(use)
      } else if viewOperators.contains(use.node.opType), use.operand == 0,
        let output = use.node.output.first,
        let further = places(of: output, rank: rank, depth: depth + 1)
      {
        found += further
      } else if rank == 1, ["Add", "Mul", "Sub", "Div"].contains(use.node.opType) {
        found.append(use)
      } else {
        return nil
      }
    }
    return found
  }

  /// A product of stacks of matrices multiplies what two parts of a network have computed; a Gather whose
  /// indices are fixed takes its input apart, where a table is looked up in.
  private func isParameter(_ place: ParameterPlace, rank: Int?) -> Bool {
    guard parameterOperands[place.node.opType]?.contains(place.operand) == true else {
      return false
    }
    if place.isFactor {
      return rank.map { $0 <= 2 } ?? false && !attention.contains(place.node.output.first ?? "")
    }
    if place.node.opType == "Gather" {
      return !(place.node.input.dropFirst().first.map(constants.contains) ?? true)
    }
    return true
  }

  /// Whether a place is that of a vector that is added to a product or a convolution.
  func isBias(_ place: ParameterPlace) -> Bool {
    guard place.node.opType == "Add", place.operand >= 0, place.node.input.count == 2,
      let other = producers[place.node.input[1 - place.operand]]
    else { return false }
    if attention.contains(other.output.first ?? "") { return false }
    return other.opType == "MatMul" || other.opType.hasPrefix("Conv") || other.opType == "Gemm"
  }
}

// MARK: - What lies between products and convolutions

/// Operators between the products of an attention and its softmax.
private let scoreOperators: Set<String> = [
  "Add", "Sub", "Mul", "Div", "Where", "Cast", "Clip", "Dropout", "Identity", "Reshape",
  "Transpose",
]

extension ParameterPlaces {
  /// The products around each softmax that has one on both sides: they multiply queries with keys, and
  /// weights of the moment with values, none of which is a parameter.
  private func attentionProducts(_ graph: Onnx_GraphProto) -> Set<String> {
    var found: Set<String> = []
    for node in graph.node where node.opType == "Softmax" {
      let scores = walk(from: node.input) { name in
        producers[name].map { ($0, $0.input) }
      }
      let mixed = walk(from: node.output) { name in
        readers[name]?.first { $0.operand == 0 }.map { ($0.node, $0.node.output) }
      }
      if !scores.isEmpty, !mixed.isEmpty { found.formUnion(scores + mixed) }
    }
    return found
  }

  /// The first outputs of the products that are reached from values through operators on scores.
  private func walk(
    from values: [String], _ next: (String) -> (node: ONNXNode, values: [String])?
  ) -> [String] {
    var found: [String] = []
    var seen = Set(values)
    var open = values
    while let value = open.popLast() {
      guard let (node, values) = next(value) else { continue }
      if node.opType == "MatMul" || node.opType == "Gemm" {
        found.append(node.output.first ?? "")
      } else if scoreOperators.contains(node.opType) {
        open += values.filter { seen.insert($0).inserted }
      }
    }
    return found
  }

  /// Whether one of the nodes that make some values reads, through others, what another of them makes.
  func formChain(_ outputs: Set<String>) -> Bool {
    outputs.contains { output in
      var open = producers[output]?.input ?? []
      var seen = Set(open)
      while let value = open.popLast() {
        if value != output, outputs.contains(value) { return true }
        open += (producers[value]?.input ?? []).filter { seen.insert($0).inserted }
      }
      return false
    }
  }
}
