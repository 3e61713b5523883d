extension CSDFGraph {
  /// A first-in first-out queue of tokens from one actor to another or to itself.
  package struct Channel: Hashable, Sendable {
    /// The name, unique among the channels of a graph.
    package let name: String
    /// The actor that writes the tokens.
    package let source: ActorID
    /// The actor that reads the tokens.
    package let destination: ActorID
    /// The tokens that each phase of the source writes; a list shorter than the phases is repeated.
    package let production: [Int64]
    /// The tokens that each phase of the destination reads; a list shorter than the phases is
    /// repeated.
    package let consumption: [Int64]
    /// The tokens that the queue holds at the start.
    package let initialTokens: Int64
    /// The size of one token in the unit of the application, 1 when tokens are only counted.
    package let tokenSize: Int64

    /// Makes a channel.
    package init(
      name: String, source: ActorID, destination: ActorID, production: [Int64],
      consumption: [Int64], initialTokens: Int64 = 0, tokenSize: Int64 = 1
    ) {
      self.name = name
      self.source = source
      self.destination = destination
      self.production = production
      self.consumption = consumption
      self.initialTokens = initialTokens
      self.tokenSize = tokenSize
    }
  }
}

extension CSDFGraph.Channel {
  /// Whether both ends are at the same actor.
  package var isSelfEdge: Bool { source == destination }

  func check(actorCount: Int) throws(DataflowError) {
    for end in [source, destination] where !(0..<actorCount).contains(end.index) {
      throw .unknownActor(channel: name, index: end.index, actorCount: actorCount)
    }
    try check(production, "production rates")
    try check(consumption, "consumption rates")
    try check(initialTokens, "number of initial tokens")
    try check(tokenSize, "token size")
  }

  private func check(_ rates: [Int64], _ list: String) throws(DataflowError) {
    guard !rates.isEmpty else { throw .emptyList(element: .channel(name), list: list) }
    for rate in rates { try check(rate, "rate") }
    guard rates.contains(where: { $0 > 0 }) else { throw .zeroRates(channel: name, list: list) }
  }

  private func check(_ value: Int64, _ quantity: String) throws(DataflowError) {
    guard value >= 0 else {
      throw .negativeValue(element: .channel(name), quantity: quantity, value: value)
    }
  }
}
