/// Matrix products.
let productRules: [String: OperatorCall.ShapeRule] = [
  "Gemm": { try $0.gemm() },
  "MatMul": {
    [TensorType(try $0.type(0).elementType, try $0.product(try $0.type(0).shape, $0.type(1).shape))]
  },
  "MatMulInteger": {
    [TensorType(.int32, try $0.product(try $0.type(0).shape, $0.type(1).shape))]
  },
  "QLinearMatMul": {
    [TensorType(try $0.type(7).elementType, try $0.product(try $0.type(0).shape, $0.type(3).shape))]
  },
]

extension OperatorCall {
  fileprivate func gemm() throws -> [TensorType] {
    let a = try type(0)
    let b = try type(1)
    guard a.shape.count == 2, b.shape.count == 2 else {
      throw node.error(
        "expected two matrices, found \(describe(shape: a.shape)) and \(describe(shape: b.shape))")
    }
    let left = try node.int("transA", default: 0) == 0 ? a.shape : a.shape.reversed()
    let right = try node.int("transB", default: 0) == 0 ? b.shape : b.shape.reversed()
    guard left[1] == right[0] else {
      throw node.error(
        "\(describe(shape: left)) and \(describe(shape: right)) cannot be multiplied")
    }
    return [TensorType(a.elementType, [left[0], right[1]])]
  }

  /// The shape of a product as in numpy's `matmul`: vectors grow to matrices, outer dimensions
  /// broadcast.
  fileprivate func product(_ a: [Int], _ b: [Int]) throws -> [Int] {
    guard !a.isEmpty, !b.isEmpty else { throw node.error("a scalar cannot be multiplied here") }
    let left = a.count == 1 ? [1] + a : a
    let right = b.count == 1 ? b + [1] : b
    guard left[left.count - 1] == right[right.count - 2] else {
      throw node.error("\(describe(shape: a)) and \(describe(shape: b)) cannot be multiplied")
    }
    var shape = try broadcast([Array(left.dropLast(2)), Array(right.dropLast(2))])
    if a.count > 1 { shape.append(left[left.count - 2]) }
    if b.count > 1 { shape.append(right[right.count - 1]) }
    return shape
  }

  /// The shape that several shapes broadcast to, as in numpy.
  func broadcast(_ shapes: [[Int]]) throws -> [Int] {
    let rank = shapes.map(\.count).max() ?? 0
    var result = [Int](repeating: 1, count: rank)
    for shape in shapes {
      for (axis, size) in zip((rank - shape.count)..<rank, shape) where size != 1 {
        guard result[axis] == 1 || result[axis] == size else {
          let list = shapes.map { describe(shape: $0) }.joined(separator: ", ")
          throw node.error("the shapes \(list) do not broadcast")
        }
        result[axis] = size
      }
    }
    return result
  }
}
