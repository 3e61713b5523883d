/// The least capacity at which the two ends of a channel can go on for ever, and the step in which
/// more capacity can make a difference.
///
/// Source: the lower bound of Adé, Lauwereins, Peperstraete 1997, "Data memory minimisation for
/// synchronous data flow graphs emulated on DSP-FPGA targets", DAC, which for one rate at each end
/// is *p + c − g + M0 mod g*; we differ in playing the ends against each other, which also gives the
/// bound for rates that change.
struct ChannelCapacity {
  /// The least capacity, initial tokens included.
  let least: Int64
  /// The greatest common divisor of all rates.
  let step: Int64

  /// - Throws: ``DataflowError`` where the rates take too long to repeat.
  init(of channel: CSDFGraph.Channel) throws(DataflowError) {
    step = (channel.production + channel.consumption).reduce(0) { greatestCommonDivisor($0, $1) }
    let cycle = try ChannelCycle(of: channel)
    var (tokens, least) = (channel.initialTokens, channel.initialTokens)
    var (written, read) = (Int64(0), Int64(0))
    func rate(_ rates: [Int64], _ firing: Int64) -> Int64 {
      rates[Int(firing % Int64(rates.count))]
    }
    // The initial tokens are used up before a cycle that shows every state.
    let turns = channel.initialTokens / max(1, cycle.consumption.total) + 2
    let end = (checkedProduct(turns, cycle.destinationFirings) ?? .max)
    guard end <= ChannelCycle.firingLimit else {
      throw .tooManyFirings(channel: channel.name, limit: ChannelCycle.firingLimit)
    }
    while read < end {
      let wanted = rate(channel.consumption, read)
      if tokens >= wanted {
        tokens -= wanted
        read += 1
      } else {
        tokens += rate(channel.production, written)
        written += 1
        least = max(least, tokens)
      }
    }
    self.least = least
  }
}
