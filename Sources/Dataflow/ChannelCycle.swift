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
  /// The tokens that pass in one cycle.
  let tokens: Int64
  /// The greatest common divisor of the tokens of one turn at each end: what the two ends have moved
  /// can differ by any number that leaves the same residue.
  let divisor: Int64

  /// The most steps over phases or firings; beyond it a call would take too long.
  static let stepLimit: Int64 = 200_000_000

  /// Measures the cycle of a channel of a consistent graph.
  ///
  /// - Throws: ``DataflowError/overflow(quantity:)`` when three cycles and the initial tokens do not fit
  ///   64 bits.
  init(of channel: CSDFGraph.Channel) throws(DataflowError) {
    let quantity = "tokens of channel \"\(channel.name)\""
    production = try CumulativeRates(channel.production).orOverflow(quantity)
    consumption = try CumulativeRates(channel.consumption).orOverflow(quantity)
    initialTokens = channel.initialTokens
    let divisor = greatestCommonDivisor(production.total, consumption.total)
    let (sourceTurns, readerTurns) = (consumption.total / divisor, production.total / divisor)
    let most =
      checkedProduct(production.total, sourceTurns).flatMap { checkedProduct($0, 4) }
      .flatMap { checkedSum($0, channel.initialTokens) }
    guard most != nil else { throw .overflow(quantity: quantity) }
    guard let writes = checkedProduct(sourceTurns, production.count),
      let reads = checkedProduct(readerTurns, consumption.count)
    else { throw .overflow(quantity: "firings of channel \"\(channel.name)\"") }
    sourceFirings = writes
    destinationFirings = reads
    tokens = production.total * sourceTurns
    self.divisor = divisor
  }

  /// Whether a look at the phases of one end for each of so many residues at the other is shorter
  /// than one at all firings of the cycle.
  ///
  /// - Throws: ``DataflowError/tooManySteps(channel:limit:)`` where both are too long.
  func prefersResidues(
    _ residues: Int64, times phases: Int64, channel: String
  ) throws(DataflowError) -> Bool {
    let steps = checkedProduct(residues, phases) ?? .max
    let walk = checkedSum(sourceFirings, destinationFirings) ?? .max
    guard min(steps, walk) <= Self.stepLimit else {
      throw .tooManySteps(channel: channel, limit: Self.stepLimit)
    }
    return steps <= walk
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
