import ONNXFormat

extension BlockGraph {
  /// What a block computes, in a text that is the same for all blocks that compute the same:
  /// operators, shapes read and made, the shape of the weights with strides, dilations and groups, and
  /// the number of weights.
  ///
  /// As `Conv+Relu 1x3x224x224 > 1x64x112x112 w64x3x3x3 s2x2 p1792`.
  package func signature(of id: BlockID) -> String {
    let block = self[id]
    let inputs = block.ports.map { Self.text($0.type) }.joined(separator: "&")
    let outputs = block.outputs.map { Self.text($0) }.joined(separator: "&")
    var words = [operators(of: id).singleWord, inputs, ">", outputs]
    for step in block.steps {
      let layer = self[step.layer]
      if let weights = layer.constants(of: step.part).first(where: {
        $0.type.shape.count >= 2
      }) {
        words.append("w" + weights.type.shape.map { "\($0)" }.joined(separator: "x"))
      }
      for (letter, name) in [("k", "kernel_shape"), ("s", "strides"), ("d", "dilations")] {
        guard let values = try? layer.node.ints(name), values.contains(where: { $0 != 1 }),
          !(letter == "k" && layer.isConvolution)
        else { continue }
        words.append(letter + values.map { "\($0)" }.joined(separator: "x"))
      }
      let groups = layer.groups(channels: step.channels)
      if groups > 1 { words.append("g\(groups)") }
    }
    let parameters = parameters([id])
    if parameters > 0 { words.append("p\(parameters)") }
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static func text(_ type: TensorType) -> String {
    let shape = type.shape.map { "\($0)" }.joined(separator: "x")
    return type.elementType == .float ? shape : "\(type.elementType):\(shape)"
  }
}

extension Layer {
  fileprivate var isConvolution: Bool {
    if case .convolution = kind { true } else { false }
  }
}

extension String {
  /// The text without spaces, so that it is one word of a signature.
  fileprivate var singleWord: String { String(filter { !$0.isWhitespace }) }
}
