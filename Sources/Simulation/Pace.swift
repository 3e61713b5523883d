/// How often blocks run in a window of an execution.
///
/// Mostly every block runs once for each inference that ends. Parts of a graph that no channel connects may run more
/// often, or less, and so does a block that runs ahead as long as its channel has room.
package struct Pace: Hashable, Sendable {
  /// The inferences that end in the window.
  let inferences: Int
  /// The firings of each block in it; empty where every block runs for as many inferences as end.
  let firings: [Int]

  /// Every block runs once for each inference.
  static let even = Pace(inferences: 1, firings: [])

  var isEven: Bool { firings.isEmpty }

  private init(inferences: Int, firings: [Int]) {
    (self.inferences, self.firings) = (inferences, firings)
  }

  /// What was counted in a window.
  ///
  /// - Parameters:
  ///   - firings: Those of each block, nil where they do not matter.
  ///   - once: Those of each block in one inference.
  ///   - isExact: Whether the window is a repetition. In others a block may end somewhat further ahead than it
  ///     began, or less far, which says nothing of how often it runs.
  init(_ firings: [Int?], inferences: Int, once: [Int64], isExact: Bool) {
    let slack = isExact ? 0 : max(Self.leastSlack, inferences / Self.slackShare)
    var isEven = true
    let counted = firings.enumerated().map { block, count in
      let even = Int128(once[block]) * Int128(inferences)
      guard let count,
        (Int128(count) - even).magnitude > Int128(once[block]) * Int128(slack)
      else { return Int(clamping: even) }
      isEven = false
      return count
    }
    self = isEven || inferences == 0 ? .even : Pace(inferences: inferences, firings: counted)
  }

  private static let leastSlack = 4
  private static let slackShare = 50

  /// For how many inferences a block runs in the window.
  func runs(of block: Int, once: Int) -> Double { Double(firings[block]) / Double(max(1, once)) }

  /// What a block asks for in an inference, in all of the window; as much as fits 64 bits.
  @inline(__always)
  func total(_ amount: Int, of block: Int, once: Int) -> Int {
    guard !isEven else { return amount }
    return Int(clamping: Int128(amount) * Int128(firings[block]) / Int128(max(1, once)))
  }
}
