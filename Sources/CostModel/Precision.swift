package import ONNXFormat
package import PlatformModel

/// How many bits each value takes when the network runs.
package enum Precision: Hashable, Sendable {
  /// The types in the network's file.
  case model
  /// The widths that the element's operator lists.
  case platform
  /// The same width for every value.
  case fixed(name: String, bits: Int)

  /// Reads `model`, `platform`, the name of a number format, or a number of bits; nil for any other
  /// text.
  package init?(_ text: String) {
    switch text {
    case "model": self = .model
    case "platform": self = .platform
    case "float32", "32": self = .fixed(name: text, bits: 32)
    case "float16", "bfloat16", "int16", "16": self = .fixed(name: text, bits: 16)
    case "int8", "uint8", "float8", "8": self = .fixed(name: text, bits: 8)
    case "int4", "4": self = .fixed(name: text, bits: 4)
    default: return nil
    }
  }

  /// The names that ``init(_:)`` reads.
  package static let names = [
    "model", "platform", "float32", "float16", "bfloat16", "int16", "int8", "uint8", "float8",
    "int4", "32", "16", "8", "4",
  ]
}

extension Precision: CustomStringConvertible {
  /// The name that ``init(_:)`` reads.
  package var description: String {
    switch self {
    case .model: "model"
    case .platform: "platform"
    case .fixed(let name, _): name
    }
  }
}

extension Precision {
  /// What a value is to the block that touches it.
  package enum Role: Sendable { case activation, weight }

  /// How wide the values of a type are, nil where the platform decides.
  package func bits(of type: TensorType) -> Int? {
    switch self {
    case .model: type.elementType.bits
    case .platform: nil
    case .fixed(_, let bits): bits
    }
  }

  /// The size in bytes of a value that an operator touches.
  ///
  /// Where the platform gives no width (it only moves the value), the file's type counts.
  package func bytes(_ type: TensorType, _ role: Role, _ support: OperatorSupport?) -> Int {
    switch self {
    case .model: return type.bytes
    case .fixed(_, let bits): return (type.count * bits + 7) / 8
    case .platform:
      let bits = role == .activation ? support?.activationBits : support?.weightBits
      return bits.map { (type.count * $0 + 7) / 8 } ?? type.bytes
    }
  }
}
