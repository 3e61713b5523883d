import Foundation
import PlatformModel
import RandomNumbers
import Testing

@Suite struct ALOHAPlatformFuzzTests {
  @Test("Every truncation of a description is an error")
  func truncation() throws {
    let text = try neuragheData()
    let end = try #require(text.lastIndex(of: UInt8(ascii: "}")))
    for count in stride(from: 0, through: end, by: 3) {
      #expect(message(text.prefix(count)) != nil, "\(count) bytes")
    }
  }

  @Test("Any change of bytes gives a platform or an error in one line", arguments: [1, 2, 3])
  func mutation(seed: UInt64) throws {
    let original = try neuragheData()
    var generator = SplitMix64(seed: seed)
    var outcomes = (platforms: 0, errors: 0)
    for _ in 0..<400 {
      if let found = message(Self.mutated(original, using: &generator)) {
        #expect(found.hasPrefix("p.json: "))
        #expect(!found.contains("\n"), "\(found)")
        outcomes.errors += 1
      } else {
        outcomes.platforms += 1
      }
    }
    #expect(outcomes.platforms > 0)
    #expect(outcomes.errors > 0)
  }

  /// Overwrites, removes or repeats up to four pieces, half of the new bytes from JSON's own signs.
  private static func mutated(_ data: Data, using generator: inout SplitMix64) -> Data {
    var bytes = [UInt8](data)
    let signs = Array("{}[]\",:-+.eE0123456789_ tofnull".utf8)
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, position + Int.random(in: 1...8, using: &generator))
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[position] = signs.randomElement(using: &generator)!
      case 2: bytes.removeSubrange(position..<end)
      default: bytes.insert(contentsOf: bytes[position..<end], at: position)
      }
    }
    return Data(bytes)
  }
}
