/// A channel between two strictly periodic actors: how long its reader waits and how much it holds.
///
/// Source: as for ``StrictlyPeriodicSchedule``; a firing writes its tokens by its deadline and a
/// token's place is taken from the start of the writing firing to the deadline of the reading one.
/// The papers' *prd* and *cns* are ``ChannelCycle/production`` and ``ChannelCycle/consumption``.
struct PeriodicChannel {
  let name: String
  /// The least start of the reader minus the start of the writer; below 0 when initial tokens allow
  /// it.
  let startDelay: Int128
  /// The firings of the writer before it writes its first token.
  let emptyWrites: Int64
  /// The firings of the reader before it reads its first token.
  let emptyReads: Int64

  private let channel: CSDFGraph.Channel
  private let cycle: ChannelCycle
  private let writer: Task
  private let reader: Task

  private struct Task {
    var period: Int64
    var deadline: Int64
  }

  /// Measures a channel of a consistent graph.
  ///
  /// - Throws: ``DataflowError/starvedSelfEdge(channel:)`` or what ``ChannelCycle/init(of:)`` throws.
  /// - Complexity: O(*n*) for the *n* firings of the channel's cycle.
  init(_ channel: CSDFGraph.Channel, _ tasks: PeriodicTasks) throws(DataflowError) {
    self.channel = channel
    name = channel.name
    cycle = try ChannelCycle(of: channel)
    let (source, destination) = (channel.source.index, channel.destination.index)
    writer = Task(period: tasks.periods[source], deadline: tasks.deadlines[source])
    reader = Task(period: tasks.periods[destination], deadline: tasks.deadlines[destination])
    emptyWrites = cycle.production.leadingEmptyFirings
    emptyReads = cycle.consumption.leadingEmptyFirings
    if channel.isSelfEdge {
      guard cycle.isLiveSelfEdge else { throw .starvedSelfEdge(channel: name) }
      startDelay = 0
    } else {
      startDelay = Self.startDelay(cycle, writer, reader)
    }
  }

  /// The maximum over reader firings *l* of *(n(l) − 1)·T_i + D_i − l·T_j*, where *n(l)* is the
  /// least number of writer firings that gives enough tokens for the first *l + 1* reader firings.
  ///
  /// The expression has the same value one cycle later, so it is taken over the first cycle that
  /// initial tokens do not reach into. *n* grows with *l*, so one pass over both ends is enough.
  private static func startDelay(_ cycle: ChannelCycle, _ writer: Task, _ reader: Task) -> Int128 {
    let cycleTokens = cycle.production.tokens(after: cycle.sourceFirings)
    let skipped = cycle.initialTokens / cycleTokens + 1
    let missing = cycleTokens - cycle.initialTokens % cycleTokens
    var worst = Int64.min
    var writes: Int64 = 0
    for reads in 0..<cycle.destinationFirings {
      let needed = cycle.consumption.tokens(after: reads + 1) + missing
      while cycle.production.tokens(after: writes) < needed { writes += 1 }
      // The products are at most two iterations, which PeriodicTasks keeps far below the limit.
      worst = max(worst, (writes - 1) * writer.period + writer.deadline - reads * reader.period)
    }
    return Int128(worst)
      - Int128(skipped) * Int128(cycle.sourceFirings) * Int128(writer.period)
  }

  /// The most tokens that have a place at once when all actors start at the given times.
  ///
  /// With *n* writer firings started and *l(n)* reader firings ended at that moment it is the
  /// maximum of *prd(n) - cns(l(n))*. That grows until the reader first ends and repeats with the
  /// cycle after it, so whole cycles before that moment are skipped.
  ///
  /// - Complexity: O(*n*) for the *n* firings of the channel's cycle.
  func bufferSize(startTimes: [Int64]) throws(DataflowError) -> Int64 {
    if channel.isSelfEdge { return cycle.initialTokens }
    // Between actors that take no time a place is free only after the moment in which it is used.
    let hold = max(reader.deadline, writer.deadline == 0 ? 1 : 0)
    let firstEnd = Int128(startTimes[channel.destination.index]) + Int128(hold)
    let lead = firstEnd - Int128(startTimes[channel.source.index])
    let cycleTime = Int128(cycle.sourceFirings) * Int128(writer.period)
    let skipped = lead > 0 ? (lead - 1) / cycleTime : (lead - cycleTime) / cycleTime
    let held = mostTokensHeld(lead: Int64(lead - skipped * cycleTime), wasEmpty: skipped >= 0)
    let skippedTokens = skipped * Int128(cycle.production.tokens(after: cycle.sourceFirings))
    return try Int64(exactly: max(Int128(cycle.initialTokens), Int128(held) + skippedTokens))
      .orOverflow("buffer size of channel \"\(name)\"")
  }

  /// The most tokens over one cycle when the reader first ends `lead` after the writer's first
  /// start, at most one cycle; the moment just before counts only when the reader has indeed not
  /// ended before.
  private func mostTokensHeld(lead: Int64, wasEmpty: Bool) -> Int64 {
    let before = (lead - 1) / writer.period
    var most = wasEmpty ? cycle.production.tokens(after: before + 1) : 0
    for writes in before + 1...before + cycle.sourceFirings {
      let reads = (writes * writer.period - lead) / reader.period + 1
      let held = cycle.production.tokens(after: writes + 1) - cycle.consumption.tokens(after: reads)
      most = max(most, held)
    }
    return cycle.initialTokens + most
  }
}
