/// A channel between two strictly periodic actors: how long its reader waits and how much it holds.
///
/// Source: as for ``StrictlyPeriodicSchedule``; a firing writes its tokens by its deadline and a
/// token's place is taken from the start of the writing firing to the deadline of the reading one.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *prd*, *cns* | ``ChannelCycle/production``, ``ChannelCycle/consumption`` |
/// | *T_i*, *T_j* | `period` of `writer` and of `reader` |
/// | *D_i*, *D_j* | `deadline` of `writer` and of `reader` |
/// | *b* | ``bufferSize(startTimes:)`` |
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
  private let writer: Timing
  private let reader: Timing

  private struct Timing {
    var period: Int64
    var deadline: Int64
  }

  /// Measures a channel of a consistent graph.
  ///
  /// - Throws: ``DataflowError/starvedSelfEdge(channel:)``, what ``ChannelCycle/init(of:)`` throws, or
  ///   ``DataflowError/tooManySteps(channel:limit:)``.
  /// - Complexity: O(*n*) for the *n* firings of the channel's cycle, or for the product of the phases
  ///   at both ends, whichever is less.
  init(_ channel: CSDFGraph.Channel, _ tasks: PeriodicTasks) throws(DataflowError) {
    self.channel = channel
    name = channel.name
    cycle = try ChannelCycle(of: channel)
    let (source, destination) = (channel.source.index, channel.destination.index)
    writer = Timing(period: tasks.periods[source], deadline: tasks.deadlines[source])
    reader = Timing(period: tasks.periods[destination], deadline: tasks.deadlines[destination])
    emptyWrites = cycle.production.leadingEmptyFirings
    emptyReads = cycle.consumption.leadingEmptyFirings
    if channel.isSelfEdge {
      guard cycle.isLiveSelfEdge else { throw .starvedSelfEdge(channel: name) }
      startDelay = 0
    } else {
      let residues = min(cycle.consumption.count, cycle.divisor)
      startDelay =
        try cycle.prefersResidues(residues, times: cycle.production.count, channel: name)
        ? Self.startDelayByResidues(channel, cycle, writer, reader)
        : Self.startDelay(cycle, writer, reader)
    }
  }

  /// The maximum over reader firings *l* of *(n(l) − 1)·T_i + D_i − l·T_j*, where *n(l)* is the
  /// least number of writer firings that gives enough tokens for the first *l + 1* reader firings.
  ///
  /// The expression has the same value one cycle later, so it is taken over the first cycle that
  /// initial tokens do not reach into. *n* grows with *l*, so one pass over both ends is enough.
  private static func startDelay(_ cycle: ChannelCycle, _ writer: Timing, _ reader: Timing)
    -> Int128
  {
    let (skipped, missing) = (cycle.skippedCycles, cycle.missingTokens)
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

  /// The same for each phase of the reader by itself. With *a* phases and *p* tokens in a turn of the
  /// writer, the last token *y* that a reader waits for is *r* beyond whole turns, in its phase *k*,
  /// so that *(n − 1)·T_i = a·T_i·(y − r)/p + k·T_i*. In *y* as in *l·T_j* a turn of the reader counts
  /// the same, and *r* runs through all numbers that leave one residue of ``ChannelCycle/divisor``.
  private static func startDelayByResidues(
    _ channel: CSDFGraph.Channel, _ cycle: ChannelCycle, _ writer: Timing, _ reader: Timing
  ) -> Int128 {
    let turn = Int128(cycle.production.count) * Int128(writer.period)
    let total = Int128(cycle.production.total)
    var latest: [Int64: Int128] = [:]
    func latestWriter(_ token: Int64) -> Int128 {
      let residue = remainder(token, cycle.divisor)
      if let known = latest[residue] { return known }
      var most = Int128.min
      var written: Int64 = 0
      for (phase, rate) in channel.production.enumerated() where rate > 0 {
        let rest = least(from: written, congruentTo: residue, modulo: cycle.divisor)
        written += rate
        guard rest < written else { continue }
        most = max(most, Int128(phase) * Int128(writer.period) * total - turn * Int128(rest))
      }
      latest[residue] = most
      return most
    }
    var worst = Int128.min
    var token = cycle.missingTokens - 1
    for (phase, rate) in channel.consumption.enumerated() {
      token += rate
      let wait = Int128(writer.deadline) - Int128(phase) * Int128(reader.period)
      worst = max(worst, latestWriter(token) + turn * Int128(token) + wait * total)
    }
    return worst / total
      - Int128(cycle.skippedCycles) * Int128(cycle.sourceFirings) * Int128(writer.period)
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
    let rest = Int64(lead - skipped * cycleTime)
    let turn = cycle.consumption.count * reader.period
    let divisor = greatestCommonDivisor(cycle.production.count * writer.period, turn)
    let residues = min(cycle.production.count, divisor)
    let held =
      try cycle.prefersResidues(residues, times: cycle.consumption.count, channel: name)
      ? mostTokensHeldByResidues(lead: rest, wasEmpty: skipped >= 0, divisor)
      : mostTokensHeld(lead: rest, wasEmpty: skipped >= 0)
    let skippedTokens = skipped * Int128(cycle.tokens)
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

  /// The same for each phase *k* of the writer by itself: *s* being the time since the reader last
  /// began a turn, the tokens of whole turns at both ends differ as *lead − k·T_i + s* does, which
  /// runs through all numbers that leave one residue of a divisor of the times of both turns.
  private func mostTokensHeldByResidues(lead: Int64, wasEmpty: Bool, _ divisor: Int64) -> Int64 {
    let turn = Int128(cycle.production.count) * Int128(writer.period)
    let total = Int128(cycle.production.total)
    var latest: [Int64: Int128] = [:]
    func mostUnread(_ time: Int64) -> Int128 {
      let residue = remainder(time, divisor)
      if let known = latest[residue] { return known }
      var most = Int128.min
      var (read, end): (Int64, Int64) = (0, 0)
      for rate in channel.consumption {
        read += rate
        end += reader.period
        let last = greatest(upTo: end - 1, congruentTo: residue, modulo: divisor)
        guard last >= end - reader.period else { continue }
        most = max(most, total * Int128(last) - turn * Int128(read))
      }
      latest[residue] = most
      return most
    }
    var most =
      wasEmpty ? Int128(cycle.production.tokens(after: (lead - 1) / writer.period + 1)) * turn : 0
    var (written, time): (Int64, Int64) = (0, 0)
    for rate in channel.production {
      written += rate
      let held = total * Int128(lead - time) + turn * Int128(written) + mostUnread(time - lead)
      most = max(most, held)
      time += writer.period
    }
    return cycle.initialTokens + Int64(most / turn)
  }
}

extension ChannelCycle {
  /// The cycles that the initial tokens reach into.
  fileprivate var skippedCycles: Int64 { initialTokens / tokens + 1 }

  /// The tokens that the last of these lacks.
  fileprivate var missingTokens: Int64 { tokens - initialTokens % tokens }
}
