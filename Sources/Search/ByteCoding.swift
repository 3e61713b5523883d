/// Collects numbers as bytes, the least significant first.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ value: Double) { append(value.bitPattern) }

  /// A list with its length before it.
  mutating func append(list: some Collection<UInt8>) {
    append(UInt32(truncatingIfNeeded: list.count))
    bytes.append(contentsOf: list)
  }

  /// A vector of so many objectives, or none.
  mutating func append(_ vector: ObjectiveVector?, count: Int) {
    append(UInt8(vector == nil ? 0 : 1))
    guard let vector else { return }
    for objective in 0..<count { append(vector[objective]) }
  }
}

/// Takes numbers from bytes.
struct ByteReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) { (self.bytes, position) = (bytes, bytes.startIndex) }

  var remaining: Int { bytes.endIndex - position }

  mutating func take(_ count: Int) throws(SearchError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else {
      throw .damagedCheckpoint("a record ends \(count - remaining) bytes early")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(SearchError)
    -> Value
  {
    try take(Value.bitWidth / 8).reversed().reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
  }

  mutating func double() throws(SearchError) -> Double { Double(bitPattern: try integer()) }

  /// A number of things that need so many bytes each.
  mutating func count(of size: Int) throws(SearchError) -> Int {
    let count = Int(try integer(UInt32.self))
    guard count * size <= remaining else {
      throw .damagedCheckpoint("a record counts \(count) entries and has no room for them")
    }
    return count
  }

  mutating func list() throws(SearchError) -> ArraySlice<UInt8> { try take(count(of: 1)) }

  mutating func vector(count: Int) throws(SearchError) -> ObjectiveVector? {
    guard try integer(UInt8.self) != 0 else { return nil }
    var vector = ObjectiveVector(0)
    for objective in 0..<count { vector[objective] = try double() }
    return vector
  }
}

extension Collection<UInt8> {
  /// A checksum that tells torn and altered bytes: FNV-1a (Fowler, Noll, Vo 1991) of 64 bits.
  var checksum: UInt64 {
    reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
