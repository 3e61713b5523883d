/// The least capacity at which the two ends of a channel can go on for ever, and the step in which
/// more capacity can make a difference.
///
/// Source: the lower bound of Adé, Lauwereins, Peperstraete 1997, "Data memory minimisation for
/// synchronous data flow graphs emulated on DSP-FPGA targets", DAC, which for one rate at each end
/// is *p + c − g + M0 mod g*; we differ in playing the ends against each other, which also gives the
/// bound for rates that change.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *p*, *c* | `production`, `consumption` |
/// | *g* | `step` |
/// | *M0* | `initialTokens` |
struct ChannelCapacity {
  /// The least capacity, initial tokens included.
  let least: Int64
  /// The greatest common divisor of all rates.
  let step: Int64

  /// - Throws: ``DataflowError`` where the rates take too long to repeat.
  init(of channel: CSDFGraph.Channel) throws(DataflowError) {
    step = (channel.production + channel.consumption).reduce(0) { greatestCommonDivisor($0, $1) }
    let cycle = try ChannelCycle(of: channel)
    let residues = min(cycle.production.count, cycle.divisor)
    let needed =
      try cycle.prefersResidues(residues, times: cycle.consumption.count, channel: channel.name)
      ? Self.byResidues(channel, cycle) : Self.byFirings(channel, cycle)
    least = max(channel.initialTokens, needed)
  }

  /// Before each write the reader has taken what it could: of the tokens in all, modulo one turn of
  /// the reader, those beyond what a number of its firings takes are left. The tokens run through
  /// all numbers that leave one residue of ``ChannelCycle/divisor``.
  private static func byResidues(_ channel: CSDFGraph.Channel, _ cycle: ChannelCycle) -> Int64 {
    var left: [Int64: Int64] = [:]
    func mostLeft(_ tokens: Int64) -> Int64 {
      let residue = remainder(tokens, cycle.divisor)
      if let known = left[residue] { return known }
      var most: Int64 = 0
      var taken: Int64 = 0
      for rate in channel.consumption where rate > 0 {
        let last = greatest(
          upTo: taken + rate - 1, congruentTo: residue, modulo: cycle.divisor)
        if last >= taken { most = max(most, last - taken) }
        taken += rate
      }
      left[residue] = most
      return most
    }
    var needed: Int64 = 0
    var tokens = channel.initialTokens % cycle.tokens
    for rate in channel.production {
      needed = max(needed, mostLeft(tokens) + rate)
      tokens += rate
    }
    return needed
  }

  /// Plays the ends against each other for a cycle; initial tokens for whole cycles change nothing.
  private static func byFirings(_ channel: CSDFGraph.Channel, _ cycle: ChannelCycle) -> Int64 {
    var tokens = channel.initialTokens % cycle.tokens
    var (needed, read): (Int64, Int64) = (0, 0)
    for written in 0..<cycle.sourceFirings {
      while tokens >= channel.consumption.cyclic(read) {
        tokens -= channel.consumption.cyclic(read)
        read += 1
      }
      tokens += channel.production.cyclic(written)
      needed = max(needed, tokens)
    }
    return needed
  }
}
