import NetworkImport
import RandomNumbers

/// Makes the mutations of a reader's seeds, each by its number alone.
package struct Mutator: Sendable {
  let grammar: FuzzReader.Grammar
  let seeds: [[UInt8]]
  let seed: UInt64

  package init(_ reader: FuzzReader, seed: UInt64) throws {
    grammar = reader.grammar
    seeds = try reader.seeds()
    self.seed = seed
  }

  /// The mutation with a number, always the same.
  package func input(_ number: Int) -> [UInt8] {
    var random = SplitMix64(seed: seed &* 0x9e37_79b9 &+ UInt64(number))
    // The first numbers of neighbouring seeds are alike in nothing but their distance.
    _ = random.next()
    var bytes = seeds[Int.random(in: seeds.indices, using: &random)]
    // Now and then one that is very deep or very long, for what takes more than linear time.
    if number % 100 == 99 { return nested(bytes, using: &random) }
    if number % 100 == 49 { return widened(bytes, using: &random) }
    // Mostly changes that know the format: after one that does not, little more than the bytes is
    // looked at.
    let isBlind = Int.random(in: 0..<4, using: &random) == 0
    for _ in 0..<[1, 1, 1, 2, 3, 6].randomElement(using: &random)! {
      if isBlind || bytes.isEmpty {
        mutateBytes(&bytes, using: &random)
      } else {
        mutate(&bytes, using: &random)
      }
    }
    return bytes
  }

  private func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    switch grammar {
    case .text(let words, _): TextMutations(words: words).mutate(&bytes, using: &random)
    case .protobuf(let words, _): ProtobufMutations(words: words).mutate(&bytes, using: &random)
    }
  }

  private func nested(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
    switch grammar {
    case .text(let words, let nests):
      return TextMutations(words: words).nested(bytes, nests, using: &random)
    case .protobuf(_, let fields):
      return ProtobufMutations.nested(bytes, fields: fields, depth: 100_000)
    }
  }

  /// A piece of the file again and again, up to 256 KB.
  private func widened(_ bytes: [UInt8], using random: inout SplitMix64) -> [UInt8] {
    let size = 1 << 18
    if case .protobuf = grammar, Int.random(in: 0..<4, using: &random) > 0 {
      return ProtobufMutations.widened(bytes, size: size, using: &random)
    }
    var piece = piece(of: bytes, using: &random)
    if Bool.random(using: &random) {
      let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") }
      let lower = bytes[..<piece.lowerBound].lastIndex(where: isEnd) ?? 0
      piece = lower..<(bytes[piece.lowerBound...].firstIndex(where: isEnd) ?? bytes.count)
    }
    guard !piece.isEmpty else { return bytes }
    let copies = Array(repeatElement(bytes[piece], count: size / piece.count).joined())
    return Array(bytes[..<piece.lowerBound]) + copies + bytes[piece.lowerBound...]
  }

  // MARK: Bytes

  private func mutateBytes(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    let piece = piece(of: bytes, using: &random)
    switch Int.random(in: 0..<8, using: &random) {
    case 0 where !bytes.isEmpty:
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] ^= 1 << UInt8.random(in: 0..<7, using: &random)
    case 1 where !bytes.isEmpty:
      bytes[Int.random(in: bytes.indices, using: &random)] = byte(using: &random)
    case 2:
      let count = Int.random(in: 1...8, using: &random)
      let new = (0..<count).map { _ in byte(using: &random) }
      bytes.insert(contentsOf: new, at: piece.lowerBound)
    case 3: bytes.removeSubrange(piece)
    case 4: bytes.insert(contentsOf: Array(bytes[piece]), at: piece.upperBound)
    case 5: bytes.removeSubrange(piece.lowerBound...)
    case 6: overwrite(&bytes, at: piece.lowerBound, using: &random)
    default: splice(&bytes, at: piece.lowerBound, using: &random)
    }
  }

  /// A byte of any kind; for text mostly one that is text.
  private func byte(using random: inout SplitMix64) -> UInt8 {
    if case .text = grammar, Int.random(in: 0..<8, using: &random) > 0 {
      return UInt8.random(in: 0x20..<0x7f, using: &random)
    }
    return UInt8.random(in: 0...255, using: &random)
  }

  /// A short piece as a rule, now and then any piece.
  private func piece(of bytes: [UInt8], using random: inout SplitMix64) -> Range<Int> {
    let lower = Int.random(in: 0...bytes.count, using: &random)
    let longest = Int.random(in: 0..<8, using: &random) == 0 ? bytes.count : 32
    return lower..<min(bytes.count, lower + Int.random(in: 0...longest, using: &random))
  }

  /// Writes the little-endian bytes of an extreme number over what is there.
  private func overwrite(
    _ bytes: inout [UInt8], at place: Int, using random: inout SplitMix64
  ) {
    let value = Extremes.integers.randomElement(using: &random)!
    let width = [1, 2, 4, 8].randomElement(using: &random)!
    for index in 0..<width where place + index < bytes.count {
      bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
    }
  }

  /// The start of one seed and the end of another.
  private func splice(_ bytes: inout [UInt8], at place: Int, using random: inout SplitMix64) {
    let other = seeds.randomElement(using: &random)!
    bytes.removeSubrange(place...)
    bytes += other[Int.random(in: 0...other.count, using: &random)...]
  }
}

/// Numbers at which readers go wrong.
enum Extremes {
  static let integers: [Int64] = [
    0, 1, -1, 2, 127, 128, 255, 256, 32767, 65535, 1 << 20, 1 << 31, (1 << 31) - 1, -(1 << 31),
    1 << 32, 1 << 40, 1 << 48, 1 << 62, .max, .max - 1, .min, .min + 1,
  ]

  static let texts: [String] =
    integers.map { "\($0)" } + [
      "1e308", "-1e308", "1e309", "1e-320", "NaN", "nan", ".nan", "inf", "-.inf", "Infinity",
      "0x7fffffffffffffff", "9223372036854775808", "18446744073709551616", "-0", "0.0", "1.5",
      "99999999999999999999999999999999999999999999", "1e99999", "0.1e-400", "", "٣",
    ]
}
