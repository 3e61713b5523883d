import NetworkImport
import RandomNumbers

/// Mutations of protobuf messages that stay messages: of numbers such as dimensions, of strings, of
/// whole fields; and of lengths, after which nothing fits.
struct ProtobufMutations {
  let words: [String]

  func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    guard var fields = ProtobufField.fields(bytes[...]), !fields.isEmpty else { return }
    if Int.random(in: 0..<16, using: &random) == 0 {
      changeLength(&bytes, using: &random)
    } else {
      mutate(&fields, using: &random)
      bytes = ProtobufField.encoded(fields)
    }
  }

  /// Goes down to a random field and changes it; often one or two levels deep, sometimes to the end.
  private func mutate(_ fields: inout [ProtobufField], using random: inout SplitMix64) {
    guard let index = fields.indices.randomElement(using: &random) else { return }
    if case .message(var inner) = fields[index].value, Int.random(in: 0..<6, using: &random) > 0 {
      mutate(&inner, using: &random)
      fields[index].value = .message(inner)
      return
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: fields.remove(at: index)
    case 1: fields.insert(fields[index], at: Int.random(in: 0...fields.count, using: &random))
    case 2: fields.swapAt(index, Int.random(in: fields.indices, using: &random))
    case 3: fields[index].number = Int.random(in: 1...30, using: &random)
    default: change(&fields[index].value, using: &random)
    }
  }

  private func change(_ value: inout ProtobufField.Value, using random: inout SplitMix64) {
    switch value {
    case .varint(let old):
      value = .varint(
        Bool.random(using: &random)
          ? UInt64(bitPattern: Extremes.integers.randomElement(using: &random)!)
          : old &+ UInt64.random(in: 0...4, using: &random) &- 2)
    case .fixed(let bytes):
      let number = Extremes.integers.randomElement(using: &random)!
      value = .fixed(bytes.indices.map { UInt8(truncatingIfNeeded: number >> (8 * $0)) })
    case .bytes(var bytes):
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1: value = .bytes(Array(words.randomElement(using: &random)!.utf8))
      case 2:
        bytes.removeLast(bytes.count / 2)
        value = .bytes(bytes)
      default: value = .varint(UInt64(bytes.count))
      }
    case .message: value = .bytes(Array(words.randomElement(using: &random)!.utf8))
    }
  }

  /// Changes a byte that stands in the place of a length.
  private func changeLength(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    let places = bytes.indices.dropLast().filter { bytes[$0] & 7 == 2 && bytes[$0] < 0x80 }
    guard let place = places.randomElement(using: &random) else { return }
    let length = UInt64(bitPattern: Extremes.integers.randomElement(using: &random)!)
    bytes.replaceSubrange((place + 1)...(place + 1), with: ProtobufField.varint(length))
  }

  /// Repeats a field at any depth until it fills so many bytes.
  static func widened(
    _ bytes: [UInt8], size: Int, using random: inout SplitMix64
  ) -> [UInt8] {
    guard var fields = ProtobufField.fields(bytes[...]) else { return bytes }
    widen(&fields, size: size, using: &random)
    return ProtobufField.encoded(fields)
  }

  private static func widen(
    _ fields: inout [ProtobufField], size: Int, using random: inout SplitMix64
  ) {
    guard let index = fields.indices.randomElement(using: &random) else { return }
    if case .message(var inner) = fields[index].value, Int.random(in: 0..<3, using: &random) > 0 {
      widen(&inner, size: size, using: &random)
      fields[index].value = .message(inner)
    } else {
      let count = size / max(1, fields[index].encoded.count)
      fields.insert(contentsOf: repeatElement(fields[index], count: count), at: index)
    }
  }

  /// Adds messages within messages, the fields one after the other and again.
  static func nested(_ bytes: [UInt8], fields: [Int], depth: Int) -> [UInt8] {
    // From the innermost outwards and backwards, so that nothing is moved.
    var reversed: [UInt8] = []
    for level in (0..<depth).reversed() {
      // The first field belongs to the file, the others go round.
      let number = level == 0 ? fields[0] : fields[1 + (level - 1) % (fields.count - 1)]
      let length = ProtobufField.varint(UInt64(reversed.count))
      reversed += length.reversed()
      reversed += ProtobufField.varint(UInt64(number) << 3 | 2).reversed()
    }
    return bytes + reversed.reversed()
  }
}
