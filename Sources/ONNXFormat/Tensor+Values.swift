import Files

extension Tensor {
  /// Calls `body` with the row-major bytes of the tensor, piece by piece and in order, without
  /// holding more than one row of a view in memory.
  ///
  /// - Throws: ``ONNXError/valuesAbsent(name:reason:)``, or what `body` throws.
  package func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    switch storage {
    case .mapped(let file, let range):
      try file.withBytes { try body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    case .bytes(let bytes):
      try bytes.withUnsafeBytes(body)
    case .splat(let element):
      try forEachSplatPiece(element, body)
    case .slice(let base, let axis, let range):
      try base.forEachPiece(axis: axis, range, body)
    case .scaledRows(let base, let factors):
      try base.forEachScaledRow(factors.floatValues(), body)
    case .computed(let computation):
      try computation.values().forEachPiece(body)
    case .absent(let reason):
      throw ONNXError.valuesAbsent(name: name, reason: reason)
    }
  }

  /// The row-major bytes in one array.
  ///
  /// - Throws: ``ONNXError/valuesAbsent(name:reason:)`` where the file has no values.
  package func contiguousBytes() throws -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(type.bytes)
    try forEachPiece { result.append(contentsOf: $0) }
    return result
  }

  /// The values of a floating-point or integer tensor as 32-bit floats; those of the 16-bit formats are exact.
  ///
  /// - Throws: ``ONNXError`` where the values are absent, or are no numbers.
  package func floatValues() throws -> [Float] {
    switch type.elementType {
    case .float:
      let bytes = try contiguousBytes()
      return bytes.withUnsafeBytes { raw in
        (0..<type.count).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
      }
    case .double:
      let bytes = try contiguousBytes()
      return bytes.withUnsafeBytes { raw in
        (0..<type.count).map { Float(raw.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self)) }
      }
    case .float16:
      let bytes = try contiguousBytes()
      return bytes.withUnsafeBytes { raw in
        (0..<type.count).map { Float(raw.loadUnaligned(fromByteOffset: 2 * $0, as: Float16.self)) }
      }
    case .bfloat16:
      // Its bits are the upper half of those of a float32.
      let bytes = try contiguousBytes()
      return bytes.withUnsafeBytes { raw in
        (0..<type.count).map { index in
          let bits = raw.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
          return Float(bitPattern: UInt32(bits) << 16)
        }
      }
    default:
      return try integerValues().map { Float($0) }
    }
  }

  /// The values of a floating-point or integer tensor as 64-bit floats.
  ///
  /// - Throws: ``ONNXError`` where the values are absent, or are no numbers.
  package func doubleValues() throws -> [Double] {
    guard type.elementType == .double else { return try floatValues().map { Double($0) } }
    let bytes = try contiguousBytes()
    return bytes.withUnsafeBytes { raw in
      (0..<type.count).map { raw.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
  }

  /// The values of an integer or boolean tensor as 64-bit integers.
  ///
  /// - Throws: ``ONNXError`` where the values are absent, or are no integers.
  package func integerValues() throws -> [Int64] {
    let bytes = try contiguousBytes()
    let count = type.count
    func load<T: BinaryInteger>(_: T.Type) -> [Int64] {
      bytes.withUnsafeBytes { raw in
        (0..<count).map { index in
          let offset = MemoryLayout<T>.size * index
          return Int64(truncatingIfNeeded: raw.loadUnaligned(fromByteOffset: offset, as: T.self))
        }
      }
    }
    switch type.elementType {
    case .int64: return load(Int64.self)
    case .uint64: return load(UInt64.self)
    case .int32: return load(Int32.self)
    case .uint32: return load(UInt32.self)
    case .int16: return load(Int16.self)
    case .uint16: return load(UInt16.self)
    case .int8: return load(Int8.self)
    case .uint8, .bool: return load(UInt8.self)
    default:
      throw ONNXError.tensor(name: name, reason: "expected integers, found \(type.elementType)")
    }
  }

  private func forEachSplatPiece(
    _ element: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let piece = min(type.count, 1 << 16)
    var buffer: [UInt8] = []
    buffer.reserveCapacity(piece * element.count)
    for _ in 0..<piece { buffer.append(contentsOf: element) }
    var left = type.count
    while left > 0 {
      let now = min(left, piece)
      try buffer.withUnsafeBytes {
        try body(UnsafeRawBufferPointer(rebasing: $0[..<(now * element.count)]))
      }
      left -= now
    }
  }

  /// The bytes of the indices `range` along `axis`, row after row of the outer axes.
  private func forEachPiece(
    axis: Int, _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    guard type.elementType.bits >= 8 else {
      throw ONNXError.tensor(
        name: name, reason: "a packed \(type.elementType) tensor cannot be cut")
    }
    let inner = type.shape[(axis + 1)...].reduce(1, *) * (type.elementType.bits / 8)
    let outer = type.shape[..<axis].reduce(1, *)
    let stride = inner * type.shape[axis]
    func pieces(of raw: UnsafeRawBufferPointer) throws {
      for row in 0..<outer {
        let start = row * stride + range.lowerBound * inner
        try body(UnsafeRawBufferPointer(rebasing: raw[start..<(start + range.count * inner)]))
      }
    }
    if case .mapped(let file, let region) = storage {
      try file.withBytes { try pieces(of: UnsafeRawBufferPointer(rebasing: $0[region])) }
    } else {
      try contiguousBytes().withUnsafeBytes(pieces)
    }
  }

  private func forEachScaledRow(
    _ factors: [Float], _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    for (row, factor) in factors.enumerated() {
      let scaled = try sliced(axis: 0, row..<(row + 1)).floatValues().map { $0 * factor }
      try scaled.withUnsafeBytes(body)
    }
  }
}
