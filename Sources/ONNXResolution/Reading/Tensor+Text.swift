import ONNXFormat

extension Tensor {
  /// The values of an input as they are written; one stands for all elements.
  ///
  /// - Throws: ``ONNXError/reading(option:reason:)`` for a text that is no value of the type, and for
  ///   another number of values.
  init(input name: String, type: TensorType, values texts: [String]) throws {
    guard texts.count == type.count || texts.count == 1 else {
      throw NetworkReading.Key.value.error(
        "the input \(name) (\(type.text)) has \(type.count) values, found \(texts.count)")
    }
    let bytes = try texts.flatMap { text in
      guard let bytes = type.elementType.bytes(of: text) else {
        throw NetworkReading.Key.value.error(
          "\"\(text)\" is no value of the input \(name) (\(type.text))")
      }
      return bytes
    }
    let isRepeated = texts.count == 1 && type.count != 1
    self.init(name: name, type: type, storage: isRepeated ? .splat(bytes) : .bytes(bytes))
  }
}

extension ElementType {
  /// The little-endian bytes of a value; nil where the text is none of this type.
  fileprivate func bytes(of text: String) -> [UInt8]? {
    func integer<T: FixedWidthInteger>(_: T.Type) -> [UInt8]? {
      T(text).map { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }
    func bits<T: FixedWidthInteger>(_ value: T?) -> [UInt8]? {
      value.map { bits in withUnsafeBytes(of: bits.littleEndian) { Array($0) } }
    }
    switch self {
    case .int8: return integer(Int8.self)
    case .uint8: return integer(UInt8.self)
    case .int16: return integer(Int16.self)
    case .uint16: return integer(UInt16.self)
    case .int32: return integer(Int32.self)
    case .uint32: return integer(UInt32.self)
    case .int64: return integer(Int64.self)
    case .uint64: return integer(UInt64.self)
    case .bool:
      return ["true": [1], "1": [1], "false": [0], "0": [0]][text.lowercased()]
    case .float: return bits(Float(text)?.bitPattern)
    case .double: return bits(Double(text)?.bitPattern)
    case .float16: return bits(Float(text).map { Float16($0).bitPattern })
    case .bfloat16:
      // Its bits are the upper half of those of a float32, rounded to nearest, ties to even.
      return bits(
        Float(text).map { value in
          let wide = value.bitPattern
          return UInt16(truncatingIfNeeded: (wide &+ 0x7fff &+ (wide >> 16 & 1)) >> 16)
        })
    default: return nil
    }
  }
}
