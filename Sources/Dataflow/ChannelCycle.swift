/// The least numbers of firings at both ends of a channel that leave its tokens as they were.
///
/// Whatever a strictly periodic schedule does on a channel repeats after one such cycle, which is
/// often far shorter than an iteration of the graph: one firing at each end when the rates are
/// equal.
struct ChannelCycle {
  let production: CumulativeRates
  let consumption: CumulativeRates
  let initialTokens: Int64
  /// The firings of the source in one cycle.
  let sourceFirings: Int64
  /// The firings of the destination in one cycle.
  let destinationFirings: Int64

  /// The longest cycle that is walked through; beyond it a call would take too long.
  static let firingLimit: Int64 = 50_000_000

  /// Measures the cycle of a channel of a consistent graph.
  ///
  /// - Throws: ``DataflowError/tooManyFirings(channel:limit:)`` or
  ///   ``DataflowError/overflow(quantity:)`` when three cycles and the initial tokens do not fit 64 bits.
  init(of channel: CSDFGraph.Channel) throws(DataflowError) {
    let tokens = "tokens of channel \"\(channel.name)\""
    production = try CumulativeRates(channel.production).orOverflow(tokens)
    consumption = try CumulativeRates(channel.consumption).orOverflow(tokens)
    initialTokens = channel.initialTokens
    let divisor = greatestCommonDivisor(production.total, consumption.total)
    let (sourceTurns, readerTurns) = (consumption.total / divisor, production.total / divisor)
    let most =
      checkedProduct(production.total, sourceTurns).flatMap { checkedProduct($0, 4) }
      .flatMap { checkedSum($0, channel.initialTokens) }
    guard most != nil else { throw .overflow(quantity: tokens) }
    guard let writes = checkedProduct(sourceTurns, production.count), writes <= Self.firingLimit,
      let reads = checkedProduct(readerTurns, consumption.count), reads <= Self.firingLimit
    else { throw .tooManyFirings(channel: channel.name, limit: Self.firingLimit) }
    sourceFirings = writes
    destinationFirings = reads
  }

  /// Whether an actor that never overlaps itself can fire for ever with this channel as a
  /// self-edge.
  var isLiveSelfEdge: Bool {
    let turns = leastCommonMultiple(production.count, consumption.count) ?? sourceFirings
    return (0..<turns).allSatisfy {
      initialTokens + production.tokens(after: $0) >= consumption.tokens(after: $0 + 1)
    }
  }
}
