/// Normalizations.
let normalizationRules: [String: OperatorCall.ShapeRule] = [
  "BatchNormalization": { try $0.batchNormalization() },
  "InstanceNormalization": { [try $0.type(0)] },
  "GroupNormalization": { [try $0.type(0)] },
  "RMSNormalization": { [try $0.type(0)] },
  "LRN": { [try $0.type(0)] },
  "LayerNormalization": { try $0.layerNormalization() },
]

extension OperatorCall {
  /// The normalized tensor, and the statistics that training adds.
  fileprivate func batchNormalization() throws -> [TensorType] {
    let input = try type(0)
    var expected = [input.shape.count > 1 ? input.shape[1] : 1]
    if opset < 9, try node.int("spatial", default: 1) == 0 {
      expected = Array(input.shape.dropFirst())
    }
    for index in 1..<5 where try type(index).shape != expected {
      let found = describe(shape: try type(index).shape)
      throw node.error(
        "input number \(index + 1) should be \(describe(shape: expected)), found \(found)")
    }
    return [input] + [TensorType](repeating: try type(1), count: 4)
  }

  /// The normalized tensor, and the mean and deviation of each slice.
  fileprivate func layerNormalization() throws -> [TensorType] {
    let input = try type(0)
    let first = try axis(try node.int("axis", default: -1), rank: input.shape.count)
    var slices = TensorType(try elementType("stash_type") ?? .float, input.shape)
    for axis in first..<input.shape.count { slices.shape[axis] = 1 }
    return [input, slices, slices]
  }
}
