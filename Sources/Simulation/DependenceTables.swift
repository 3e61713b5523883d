import Dataflow
import Diagnostics
import GraphAlgorithms

/// Which firings wait for which.
///
/// A channel keeps its reader waiting for tokens and, where it is bounded, its writer waiting for room.
/// Both say how many firings of one block must have ended before a firing of another starts, and that
/// number grows in a pattern that repeats: so that the engine counts firings, as in a marked graph
/// (Commoner, Holt, Even and Pnueli 1971, "Marked directed graphs", Journal of Computer and System Sciences
/// 5), and no tokens.
struct DependenceTables {
  let count: Int
  /// Where the dependences of each block begin.
  let starts: UnsafeMutablePointer<Int32>
  /// Them, counting the firings of the other block.
  let list: UnsafeMutablePointer<EngineDependence>
  /// What they need for the first firing.
  let needs: UnsafeMutablePointer<EngineNeed>
  /// Whether each firing needs one firing more.
  let isSingleRate: Bool
  /// The channel of each dependence.
  let channels: [Int]
  /// For each channel the dependence of its reader and that of its writer, -1 for none.
  let tokens: UnsafeMutablePointer<Int32>
  let room: UnsafeMutablePointer<Int32>

  /// What a channel is to a block that waits for it.
  private struct Dependence {
    var channel: Int
    var isRoom: Bool
    var source: Int
    var pattern: NeedPattern
  }

  /// - Parameter channels: The channels in their new numbers, and of each whether it is endless and how much
  ///   it holds; nil where that has no bound.
  init(
    _ graph: CSDFGraph, channels: [(index: Int, isEndless: Bool, capacity: Int64?)], arena: Arena
  ) throws(SimulationError) {
    let blocks = graph.actors.count
    var lists = [[Dependence]](repeating: [], count: blocks)
    var patterns = NeedPatterns()
    for isRoom in [false, true] {
      for (number, entry) in channels.enumerated() where !entry.isEndless {
        let channel = graph.channels[entry.index]
        guard !isRoom || entry.capacity != nil else { continue }
        let pattern = try patterns.pattern(channel, capacity: isRoom ? entry.capacity : nil)
        let (source, target) = (channel.source.index, channel.destination.index)
        lists[isRoom ? source : target].append(
          Dependence(
            channel: number, isRoom: isRoom, source: isRoom ? target : source, pattern: pattern))
      }
    }
    let all = lists.flatMap(\.self)
    count = all.count
    starts = arena.make(Self.starts(lists.map(\.count)))
    list = arena.make(all.map { EngineDependence(counter: $0.source, first: $0.pattern.first) })
    needs = arena.make(
      all.map {
        EngineNeed(
          count: $0.pattern.first, rises: arena.make($0.pattern.rises), position: 0,
          period: Int32($0.pattern.rises.count))
      })
    isSingleRate = all.allSatisfy { $0.pattern.rises == [1] }
    self.channels = all.map(\.channel)
    tokens = arena.make(channels.count, of: -1)
    self.room = arena.make(channels.count, of: -1)
    for (number, dependence) in all.enumerated() {
      (dependence.isRoom ? self.room : tokens)[dependence.channel] = Int32(number)
    }
  }

  /// For each block the first one that it is connected with, in a way that lets neither get far ahead.
  func connected(blocks: Int) -> [Int] {
    var parts = DisjointSets(count: blocks)
    for block in 0..<blocks {
      for place in Int(starts[block])..<Int(starts[block + 1])
      where needs[place].period > 1 || needs[place].rises[0] > 0 {
        parts.unite(block, list[place].counter)
      }
    }
    return parts.leastMembers()
  }

  private static func starts(_ counts: [Int]) -> [Int32] {
    counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int32($1)) }
  }
}

/// The firings of a source that must have ended before each firing of who waits for it.
struct NeedPattern {
  /// Before the first firing; below 1 where it need not wait.
  var first: Int
  /// How many more before each of the next firings, in a row that repeats.
  var rises: [Int32]

  /// As many as give, in sum, what all firings up to that one take, beside an offset.
  ///
  /// - Parameters:
  ///   - given: What each phase of the source gives.
  ///   - taken: What each phase of who waits takes.
  ///   - offset: What is needed beyond that.
  ///   - limit: The most numbers that the pattern may have.
  /// - Throws: ``NeedPattern/Fault``.
  init(given: [Int64], taken: [Int64], offset: Int128, limit: Int) throws(Fault) {
    func total(_ rates: [Int64]) -> Int128 { rates.reduce(Int128(0)) { $0 + Int128($1) } }
    let (sum, all) = (total(given), total(taken))
    guard sum > 0 else {
      // Nothing ever passes: what is missing is missing for ever.
      (first, rises) = (offset > 0 ? Int.max / 4 : 0, [0])
      return
    }
    let rounds = sum / greatestCommonDivisor(sum, all == 0 ? sum : all)
    let (length, isLong) = Int128(taken.count).multipliedReportingOverflow(by: rounds)
    guard !isLong, length <= Int128(limit) else { throw .long }
    let sums = given.reduce(into: [Int128(0)]) { $0.append($0[$0.count - 1] + Int128($1)) }
    func needed(_ amount: Int128) -> Int128 {
      let below = amount - 1
      let turns = below >= 0 ? below / sum : -((sum - 1 - below) / sum)
      let rest = below - turns * sum
      // The first phase whose sum is above the rest.
      var (low, high) = (1, given.count)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > rest { high = middle } else { low = middle + 1 }
      }
      return turns * Int128(given.count) + Int128(low)
    }
    var amount = offset + Int128(taken[0])
    var before = needed(amount)
    guard before < Self.most else { throw .large }
    // Room for more firings than there ever are is no less than room for all.
    first = Int(max(before, -Self.most))
    rises = []
    rises.reserveCapacity(Int(length))
    for firing in 1...Int(length) {
      amount += Int128(taken[firing % taken.count])
      let now = needed(amount)
      guard let rise = Int32(exactly: now - before) else { throw .large }
      rises.append(rise)
      before = now
    }
    if let even = rises.first, rises.allSatisfy({ $0 == even }) { rises = [even] }
  }

  /// Firings that no execution reaches.
  private static let most = Int128(1) << 60

  /// Why there is no pattern.
  enum Fault: Error {
    /// It repeats too late.
    case long
    /// A firing waits for too many others.
    case large
  }
}

/// Patterns of channels, as long as all of them together fit in memory.
private struct NeedPatterns {
  private var left = 1 << 25

  mutating func pattern(
    _ channel: CSDFGraph.Channel, capacity: Int64?
  ) throws(SimulationError) -> NeedPattern {
    let (production, consumption) = (channel.production, channel.consumption)
    let tokens = Int128(channel.initialTokens)
    do {
      let pattern =
        if let capacity {
          try NeedPattern(
            given: consumption, taken: production, offset: tokens - Int128(capacity), limit: left)
        } else {
          try NeedPattern(given: production, taken: consumption, offset: -tokens, limit: left)
        }
      left -= pattern.rises.count
      return pattern
    } catch .long {
      throw .tooManyRates(channel: channel.name)
    } catch {
      throw .tooManyFirings(channel: channel.name)
    }
  }
}
