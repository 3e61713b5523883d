/// Operators that see or lay out the same elements in another way.
let rearrangingRules: [String: OperatorCall.ShapeRule] = [
  "Reshape": { try $0.reshape() },
  "Flatten": { try $0.flatten() },
  "Squeeze": { try $0.squeeze() },
  "Unsqueeze": { try $0.unsqueeze() },
  "Transpose": { try $0.transpose() },
  "Expand": { try $0.expand() },
  "Tile": { try $0.tile() },
  "DepthToSpace": { try $0.depthToSpace() },
  "SpaceToDepth": { try $0.spaceToDepth() },
]

extension OperatorCall {
  fileprivate func reshape() throws -> [TensorType] {
    let input = try type(0)
    guard let wanted = try integers(1) else { throw node.error("it needs a shape") }
    let keepsZero = try node.int("allowzero", default: 0) != 0
    var shape: [Int] = []
    for (axis, size) in wanted.enumerated() {
      if size == 0, !keepsZero {
        guard axis < input.shape.count else {
          throw node.error("dimension \(axis) is to be copied from an input of fewer dimensions")
        }
        shape.append(input.shape[axis])
      } else {
        guard size >= -1 else { throw node.error("dimension \(size) does not exist") }
        shape.append(size)
      }
    }
    let open = shape.indices.filter { shape[$0] == -1 }
    guard open.count <= 1 else { throw node.error("more than one dimension is -1") }
    if let open = open.first {
      shape[open] = 1
      guard let rest = checkedElementCount(shape), rest > 0, input.count % rest == 0 else {
        throw misfit(input.shape, wanted)
      }
      shape[open] = input.count / rest
    }
    guard checkedElementCount(shape) == input.count else { throw misfit(input.shape, wanted) }
    return [TensorType(input.elementType, shape)]
  }

  private func misfit(_ shape: [Int], _ wanted: [Int]) -> ONNXError {
    node.error("\(describe(shape: shape)) cannot take the shape \(describe(shape: wanted))")
  }

  fileprivate func flatten() throws -> [TensorType] {
    let input = try type(0)
    let value = try node.int("axis", default: 1)
    let axis = value < 0 ? value &+ input.shape.count : value
    guard axis >= 0, axis <= input.shape.count else {
      throw node.error("axis \(value) does not exist in \(input.shape.count) dimensions")
    }
    let sizes = [input.shape[..<axis].reduce(1, *), input.shape[axis...].reduce(1, *)]
    return [TensorType(input.elementType, sizes)]
  }

  fileprivate func squeeze() throws -> [TensorType] {
    let input = try type(0)
    let rank = input.shape.count
    let named = try integers(attribute: "axes", orInput: 1)
    let gone = try named.map { try axes($0, rank: rank) }
    let dropped = Set(gone ?? input.shape.indices.filter { input.shape[$0] == 1 })
    guard dropped.allSatisfy({ input.shape[$0] == 1 }) else {
      throw node.error("an axis of \(describe(shape: input.shape)) to be dropped is not of size 1")
    }
    let shape = input.shape.indices.filter { !dropped.contains($0) }.map { input.shape[$0] }
    return [TensorType(input.elementType, shape)]
  }

  fileprivate func unsqueeze() throws -> [TensorType] {
    let input = try type(0)
    guard let named = try integers(attribute: "axes", orInput: 1) else {
      throw node.error("it needs axes")
    }
    let rank = input.shape.count + named.count
    let added = Set(try axes(named, rank: rank))
    var left = input.shape[...]
    let shape = (0..<rank).map { added.contains($0) ? 1 : left.removeFirst() }
    return [TensorType(input.elementType, shape)]
  }

  fileprivate func transpose() throws -> [TensorType] {
    let input = try type(0)
    let order = try permutation(rank: input.shape.count)
    return [TensorType(input.elementType, order.map { input.shape[$0] })]
  }

  /// The order of the input's axes in the output; without the attribute they are reversed.
  func permutation(rank: Int) throws -> [Int] {
    guard let order = try node.ints("perm") else { return (0..<rank).reversed() }
    guard order.count == rank else {
      throw node.error("perm should name \(rank) axes, found \(order)")
    }
    return try axes(order, rank: rank)
  }

  fileprivate func expand() throws -> [TensorType] {
    let input = try type(0)
    guard let wanted = try integers(1) else { throw node.error("it needs a shape") }
    guard wanted.allSatisfy({ $0 >= 0 }) else { throw node.error("a dimension is negative") }
    return [TensorType(input.elementType, try broadcast([input.shape, wanted]))]
  }

  fileprivate func tile() throws -> [TensorType] {
    let input = try type(0)
    guard let repeats = try integers(1), repeats.count == input.shape.count,
      repeats.allSatisfy({ $0 >= 0 && $0 < 1 << 31 })
    else { throw node.error("repeats should be \(input.shape.count) numbers of at least 0") }
    let shape = try zip(input.shape, repeats).map { try scaled($0, $1) }
    return [TensorType(input.elementType, shape)]
  }

  fileprivate func depthToSpace() throws -> [TensorType] {
    let input = try type(0)
    let (size, area) = try blockSize(input.shape)
    guard input.shape[1] % area == 0 else {
      throw node.error("\(input.shape[1]) channels do not divide into blocks of \(area)")
    }
    let shape = [
      input.shape[0], input.shape[1] / area, try scaled(input.shape[2], size),
      try scaled(input.shape[3], size),
    ]
    return [TensorType(input.elementType, shape)]
  }

  fileprivate func spaceToDepth() throws -> [TensorType] {
    let input = try type(0)
    let (size, area) = try blockSize(input.shape)
    guard input.shape[2] % size == 0, input.shape[3] % size == 0 else {
      throw node.error("\(describe(shape: input.shape)) does not divide into blocks of \(size)")
    }
    let shape = [
      input.shape[0], try scaled(input.shape[1], area), input.shape[2] / size,
      input.shape[3] / size,
    ]
    return [TensorType(input.elementType, shape)]
  }

  private func blockSize(_ shape: [Int]) throws -> (size: Int, area: Int) {
    guard shape.count == 4, let size = try node.int("blocksize"), size >= 1, size < 1 << 24 else {
      throw node.error("it needs four dimensions and a positive blocksize")
    }
    return (size, size * size)
  }
}
