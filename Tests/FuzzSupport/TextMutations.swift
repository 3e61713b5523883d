import NetworkImport
import RandomNumbers

/// Mutations of text: of its numbers, its words, its lines, and of how deep it is nested.
struct TextMutations {
  let words: [String]

  func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0, 1: replaceNumber(&bytes, using: &random)
    case 2:
      replaceRun(&bytes, using: &random, where: { $0.isWordByte })
    case 3:
      let place = Int.random(in: 0...bytes.count, using: &random)
      bytes.insert(contentsOf: Array(word(using: &random).utf8), at: place)
    case 4: changeLines(&bytes, using: &random)
    default: swapWords(&bytes, using: &random)
    }
  }

  /// Puts 100,000 openings somewhere, and as often as not their closings behind them.
  func nested(
    _ bytes: [UInt8], _ nests: [(String, String)], using random: inout SplitMix64
  ) -> [UInt8] {
    let (opening, closing) = nests.randomElement(using: &random)!
    var text: [UInt8] = []
    for _ in 0..<100_000 { text += opening.utf8 }
    if Bool.random(using: &random) { for _ in 0..<100_000 { text += closing.utf8 } }
    let place = Int.random(in: 0...bytes.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return text
    case 1: return Array(bytes[..<place]) + text + bytes[place...]
    default:
      // In the place of a value, so that what is around it stays sound.
      guard let run = run(in: bytes, from: place, where: { $0.isDigit }) else { return text }
      return Array(bytes[..<run.lowerBound]) + text + bytes[run.upperBound...]
    }
  }

  private func word(using random: inout SplitMix64) -> String {
    (Bool.random(using: &random) ? words : Extremes.texts).randomElement(using: &random)!
  }

  private func replaceNumber(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    guard let run = run(in: bytes, from: place, where: { $0.isDigit }) else { return }
    bytes.replaceSubrange(run, with: Array(Extremes.texts.randomElement(using: &random)!.utf8))
  }

  private func replaceRun(
    _ bytes: inout [UInt8], using random: inout SplitMix64, where isPart: (UInt8) -> Bool
  ) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    guard let run = run(in: bytes, from: place, where: isPart) else { return }
    bytes.replaceSubrange(run, with: Array(word(using: &random).utf8))
  }

  /// Puts one word of the text in the place of another.
  private func swapWords(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    let places = (0..<2).map { _ in Int.random(in: 0...bytes.count, using: &random) }
    guard let from = run(in: bytes, from: places[0], where: { $0.isWordByte }),
      let to = run(in: bytes, from: places[1], where: { $0.isWordByte })
    else { return }
    bytes.replaceSubrange(to, with: Array(bytes[from]))
  }

  /// Repeats a line or takes it out.
  private func changeLines(_ bytes: inout [UInt8], using random: inout SplitMix64) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let place = Int.random(in: lines.indices, using: &random)
    if Bool.random(using: &random) {
      lines.remove(at: place)
    } else {
      lines.insert(lines[place], at: Int.random(in: 0...lines.count, using: &random))
    }
    bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// The first run of such bytes that begins at or behind a place.
  private func run(
    in bytes: [UInt8], from place: Int, where isPart: (UInt8) -> Bool
  ) -> Range<Int>? {
    guard let lower = bytes[place...].firstIndex(where: isPart) else { return nil }
    let upper = bytes[lower...].firstIndex { !isPart($0) } ?? bytes.count
    return lower..<upper
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "-")
  }

  fileprivate var isWordByte: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
      || self == UInt8(ascii: "_")
  }
}
