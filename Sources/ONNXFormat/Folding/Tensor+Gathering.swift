extension Tensor {
  /// An integer tensor of any integer type.
  init(integers values: [Int64], _ shape: [Int], _ elementType: ElementType) throws {
    func bytes<T: FixedWidthInteger>(_: T.Type) -> [UInt8] {
      values.map { T(truncatingIfNeeded: $0) }.withUnsafeBytes { Array($0) }
    }
    let data: [UInt8]
    switch elementType {
    case .int64, .uint64: data = bytes(Int64.self)
    case .int32, .uint32: data = bytes(Int32.self)
    case .int16, .uint16: data = bytes(Int16.self)
    case .int8, .uint8, .bool: data = bytes(Int8.self)
    default: throw ONNXError.tensor(name: "", reason: "\(elementType) is not an integer type")
    }
    self.init(name: "", type: TensorType(elementType, shape), storage: .bytes(data))
  }

  /// A tensor of any type of numbers with a fraction, each rounded to the nearest of that type.
  init(numbers values: [Double], _ shape: [Int], _ elementType: ElementType) {
    func bytes<T>(_ list: [T]) -> [UInt8] { list.withUnsafeBytes { Array($0) } }
    let data =
      switch elementType {
      case .double: bytes(values)
      case .float16: bytes(values.map { Float16($0) })
      case .bfloat16: bytes(values.map { UInt16(bfloat16: Float($0)) })
      default: bytes(values.map { Float($0) })
      }
    self.init(name: "", type: TensorType(elementType, shape), storage: .bytes(data))
  }

  /// For each element the place of the sum it goes into when axes are reduced.
  func reducedPlaces(_ axes: Set<Int>) -> [Int] {
    var kept = type.shape
    for axis in axes { kept[axis] = 1 }
    let sums = Tensor(name: "", type: TensorType(.bool, kept), storage: .absent(""))
    let strides = sums.strides.enumerated().map { axes.contains($0) ? 0 : $1 }
    var places = [0]
    for (size, stride) in zip(type.shape, strides) {
      places = places.flatMap { place in (0..<size).map { place + $0 * stride } }
    }
    return places
  }

  /// For each axis the distance in elements between neighbors in row-major order.
  var strides: [Int] {
    var strides = [Int](repeating: 1, count: type.shape.count)
    for axis in type.shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * type.shape[axis + 1]
    }
    return strides
  }

  /// The tensor of `shape` whose element at index i is the element of this one at
  /// `start` + Σ i · `strides`.
  ///
  /// - Precondition: Elements have whole bytes, and every position exists.
  func gathered(_ shape: [Int], start: Int = 0, strides: [Int]) throws -> Tensor {
    let width = type.elementType.bits / 8
    let source = try contiguousBytes()
    let count = shape.reduce(1, *)
    var result: [UInt8] = []
    result.reserveCapacity(count * width)
    var index = [Int](repeating: 0, count: shape.count)
    var position = start
    for _ in 0..<count {
      result += source[(position * width)..<((position + 1) * width)]
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < shape[axis] { break }
        position -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return Tensor(name: name, type: TensorType(type.elementType, shape), storage: .bytes(result))
  }

  /// The tensor of the indices `positions` along `axis`, in this order.
  ///
  /// - Precondition: Elements have whole bytes, and every position exists.
  func taking(_ positions: [Int], axis: Int) throws -> Tensor {
    let source = try contiguousBytes()
    let inner = type.shape[(axis + 1)...].reduce(1, *) * (type.elementType.bits / 8)
    var bytes: [UInt8] = []
    for row in 0..<type.shape[..<axis].reduce(1, *) {
      for position in positions {
        let start = (row * type.shape[axis] + position) * inner
        bytes += source[start..<(start + inner)]
      }
    }
    var taken = type
    taken.shape[axis] = positions.count
    return Tensor(name: "", type: taken, storage: .bytes(bytes))
  }

  /// The tensor broadcast to a larger shape, as in numpy.
  func broadcast(to shape: [Int]) throws -> Tensor {
    if shape == type.shape { return self }
    if case .splat = storage {
      return Tensor(name: name, type: TensorType(type.elementType, shape), storage: storage)
    }
    let missing = shape.count - type.shape.count
    let own = strides
    let spread = shape.indices.map { axis -> Int in
      axis < missing || type.shape[axis - missing] == 1 ? 0 : own[axis - missing]
    }
    return try gathered(shape, strides: spread)
  }
}

extension UInt16 {
  /// The bits of the bfloat16 nearest to a number: the upper half of its own, ties to even.
  fileprivate init(bfloat16 value: Float) {
    let bits = value.bitPattern
    self = UInt16(
      truncatingIfNeeded: value.isNaN ? 0x7fc0 : (bits &+ 0x7fff &+ (bits >> 16 & 1)) >> 16)
  }
}
