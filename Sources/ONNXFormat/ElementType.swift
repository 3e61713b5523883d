/// The type of the elements of a tensor; raw values are those of `TensorProto.DataType` in ONNX.
package enum ElementType: Int, Hashable, Sendable, CaseIterable {
  case float = 1
  case uint8 = 2
  case int8 = 3
  case uint16 = 4
  case int16 = 5
  case int32 = 6
  case int64 = 7
  case string = 8
  case bool = 9
  case float16 = 10
  case double = 11
  case uint32 = 12
  case uint64 = 13
  case complex64 = 14
  case complex128 = 15
  case bfloat16 = 16
  case float8e4m3fn = 17
  case float8e4m3fnuz = 18
  case float8e5m2 = 19
  case float8e5m2fnuz = 20
  case uint4 = 21
  case int4 = 22
  case float4e2m1 = 23
  case float8e8m0 = 24
  case uint2 = 25
  case int2 = 26

  /// The width of one element in bits; strings count as one byte.
  package var bits: Int {
    switch self {
    case .complex128: 128
    case .int64, .uint64, .double, .complex64: 64
    case .float, .int32, .uint32: 32
    case .float16, .bfloat16, .int16, .uint16: 16
    case .uint4, .int4, .float4e2m1: 4
    case .uint2, .int2: 2
    case .uint8, .int8, .bool, .string, .float8e4m3fn, .float8e4m3fnuz, .float8e5m2,
      .float8e5m2fnuz, .float8e8m0:
      8
    }
  }

  /// The bytes that `count` elements take, sub-byte elements packed.
  package func bytes(_ count: Int) -> Int {
    bits >= 8 ? count * (bits / 8) : (count * bits + 7) / 8
  }

  /// Whether tensors of this type can index and describe shapes.
  package var isInteger: Bool {
    switch self {
    case .uint8, .int8, .uint16, .int16, .int32, .int64, .uint32, .uint64, .bool: true
    default: false
    }
  }

  /// Whether tensors of this type are computed with here as numbers with a fraction.
  var isFloating: Bool {
    switch self {
    case .float, .double, .float16, .bfloat16: true
    default: false
    }
  }
}
