/// How an element spends a stretch of time, in ticks that add up to all of it.
package struct ElementActivity: Hashable, Sendable, BitwiseCopyable {
  /// The ticks in which it computes.
  package var executing: Int64 = 0
  /// The ticks in which it moves data over links and memories.
  package var moving: Int64 = 0
  /// The ticks in which it waits for a link or a memory that others use.
  package var waitingForLinks: Int64 = 0
  /// The ticks in which none of its blocks has its tokens.
  package var waitingForTokens: Int64 = 0
  /// The ticks in which a block has its tokens, but no room for what it writes.
  package var waitingForRoom: Int64 = 0
  /// The ticks in which a block could start, but the sequence of the element asks for another one
  /// first.
  package var waitingForTurn: Int64 = 0
  /// The ticks of an element on which no block runs.
  package var idle: Int64 = 0

  /// No time at all.
  package init() {}

  /// The ticks in which it computes or moves.
  package var busy: Int64 { executing + moving }

  /// The ticks of the whole stretch.
  package var total: Int64 {
    executing + moving + waitingForLinks + waitingForTokens + waitingForRoom + waitingForTurn + idle
  }

  static func - (one: ElementActivity, other: ElementActivity) -> ElementActivity {
    var rest = one
    rest.executing -= other.executing
    rest.moving -= other.moving
    rest.waitingForLinks -= other.waitingForLinks
    rest.waitingForTokens -= other.waitingForTokens
    rest.waitingForRoom -= other.waitingForRoom
    rest.waitingForTurn -= other.waitingForTurn
    rest.idle -= other.idle
    return rest
  }
}

/// How elements spend the inferences between two numbers that had ended.
package struct ActivityProfile: Hashable, Sendable {
  /// The inferences, by the numbers that had ended before and after the window.
  package var inferences: Range<Int>
  /// The start and end of the window in ticks of 1 ps.
  package var window: Range<Int64>
  /// For each element of the platform how it spent the window.
  package var elements: [ElementActivity]
  /// How long blocks that had their tokens kept an element waiting for room in a channel, the longest first.
  package var stalls: [Stall]
  /// For each link, and each memory with a bandwidth, the ticks in which transfers held it.
  package var held: [Int64]
  /// The firings of each block that ended.
  package var firings: [Int]
  /// The highest sum of active powers at one instant of the window, in watts.
  package var peakActivePower: Double
  /// For each element, and behind them each link and memory with a bandwidth, by how much the share
  /// of the time that it is busy differs between both halves of a window that is no repetition; nil
  /// where it was not measured.
  package var drifts: [Double]?

  /// A block that had no room in a channel, in ticks of the window.
  package struct Stall: Hashable, Sendable {
    /// The index of the block in the graph.
    package var block: Int
    /// The index of the channel in the graph.
    package var channel: Int
    /// The ticks for which the element waited.
    package var ticks: Int64
  }

  /// The profile of an execution in which no inference ended.
  package static let nothing = ActivityProfile(
    inferences: 0..<0, window: 0..<0, elements: [], stalls: [], held: [], firings: [],
    peakActivePower: 0)

  /// The share of the time in which an element computes or moves.
  package func busyShare(ofElement element: Int) -> Double {
    let all = elements[element].total
    return all > 0 ? Double(elements[element].busy) / Double(all) : 0
  }

  /// The same in a longer time, in which the elements in use wait as much more.
  mutating func lengthen(to ticks: Int64, waiting: WritableKeyPath<ElementActivity, Int64>) {
    for index in elements.indices {
      let more = ticks - elements[index].total
      guard more > 0 else { continue }
      let isIdle = elements[index].idle > 0
      elements[index][keyPath: isIdle ? \.idle : waiting] += more
    }
  }
}
