import ONNXSchema

/// Operators by which networks find and place indices, on small constants.
let indexFoldingRules: [String: OperatorCall.FoldingRule] = [
  "CumSum": { try $0.foldRunningSum() },
  "ArgMax": { try $0.foldArgument { $0 > $1 } },
  "ArgMin": { try $0.foldArgument { $0 < $1 } },
  "TopK": { try $0.foldLargest() },
  "Pad": { try $0.foldPad() },
  "ScatterND": { try $0.foldScatterSlices() },
  "ScatterElements": { try $0.foldScatterElements() },
]

extension OperatorCall {
  /// ONNX, CumSum: of integers, over one axis, from either end, with or without the element itself.
  fileprivate func foldRunningSum() throws -> [Tensor]? {
    guard let tensor = constant(0), tensor.type.elementType.isInteger,
      let value = try constant(1)?.integerValues().first
    else { return nil }
    let axis = try axis(Int(value), rank: tensor.type.shape.count)
    let isReverse = try node.int("reverse", default: 0) != 0
    let isExclusive = try node.int("exclusive", default: 0) != 0
    let values = try tensor.integerValues()
    var sums = values
    for line in tensor.lines(along: axis) {
      var sum: Int64 = 0
      for place in isReverse ? line.reversed() : line {
        sums[place] = isExclusive ? sum : sum &+ values[place]
        sum &+= values[place]
      }
    }
    return [try Tensor(integers: sums, tensor.type.shape, tensor.type.elementType)]
  }

  /// ONNX, ArgMax and ArgMin: the first of equal ones, or the last.
  fileprivate func foldArgument(
    _ isBetter: (Double, Double) -> Bool
  ) throws -> [Tensor]? {
    guard let tensor = constant(0), let values = try tensor.exactNumbers(),
      let type = try inferredTypes()?.first
    else { return nil }
    let axis = try axis(try node.int("axis", default: 0), rank: tensor.type.shape.count)
    guard tensor.type.shape[axis] > 0 else { return nil }
    let takesLast = try node.int("select_last_index", default: 0) != 0
    let found = tensor.lines(along: axis).map { line -> Int64 in
      var best = 0
      for (index, place) in line.enumerated()
      where isBetter(values[place], values[line[best]])
        || takesLast && values[place] == values[line[best]]
      {
        best = index
      }
      return Int64(best)
    }
    return [Tensor(name: "", shape: type.shape, int64: found)]
  }

  /// ONNX, TopK: of equal ones the first comes first.
  fileprivate func foldLargest() throws -> [Tensor]? {
    guard let tensor = constant(0), let values = try tensor.exactNumbers(),
      let types = try inferredTypes(), types.count == 2
    else { return nil }
    let axis = try axis(try node.int("axis", default: -1), rank: tensor.type.shape.count)
    let isLargest = try node.int("largest", default: 1) != 0
    let count = types[0].shape[axis]
    let results = Tensor(name: "", type: types[0], storage: .splat([0]))
    var indices = [Int64](repeating: 0, count: results.type.count)
    var sources = [Int](repeating: 0, count: results.type.count)
    for (line, result) in zip(tensor.lines(along: axis), results.lines(along: axis)) {
      let order = line.indices.sorted {
        let (left, right) = (values[line[$0]], values[line[$1]])
        return left == right ? $0 < $1 : (left > right) == isLargest
      }
      for (place, index) in zip(result, order.prefix(count)) {
        (indices[place], sources[place]) = (Int64(index), line[index])
      }
    }
    let flat = try tensor.reshaped([tensor.type.count]).taking(sources, axis: 0)
    return [flat.reshaped(types[0].shape), Tensor(name: "", shape: types[1].shape, int64: indices)]
  }

  /// ONNX, Pad: with one value.
  fileprivate func foldPad() throws -> [Tensor]? {
    guard opset >= 11, let tensor = constant(0), let pads = try integers(1),
      try node.string("mode", default: "constant") == "constant",
      pads.allSatisfy({ $0 >= 0 }), let type = try inferredTypes()?.first
    else { return nil }
    let width = type.elementType.bits / 8
    let value = try constant(2)?.contiguousBytes() ?? [UInt8](repeating: 0, count: width)
    guard value.count == width else { return nil }
    let axes = try axes(try integers(3) ?? Array(type.shape.indices), rank: type.shape.count)
    let result = Tensor(name: "", type: type, storage: .splat(value))
    let start = zip(axes, pads).reduce(0) { $0 + $1.1 * result.strides[$1.0] }
    let places = tensor.type.shape.indices.reduce([start]) { places, axis in
      places.flatMap { place in
        (0..<tensor.type.shape[axis]).map { place + $0 * result.strides[axis] }
      }
    }
    return try result.replacing(places, by: tensor).map { [$0] }
  }

