import Dataflow

/// Which firings wait for which.
///
/// A channel keeps its reader waiting for tokens and, where it is bounded, its writer waiting for room. Both say
/// how many firings of one block must have ended before a firing of another starts, and that number grows
/// in a pattern that repeats: so that the engine counts firings, as in a marked graph (Commoner, Holt, Even and
/// Pnueli 1971), and no tokens. The slack of a dependence is how many firings more have ended than are
/// needed.
struct DependenceTables {
  let arena: Arena
  private(set) var count = 0
  /// Where the dependences of each block begin.
  let starts: UnsafeMutablePointer<Int32>
  /// The slack of each before anything has happened.
  let slacks: UnsafeMutablePointer<Int>
  /// By how much the slack falls with each firing that starts.
  let falls: UnsafeMutablePointer<SlackFalls>
  /// Whether every slack falls by 1 with each firing.
  let isSingleRate: Bool
  /// The channel of each dependence.
  let channels: [Int]
  /// For each channel the dependence of its reader and that of its writer, -1 for none.
  let tokens: UnsafeMutablePointer<Int32>
  let room: UnsafeMutablePointer<Int32>
  /// Where the credits of each block begin, and all of them.
  let creditStarts: UnsafeMutablePointer<Int32>
  let credits: UnsafeMutablePointer<EngineCredit>

  /// Falls of a slack that repeat.
  struct SlackFalls: BitwiseCopyable {
    var values: UnsafeMutablePointer<Int32>
    var position: Int32
    var period: Int32
  }

  /// What a channel is to a block that waits for it.
  private struct Dependence {
    var channel: Int
    var isRoom: Bool
    var waiting: Int
    var source: Int
    var pattern: SlackPattern
  }

  /// - Parameter channels: The channels in their new numbers, and of each whether it is endless and how much
  ///   it holds; nil where that has no bound.
  init(
    _ graph: CSDFGraph, channels: [(index: Int, isEndless: Bool, capacity: Int64?)], arena: Arena
  ) throws(SimulationError) {
    self.arena = arena
    let blocks = graph.actors.count
    var lists = [[Dependence]](repeating: [], count: blocks)
    var patterns = SlackPatterns()
    for isRoom in [false, true] {
      for (number, entry) in channels.enumerated() where !entry.isEndless {
        let channel = graph.channels[entry.index]
        guard !isRoom || entry.capacity != nil else { continue }
        let pattern = try patterns.pattern(channel, capacity: isRoom ? entry.capacity : nil)
        let (source, target) = (channel.source.index, channel.destination.index)
        lists[isRoom ? source : target].append(
          Dependence(
            channel: number, isRoom: isRoom, waiting: isRoom ? source : target,
            source: isRoom ? target : source, pattern: pattern))
      }
    }
    let all = lists.flatMap(\.self)
    count = all.count
    starts = arena.make(Self.starts(lists.map(\.count)))
    slacks = arena.make(all.map(\.pattern.slack))
    falls = arena.make(
      all.map {
        SlackFalls(
          values: arena.make($0.pattern.falls), position: 0, period: Int32($0.pattern.falls.count))
      })
    isSingleRate = all.allSatisfy { $0.pattern.falls == [1] }
    self.channels = all.map(\.channel)
    tokens = arena.make(channels.count, of: -1)
    self.room = arena.make(channels.count, of: -1)
    var given = [[EngineCredit]](repeating: [], count: blocks)
    for (number, dependence) in all.enumerated() {
      (dependence.isRoom ? self.room : tokens)[dependence.channel] = Int32(number)
      given[dependence.source].append(
        EngineCredit(dependence: Int32(number), block: Int32(dependence.waiting)))
    }
    creditStarts = arena.make(Self.starts(given.map(\.count)))
    credits = arena.make(given.flatMap(\.self))
  }

  /// For each block the first one that it is connected with, in a way that lets neither get far ahead.
  func connected(blocks: Int) -> [Int] {
    var roots = Array(0..<blocks)
    func root(_ block: Int) -> Int {
      var block = block
      while roots[block] != block {
        roots[block] = roots[roots[block]]
        block = roots[block]
      }
      return block
    }
    for source in 0..<blocks {
      for place in Int(creditStarts[source])..<Int(creditStarts[source + 1]) {
        let credit = credits[place]
        let isDead =
          falls[Int(credit.dependence)].period == 1
          && falls[Int(credit.dependence)].values[0] == 0
        guard !isDead else { continue }
        let (one, other) = (root(source), root(Int(credit.block)))
        roots[max(one, other)] = min(one, other)
      }
    }
    return roots.indices.map(root)
  }

  private static func starts(_ counts: [Int]) -> [Int32] {
    counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) }
  }
}

/// How the slack of a dependence begins, and how it falls.
struct SlackPattern {
  var slack: Int
  var falls: [Int32]

  /// The firings of a source that must have ended before each firing of who waits starts: as many as
  /// give, in sum, what its firings so far and this one take, beside an offset.
  ///
  /// - Parameters:
  ///   - given: What each phase of the source gives.
  ///   - taken: What each phase of who waits takes.
  ///   - offset: What is needed beyond that.
  ///   - limit: The most numbers that the pattern may have.
  /// - Returns: nil where the pattern is too long.
  init?(given: [Int64], taken: [Int64], offset: Int64, limit: Int) {
    let (sum, all) = (given.reduce(0, &+), taken.reduce(0, &+))
    guard sum > 0 else {
      // Nothing ever passes: what is missing is missing for ever.
      (slack, falls) = (offset > 0 ? Int.min / 4 : 0, [0])
      return
    }
    let rounds = sum / greatestCommonDivisor(sum, all == 0 ? sum : all)
    let (length, isLong) = Int64(taken.count).multipliedReportingOverflow(by: rounds)
    let (amounts, isLarge) = all.multipliedReportingOverflow(by: rounds)
    guard !isLong, !isLarge, length <= Int64(limit), amounts < .max / 4, abs(offset) < .max / 4
    else { return nil }
    let sums = given.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + $1) }
    func needed(_ amount: Int64) -> Int {
      let below = amount - 1
      let turns = below >= 0 ? below / sum : -((sum - 1 - below) / sum)
      let rest = below - turns * sum
      // The first phase whose sum is above the rest.
      var (low, high) = (1, given.count)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > rest { high = middle } else { low = middle + 1 }
      }
      return Int(turns) * given.count + low
    }
    var amount = offset + taken[0]
    var before = needed(amount)
    slack = -before
    falls = []
    falls.reserveCapacity(Int(length))
    for firing in 1...Int(length) {
      amount += taken[firing % taken.count]
      let now = needed(amount)
      guard let fall = Int32(exactly: now - before) else { return nil }
      falls.append(fall)
      before = now
    }
    if let first = falls.first, falls.allSatisfy({ $0 == first }) { falls = [first] }
  }
}

/// Patterns of channels, as long as all of them together fit in memory.
private struct SlackPatterns {
  private var left = 1 << 25

  mutating func pattern(
    _ channel: CSDFGraph.Channel, capacity: Int64?
  ) throws(SimulationError) -> SlackPattern {
    let (production, consumption) = (channel.production, channel.consumption)
    let pattern =
      if let capacity {
        SlackPattern(
          given: consumption, taken: production,
          offset: channel.initialTokens - min(capacity, 1 << 60), limit: left)
      } else {
        SlackPattern(
          given: production, taken: consumption, offset: -channel.initialTokens, limit: left)
      }
    guard let pattern else { throw .tooManyRates(channel: channel.name) }
    left -= pattern.falls.count
    return pattern
  }
}
