/// Parts and compositions of small constants.
let selectionFoldingRules: [String: OperatorCall.FoldingRule] = [
  "Gather": { try $0.foldGather() },
  "Concat": { try $0.foldConcat() },
  "Slice": { try $0.foldSlice() },
  "Split": { try $0.foldSplit() },
  "Where": { try $0.foldWhere() },
  "Tile": { try $0.foldTile() },
  "Expand": { call in
    guard let tensor = call.constant(0), let type = try call.inferredTypes()?.first else {
      return nil
    }
    return [try tensor.broadcast(to: type.shape)]
  },
]

extension OperatorCall {
  fileprivate func foldGather() throws -> [Tensor]? {
    guard let tensors = constants, tensors.count == 2, let type = try inferredTypes()?.first
    else { return nil }
    let data = tensors[0]
    let axis = try axis(try node.int("axis", default: 0), rank: data.type.shape.count)
    let size = data.type.shape[axis]
    if type.count == 0 { return [Tensor(name: "", type: type, storage: .bytes([]))] }
    let positions = try tensors[1].integerValues().map { index -> Int in
      let position = index < 0 ? Int(index) &+ size : Int(index)
      guard position >= 0, position < size else {
        throw node.error("index \(index) does not exist among \(size)")
      }
      return position
    }
    return [try data.taking(positions, axis: axis).reshaped(type.shape)]
  }

  fileprivate func foldConcat() throws -> [Tensor]? {
    guard let tensors = constants, let type = try inferredTypes()?.first else { return nil }
    if type.count == 0 { return [Tensor(name: "", type: type, storage: .bytes([]))] }
    let axis = try axis(try node.int("axis", default: 0), rank: type.shape.count)
    let outer = type.shape[..<axis].reduce(1, *)
    let sources = try tensors.map { try $0.contiguousBytes() }
    var bytes: [UInt8] = []
    for row in 0..<outer {
      for source in sources {
        let length = source.count / max(outer, 1)
        bytes += source[(row * length)..<((row + 1) * length)]
      }
    }
    return [Tensor(name: "", type: type, storage: .bytes(bytes))]
  }

  fileprivate func foldSlice() throws -> [Tensor]? {
    guard let tensor = constant(0), let type = try inferredTypes()?.first else { return nil }
    var start = 0
    var strides = tensor.strides
    for range in try sliceRanges(tensor.type.shape) where range.count > 0 {
      start += range.start * strides[range.axis]
      // The step of a single element is never taken, and may be huge.
      strides[range.axis] *= range.count > 1 ? range.step : 0
    }
    return [try tensor.gathered(type.shape, start: start, strides: strides)]
  }

  fileprivate func foldSplit() throws -> [Tensor]? {
    guard let tensor = constant(0) else { return nil }
    let axis = try axis(try node.int("axis", default: 0), rank: tensor.type.shape.count)
    var lower = 0
    return try splitSizes(tensor.type.shape[axis]).map { size in
      defer { lower += size }
      var shape = tensor.type.shape
      shape[axis] = size
      return try tensor.gathered(
        shape, start: lower * tensor.strides[axis], strides: tensor.strides)
    }
  }

  /// Tiling is broadcasting over a new axis before each, of the number of repeats.
  fileprivate func foldTile() throws -> [Tensor]? {
    guard let tensor = constant(0), let type = try inferredTypes()?.first,
      let repeats = try integers(1)
    else { return nil }
    let shape = zip(repeats, tensor.type.shape).flatMap { [$0, $1] }
    let strides = tensor.strides.flatMap { [0, $0] }
    let tiled = try tensor.gathered(shape, strides: strides)
    return [Tensor(name: "", type: type, storage: tiled.storage)]
  }

  fileprivate func foldWhere() throws -> [Tensor]? {
    guard let tensors = constants, tensors.count == 3, let type = try inferredTypes()?.first
    else { return nil }
    let conditions = try tensors[0].broadcast(to: type.shape).integerValues()
    let choices = try tensors[1...].map { try $0.broadcast(to: type.shape).contiguousBytes() }
    let width = type.elementType.bits / 8
    var bytes: [UInt8] = []
    for (index, condition) in conditions.enumerated() {
      bytes += choices[condition != 0 ? 0 : 1][(index * width)..<((index + 1) * width)]
    }
    return [Tensor(name: "", type: type, storage: .bytes(bytes))]
  }
}
