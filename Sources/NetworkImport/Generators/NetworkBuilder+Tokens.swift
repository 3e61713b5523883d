import ONNXFormat

/// Operators on sequences of tokens, batch × tokens × features.
extension NetworkBuilder {
  /// The features of each token, normalized, scaled and shifted.
  mutating func layerNormalization(_ name: String) {
    let count = [value.shape[2]]
    let constants = [
      uniform("\(name)_scale", count, 0.8...1.2),
      weights("\(name)_shift", count, deviation: 0.05),
    ]
    add("LayerNormalization", name, constants, [ONNXAttribute(name: "axis", int: -1)])
  }

  /// A matrix product of each token with weights, and a bias.
  mutating func projection(_ name: String, outputs: Int) {
    let inputs = value.shape[2]
    let matrix = weights(
      "\(name)_weight", [inputs, outputs], deviation: (1 / Double(inputs)).squareRoot())
    let bias = weights("\(name)_bias", [outputs], deviation: 0.01)
    let shape = [1, value.shape[1], outputs]
    add("MatMul", name, [matrix], shape: shape)
    add("Add", "\(name)_shifted", [bias], shape: shape)
  }

  /// Sees the value with other dimensions.
  mutating func reshape(_ name: String, _ shape: [Int]) {
    let constant = integers("\(name)_shape", shape)
    add("Reshape", name, [constant], shape: shape)
  }

  /// Puts the axes in another order.
  mutating func transpose(_ name: String, _ order: [Int]) {
    add(
      "Transpose", name, [], [ONNXAttribute(name: "perm", ints: order)],
      shape: order.map { value.shape[$0] })
  }

  /// Self-attention with several heads: Vaswani et al. 2017, "Attention is all you need".
  mutating func attention(_ name: String, heads: Int) {
    let input = value
    let (tokens, features) = (input.shape[1], input.shape[2])
    func perHead(_ part: String, _ order: [Int], _ net: inout NetworkBuilder) -> Value {
      net.value = input
      net.projection("\(name)_\(part)", outputs: features)
      net.reshape("\(name)_\(part)_heads", [1, tokens, heads, features / heads])
      net.transpose("\(name)_\(part)_ordered", order)
      return net.value
    }
    let keys = perHead("key", [0, 2, 3, 1], &self)
    let values = perHead("value", [0, 2, 1, 3], &self)
    let queries = perHead("query", [0, 2, 1, 3], &self)
    value = queries
    let scale = constant("\(name)_scale", [], [1 / Float(features / heads).squareRoot()])
    add("MatMul", "\(name)_scores", [keys.name], shape: [1, heads, tokens, tokens])
    add("Mul", "\(name)_scaled", [scale])
    add("Softmax", "\(name)_weights", [], [ONNXAttribute(name: "axis", int: -1)])
    add("MatMul", "\(name)_mixed", [values.name], shape: [1, heads, tokens, features / heads])
    transpose("\(name)_gathered", [0, 2, 1, 3])
    reshape("\(name)_joined", [1, tokens, features])
    projection("\(name)_output", outputs: features)
  }
}