  /// ONNX, ScatterND: slices of the data are replaced, without a reduction.
  fileprivate func foldScatterSlices() throws -> [Tensor]? {
    guard let tensors = constants, tensors.count == 3, try replacesValues else { return nil }
    let (data, updates) = (tensors[0], tensors[2])
    guard let depth = tensors[1].type.shape.last, depth <= data.type.shape.count else {
      throw node.error("its indices do not fit \(describe(shape: data.type.shape))")
    }
    let sizes = data.type.shape[..<depth]
    let inner = data.type.shape[depth...].reduce(1, *)
    let indices = try tensors[1].integerValues()
    guard depth > 0, updates.type.count == indices.count / depth * inner else { return nil }
    let places = try stride(from: 0, to: indices.count, by: depth).flatMap { start -> Range<Int> in
      var place = 0
      for (axis, size) in sizes.enumerated() {
        place += try position(indices[start + axis], of: size) * data.strides[axis]
      }
      return place..<(place + inner)
    }
    return try data.replacing(places, by: updates).map { [$0] }
  }

  /// ONNX, ScatterElements: elements of the data are replaced, without a reduction.
  fileprivate func foldScatterElements() throws -> [Tensor]? {
    guard let tensors = constants, tensors.count == 3, try replacesValues,
      tensors[1].type.shape == tensors[2].type.shape,
      tensors[1].type.shape.count == tensors[0].type.shape.count
    else { return nil }
    let (data, indices) = (tensors[0], tensors[1])
    let axis = try axis(try node.int("axis", default: 0), rank: data.type.shape.count)
    let places = try indices.integerValues().enumerated().map { place, index -> Int in
      try data.type.shape.indices.reduce(0) { sum, other in
        let own = place / indices.strides[other] % max(1, indices.type.shape[other])
        guard own < data.type.shape[other] else {
          throw node.error("its indices do not fit \(describe(shape: data.type.shape))")
        }
        let at = other == axis ? try position(index, of: data.type.shape[axis]) : own
        return sum + at * data.strides[other]
      }
    }
    return try data.replacing(places, by: tensors[2]).map { [$0] }
  }

  private var replacesValues: Bool {
    get throws { try node.string("reduction", default: "none") == "none" }
  }

  private func position(_ index: Int64, of size: Int) throws -> Int {
    let position = index < 0 ? Int(index) &+ size : Int(index)
    guard position >= 0, position < size else {
      throw node.error("index \(index) does not exist among \(size)")
    }
    return position
  }
}

extension Tensor {
  /// For each line along an axis the places of its elements, in the order of the other axes.
  fileprivate func lines(along axis: Int) -> [[Int]] {
    let stride = strides[axis]
    let size = type.shape[axis]
    let outer = type.shape[..<axis].reduce(1, *)
    return (0..<outer).flatMap { row in
      (0..<stride).map { column in
        (0..<size).map { (row * size + $0) * stride + column }
      }
    }
  }

  /// The values as numbers, where each is exactly one and they can be compared.
  fileprivate func exactNumbers() throws -> [Double]? {
    if type.elementType.isInteger {
      let values = try integerValues()
      guard values.allSatisfy({ $0.magnitude < 1 << 53 }) else { return nil }
      return values.map { Double($0) }
    }
    guard type.elementType.isFloating else { return nil }
    let values = try doubleValues()
    return values.contains(where: \.isNaN) ? nil : values
  }

  /// The tensor with the elements of another at some of its places, one after the other.
  fileprivate func replacing(_ places: [Int], by other: Tensor) throws -> Tensor? {
    guard places.count == other.type.count, other.type.elementType == type.elementType else {
      return nil
    }
    let width = type.elementType.bits / 8
    var bytes = try contiguousBytes()
    let source = try other.contiguousBytes()
    for (index, place) in places.enumerated() {
      bytes.replaceSubrange(
        (place * width)..<((place + 1) * width),
        with: source[(index * width)..<((index + 1) * width)])
    }
    return Tensor(name: "", type: type, storage: .bytes(bytes))
  }
}
