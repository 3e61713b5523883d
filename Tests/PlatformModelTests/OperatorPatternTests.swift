import PlatformModel
import RandomNumbers
import Testing

@Suite struct OperatorPatternTests {
  @Test(
    "Names are lower case and joined by + or _",
    arguments: [
      ("conv", ["conv"]), ("FC", ["fc"]), ("conv+pool+RELU", ["conv", "pool", "relu"]),
      ("CONV_POOL", ["conv", "pool"]), ("conv_pool+relu", ["conv", "pool", "relu"]),
      (" conv + pool ", ["conv", "pool"]),
    ])
  func parse(text: String, operators: [String]) {
    #expect(OperatorPattern(text)?.operators == operators)
  }

  @Test(
    "An empty operator name is no pattern",
    arguments: ["", "+", "conv+", "_conv", "conv++pool", " "])
  func parseFails(text: String) {
    #expect(OperatorPattern(text) == nil)
  }

  @Test(
    "A pattern covers its parts that keep the first operator, ReLU and max-pool in either order",
    arguments: [
      ("conv+pool+relu", "conv", true), ("conv+pool+relu", "conv+pool", true),
      ("conv+pool+relu", "conv+relu", true), ("conv+pool+relu", "conv+relu+pool", true),
      ("conv+pool+relu", "conv+relu+maxpool", true), ("conv+relu+maxpool", "conv+pool+relu", true),
      ("conv+pool+relu", "conv+averagepool", true),
      ("conv+pool+relu", "conv+averagepool+relu", true),
      ("conv+pool+relu", "conv+relu+averagepool", false),
      ("conv+maxpool+relu", "conv+averagepool", false),
      ("conv+pool+relu", "pool", false), ("conv+pool+relu", "pool+relu", false),
      ("conv+pool+relu", "conv+relu+relu", false), ("conv+pool", "conv+pool+relu", false),
      ("conv+relu+bn+pool", "conv+pool+relu", true), ("conv+relu+bn+pool", "conv+pool+bn", false),
      ("conv+bn+relu", "conv+relu+bn", false), ("conv+relu+relu", "conv+relu+relu", true),
    ])
  func covers(pattern: String, block: String, expected: Bool) throws {
    let pattern = try #require(OperatorPattern(pattern))
    let block = try #require(OperatorPattern(block))
    #expect(pattern.covers(block) == expected)
  }

  @Test("Covering agrees with listing every part and every exchange of neighbours")
  func agreesWithBruteForce() throws {
    var generator = SplitMix64(seed: 7)
    let names = ["relu", "maxpool", "bn", "averagepool"]
    for _ in 0..<3_000 {
      let follow = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        names.randomElement(using: &generator)!
      }
      let wanted = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
        names.randomElement(using: &generator)!
      }
      let pattern = try #require(OperatorPattern((["conv"] + follow).joined(separator: "+")))
      let block = try #require(OperatorPattern((["conv"] + wanted).joined(separator: "+")))
      #expect(
        pattern.covers(block) == Self.exchanges(of: Self.parts(of: follow)).contains(wanted),
        "\(pattern) and \(block)")
    }
  }

  /// All subsequences.
  private static func parts(of list: [String]) -> Set<[String]> {
    list.reduce(into: [[]]) { parts, name in parts.formUnion(parts.map { $0 + [name] }) }
  }

  /// Everything that exchanges of a neighbouring ReLU and max-pool make of the lists.
  private static func exchanges(of lists: Set<[String]>) -> Set<[String]> {
    var all = lists
    var pending = Array(lists)
    while let list = pending.popLast() {
      for index in list.indices.dropFirst()
      where Set(list[index - 1...index]) == ["relu", "maxpool"] {
        var exchanged = list
        exchanged.swapAt(index - 1, index)
        if all.insert(exchanged).inserted { pending.append(exchanged) }
      }
    }
    return all
  }
}
