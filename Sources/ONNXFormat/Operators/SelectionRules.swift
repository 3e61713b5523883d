import ONNXSchema

/// Operators that take parts of their inputs, put inputs together, or pad them.
let selectionRules: [String: OperatorCall.ShapeRule] = [
  "Concat": { try $0.concatenation() },
  "Split": { try $0.split() },
  "Slice": { try $0.slice() },
  "Pad": { try $0.pad() },
  "Gather": { try $0.gather() },
  "GatherElements": { [TensorType(try $0.type(0).elementType, try $0.type(1).shape)] },
  "ScatterElements": { [try $0.type(0)] },
  "ScatterND": { [try $0.type(0)] },
  "Scatter": { [try $0.type(0)] },
  "TensorScatter": { [try $0.type(0)] },
  "ReverseSequence": { [try $0.type(0)] },
  "GatherND": { try $0.gatherSlices() },
  "OneHot": { try $0.oneHot() },
]

extension OperatorCall {
  fileprivate func concatenation() throws -> [TensorType] {
    var type = try type(0)
    guard let value = try node.int("axis") else { throw node.error("it needs the attribute axis") }
    let axis = try axis(value, rank: type.shape.count)
    for other in types.dropFirst() {
      var expected = type.shape
      guard other.shape.count == expected.count else { throw mismatch(type, other) }
      expected[axis] = other.shape[axis]
      guard other.shape == expected else { throw mismatch(type, other) }
      type.shape[axis] += other.shape[axis]
    }
    return [type]
  }

  private func mismatch(_ first: TensorType, _ second: TensorType) -> ONNXError {
    node.error(
      "\(describe(shape: first.shape)) and \(describe(shape: second.shape)) do not fit side by side"
    )
  }

  fileprivate func split() throws -> [TensorType] {
    let input = try type(0)
    let axis = try axis(try node.int("axis", default: 0), rank: input.shape.count)
    return try splitSizes(input.shape[axis]).map { size in
      var part = input
      part.shape[axis] = size
      return part
    }
  }

  /// The sizes of the parts of a Split over an axis of `total` elements.
  func splitSizes(_ total: Int) throws -> [Int] {
    if let sizes = try integers(attribute: "split", orInput: 1) {
      var sum = 0
      for size in sizes {
        guard size >= 0, size <= total - sum else {
          throw node.error("a part of \(size) elements, where \(total - sum) are left")
        }
        sum += size
      }
      guard sum == total, sizes.count == node.output.count else {
        throw node.error("parts \(sizes) do not make up \(total) in \(node.output.count) outputs")
      }
      return sizes
    }
    let count = try node.int("num_outputs", default: node.output.count)
    guard count >= 1, count == node.output.count else {
      throw node.error("num_outputs is \(count), and it has \(node.output.count) outputs")
    }
    // Only since version 18 may the last part be smaller.
    let size = (total + count - 1) / count
    guard size * (count - 1) <= total, opset >= 18 || total % count == 0 else {
      throw node.error("\(total) elements cannot be split into \(count) outputs")
    }
    return (0..<count).map { $0 < count - 1 ? size : total - size * (count - 1) }
  }

  fileprivate func slice() throws -> [TensorType] {
    var type = try type(0)
    for range in try sliceRanges(type.shape) { type.shape[range.axis] = range.count }
    return [type]
  }

  /// What a Slice takes of one axis.
  struct AxisRange {
    var axis: Int
    var start: Int
    var step: Int
    var count: Int
  }

  /// ONNX, Slice: negative positions count from the end, and positions are clamped to the axis.
  func sliceRanges(_ shape: [Int]) throws -> [AxisRange] {
    let isOld = opset < 10
    guard let starts = isOld ? try node.ints("starts") : try integers(1),
      let ends = isOld ? try node.ints("ends") : try integers(2)
    else { throw node.error("it needs starts and ends") }
    let named = isOld ? try node.ints("axes") : try integers(3)
    let axes = try axes(named ?? Array(0..<starts.count), rank: shape.count)
    let steps = isOld ? nil : try integers(4)
    guard ends.count == starts.count, axes.count == starts.count,
      steps.map({ $0.count == starts.count && !$0.contains(0) }) ?? true
    else { throw node.error("starts, ends, axes and steps do not fit together") }
    return axes.indices.map { index in
      let axis = axes[index]
      return range(
        axis, size: shape[axis], from: starts[index], to: ends[index], step: steps?[index] ?? 1)
    }
  }

  private func range(_ axis: Int, size: Int, from: Int, to: Int, step: Int) -> AxisRange {
    func position(_ value: Int, _ lower: Int, _ upper: Int) -> Int {
      let counted = value < 0 ? value + size : value
      return min(max(counted, lower), upper)
    }
    if step > 0 {
      let start = position(from, 0, size)
      let end = position(to, 0, size)
      let count = end > start ? (end - start - 1) / step + 1 : 0
      return AxisRange(axis: axis, start: start, step: step, count: count)
    }
    let start = position(from, 0, size - 1)
    let end = position(to, -1, size - 1)
    // A step of Int.min has no positive counterpart; it reaches one element at most.
    let stride = step == .min ? Int.max : -step
    let count = start > end && size > 0 ? (start - end - 1) / stride + 1 : 0
    return AxisRange(axis: axis, start: start, step: -stride, count: count)
  }

  fileprivate func pad() throws -> [TensorType] {
    var type = try type(0)
    guard let pads = try integers(attribute: "pads", orInput: 1) else {
      throw node.error("it needs pads")
    }
    let axes = try axes(try integers(3) ?? Array(type.shape.indices), rank: type.shape.count)
    guard pads.count == 2 * axes.count, pads.allSatisfy({ $0.magnitude < 1 << 40 }) else {
      throw node.error("pads should be \(2 * axes.count) numbers, found \(pads)")
    }
    for (index, axis) in axes.enumerated() {
      type.shape[axis] += pads[index] + pads[axes.count + index]
      guard type.shape[axis] >= 0 else { throw node.error("it pads to a negative size") }
    }
    return [type]
  }

  fileprivate func gather() throws -> [TensorType] {
    let input = try type(0)
    let axis = try axis(try node.int("axis", default: 0), rank: input.shape.count)
    let shape =
      Array(input.shape[..<axis]) + (try type(1).shape) + Array(input.shape[(axis + 1)...])
    return [TensorType(input.elementType, shape)]
  }

  /// ONNX, GatherND: the last dimension of the indices says where, after the dimensions of the batch.
  fileprivate func gatherSlices() throws -> [TensorType] {
    let (input, indices) = (try type(0), try type(1).shape)
    let batch = try node.int("batch_dims", default: 0)
    guard batch >= 0, let depth = indices.last, batch < indices.count,
      batch + depth <= input.shape.count
    else { throw node.error("its indices do not fit an input \(describe(shape: input.shape))") }
    return [TensorType(input.elementType, indices.dropLast() + input.shape[(batch + depth)...])]
  }

  /// ONNX, OneHot: a new axis of the constant depth.
  fileprivate func oneHot() throws -> [TensorType] {
    var shape = try type(0).shape
    guard let constant = constant(1), constant.type.count == 1 else {
      throw undecided("its depth must be constant for its shape to be known", by: [1])
    }
    let depth =
      constant.type.elementType.isInteger
      ? Int(try constant.integerValues()[0]) : Int(Int64(saturating: try constant.floatValues()[0]))
    let axis = try axis(try node.int("axis", default: -1), rank: shape.count + 1)
    shape.insert(depth, at: axis)
    return [TensorType(try type(2).elementType, shape)]
  }
}
