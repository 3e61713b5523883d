/// A field of a protobuf message, taken apart as far as its bytes look like messages.
///
/// Encoding: protobuf.dev, "Encoding".
struct ProtobufField {
  var number: Int
  var value: Value

  indirect enum Value {
    case varint(UInt64)
    case fixed([UInt8])
    case bytes([UInt8])
    case message([ProtobufField])
  }

  /// The fields of a message, or nil where the bytes are none.
  static func fields(_ bytes: ArraySlice<UInt8>, depth: Int = 10) -> [ProtobufField]? {
    var rest = bytes
    var fields: [ProtobufField] = []
    while !rest.isEmpty {
      guard let key = varint(&rest), key >> 3 > 0, key >> 3 < 1 << 20 else { return nil }
      let value: Value
      switch key & 7 {
      case 0:
        guard let number = varint(&rest) else { return nil }
        value = .varint(number)
      case 2:
        guard let length = varint(&rest), length <= UInt64(rest.count) else { return nil }
        let inner = rest.prefix(Int(length))
        let message = depth > 0 && length > 1 ? Self.fields(inner, depth: depth - 1) : nil
        value = message.map { .message($0) } ?? .bytes(Array(inner))
        rest = rest.dropFirst(Int(length))
      case 1, 5:
        let count = key & 7 == 1 ? 8 : 4
        guard rest.count >= count else { return nil }
        value = .fixed(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      default: return nil
      }
      fields.append(ProtobufField(number: Int(key >> 3), value: value))
    }
    return fields
  }

  private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
    var result: UInt64 = 0
    for (index, byte) in bytes.prefix(10).enumerated() {
      result |= UInt64(byte & 0x7f) << UInt64(7 * index)
      if byte < 0x80 {
        bytes = bytes.dropFirst(index + 1)
        return result
      }
    }
    return nil
  }

  static func varint(_ value: UInt64) -> [UInt8] {
    var left = value
    var bytes: [UInt8] = []
    repeat {
      bytes.append(UInt8(left & 0x7f) | (left > 0x7f ? 0x80 : 0))
      left >>= 7
    } while left > 0
    return bytes
  }

  /// The field as bytes.
  var encoded: [UInt8] {
    let key = UInt64(number) << 3
    switch value {
    case .varint(let value): return Self.varint(key) + Self.varint(value)
    case .fixed(let bytes): return Self.varint(key | (bytes.count == 8 ? 1 : 5)) + bytes
    case .bytes(let bytes): return Self.varint(key | 2) + Self.varint(UInt64(bytes.count)) + bytes
    case .message(let fields):
      let inner = Self.encoded(fields)
      return Self.varint(key | 2) + Self.varint(UInt64(inner.count)) + inner
    }
  }

  /// Several fields as bytes.
  static func encoded(_ fields: [ProtobufField]) -> [UInt8] { fields.flatMap(\.encoded) }
}
