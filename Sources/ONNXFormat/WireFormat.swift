/// Reads the fields of a protobuf message one by one without building it.
///
/// Encoding: protobuf.dev, "Encoding": a field is a varint key (field number and wire type) and a value.
struct WireReader {
  /// The kinds of value a field can have.
  enum Value {
    case varint(UInt64)
    case fixed64
    case bytes(Range<Int>)
    case fixed32
    case group
  }

  /// One field: its number, its value, and all of its bytes, key included.
  struct Field {
    var number: Int
    var value: Value
    var whole: Range<Int>
  }

  /// Why a message could not be read, and where.
  struct Failure: Error {
    var offset: Int
    var reason: String
  }

  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int
  let end: Int

  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field, or nil at the end of the message.
  mutating func next() throws(Failure) -> Field? {
    guard position < end else { return nil }
    let start = position
    let key = try varint()
    let number = Int(key >> 3)
    guard number > 0, number < 1 << 29 else {
      throw Failure(offset: start, reason: "field number \(number) does not exist")
    }
    let value: Value
    switch key & 7 {
    case 0: value = .varint(try varint())
    case 1:
      try skip(8)
      value = .fixed64
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else {
        throw Failure(
          offset: start, reason: "a field of \(length) bytes where \(end - position) are left")
      }
      value = .bytes(position..<(position + Int(length)))
      position += Int(length)
    case 3, 4: value = .group
    case 5:
      try skip(4)
      value = .fixed32
    default: throw Failure(offset: start, reason: "wire type \(key & 7) does not exist")
    }
    return Field(number: number, value: value, whole: start..<position)
  }

  private mutating func varint() throws(Failure) -> UInt64 {
    let start = position
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while position < end, shift < 64 {
      let byte = UInt64(bytes[position])
      position += 1
      result |= (byte & 0x7f) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
    throw Failure(offset: start, reason: "an unfinished number")
  }

  private mutating func skip(_ count: Int) throws(Failure) {
    guard end - position >= count else {
      throw Failure(offset: position, reason: "the file ends inside a field")
    }
    position += count
  }
}

/// The key and length that precede a length-delimited field.
func wireHeader(field number: Int, length: Int) -> [UInt8] {
  wireVarint(UInt64(number) << 3 | 2) + wireVarint(UInt64(length))
}

private func wireVarint(_ value: UInt64) -> [UInt8] {
  var left = value
  var bytes: [UInt8] = []
  repeat {
    bytes.append(UInt8(left & 0x7f) | (left > 0x7f ? 0x80 : 0))
    left >>= 7
  } while left > 0
  return bytes
}
