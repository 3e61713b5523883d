/// Normalisations.
let normalizationRules: [String: OperatorCall.ShapeRule] = [
  "BatchNormalization": { call in
    let scale = try call.type(1)
    return [try call.type(0)] + [TensorType](repeating: scale, count: 4)
  },
  "InstanceNormalization": { [try $0.type(0)] },
  "GroupNormalization": { [try $0.type(0)] },
  "RMSNormalization": { [try $0.type(0)] },
  "LRN": { [try $0.type(0)] },
  "LayerNormalization": { try $0.layerNormalization() },
]

extension OperatorCall {
  /// The normalised tensor, and the mean and deviation of each slice.
  fileprivate func layerNormalization() throws -> [TensorType] {
    let input = try type(0)
    let first = try axis(try node.int("axis", default: -1), rank: input.shape.count)
    var slices = TensorType(try elementType("stash_type") ?? .float, input.shape)
    for axis in first..<input.shape.count { slices.shape[axis] = 1 }
    return [input, slices, slices]
  }
}
