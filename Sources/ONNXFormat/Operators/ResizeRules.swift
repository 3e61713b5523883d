import ONNXSchema

/// Operators that resample their input.
let resizeRules: [String: OperatorCall.ShapeRule] = [
  "Upsample": { try $0.resize(scaleInput: 1, sizeInput: nil) },
  "Resize": { try $0.resize(scaleInput: $0.opset < 11 ? 1 : 2, sizeInput: 3) },
]

extension OperatorCall {
  /// The output of a resizing, from constant scales or sizes.
  fileprivate func resize(scaleInput: Int, sizeInput: Int?) throws -> [TensorType] {
    let input = try type(0)
    let rank = input.shape.count
    let axes = try axes(try node.ints("axes") ?? Array(0..<rank), rank: rank)
    var type = input
    if let sizeInput, let sizes = try integers(sizeInput), !sizes.isEmpty {
      guard sizes.count == axes.count, sizes.allSatisfy({ $0 > 0 }) else {
        throw node.error("sizes should be \(axes.count) positive numbers")
      }
      let fitted = try keepingAspect(sizes, of: axes.map { input.shape[$0] })
      for (axis, size) in zip(axes, fitted) { type.shape[axis] = size }
      return [type]
    }
    let scales = try scaleFactors(scaleInput)
    guard scales.count == axes.count, scales.allSatisfy({ $0 > 0 && $0 < 1e9 }) else {
      throw node.error("scales should be \(axes.count) positive numbers")
    }
    for (axis, scale) in zip(axes, scales) {
      type.shape[axis] = try size((Float(input.shape[axis]) * scale).rounded(.down))
    }
    return [type]
  }

  /// A size computed in single precision, as onnx and its runtime do.
  private func size(_ value: Float) throws -> Int {
    guard value < Float(largestElementCount) else { throw node.error("its output is too large") }
    return Int(value)
  }

  /// ONNX, Resize: with `keep_aspect_ratio_policy` one scale holds for all axes, the least that the
  /// wanted sizes ask for or the greatest.
  private func keepingAspect(_ wanted: [Int], of sizes: [Int]) throws -> [Int] {
    let policy = try node.string("keep_aspect_ratio_policy", default: "stretch")
    guard policy != "stretch" else { return wanted }
    let scales = zip(wanted, sizes).map { Float($0) / Float($1) }
    guard policy == "not_larger" || policy == "not_smaller" else {
      throw node.error("keep_aspect_ratio_policy \"\(policy)\" does not exist")
    }
    guard !sizes.contains(0), let least = scales.min(), let greatest = scales.max() else {
      throw node.error("an empty axis has no aspect ratio to keep")
    }
    let scale = policy == "not_larger" ? least : greatest
    return try sizes.map { try size((Float($0) * scale).rounded()) }
  }

  private func scaleFactors(_ index: Int) throws -> [Float] {
    if let attribute = node.attributeIfPresent("scales") { return attribute.floats }
    guard inputs.indices.contains(index), let constant = inputs[index]?.constant,
      constant.type.count <= 64
    else {
      throw undecided("its scales must be constant for its shape to be known", by: [index])
    }
    return try constant.floatValues()
  }
}
