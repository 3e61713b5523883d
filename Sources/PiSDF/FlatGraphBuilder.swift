/// Collects the actors and channels of a flattened graph.
///
/// Where a channel passes a level of the hierarchy it is cut at a junction; at the end the pieces
/// between two actors become one channel that holds the initial tokens of all of them.
struct FlatGraphBuilder {
  private var flat = FlatGraph()
  private var pieces: [Piece] = []
  private var junctionCount = 0
  private var entries = 0
  private var nameBytes = 0

  /// The most actors.
  static let actorLimit = 1_000_000
  /// The most entries of all lists of rates and times together.
  static let entryLimit = 4_000_000
  /// The most bytes of all names together.
  static let nameLimit = 1 << 28

  /// An end of a piece of a channel.
  enum End {
    /// A port of an actor with its rates for each phase.
    case actor(FlatGraph.End)
    /// Where the channel goes on in another level.
    case junction(Int)
  }

  private struct Piece {
    let source: End
    let destination: End
    let tokens: Int64
  }

  mutating func junction() -> Int {
    junctionCount += 1
    return junctionCount - 1
  }

  mutating func actor(
    _ name: String, times: [Int64], repetitions count: Int64
  ) throws(PiSDFError) -> Int {
    guard flat.actors.count < Self.actorLimit else {
      throw .tooLarge(quantity: "actors", limit: Self.actorLimit)
    }
    try include(entries: times.count, name: name)
    flat.actors.append(.init(name: name, times: times, repetitions: count))
    return flat.actors.count - 1
  }

  mutating func connect(
    _ source: End, _ destination: End, tokens: Int64 = 0
  ) throws(PiSDFError) {
    for end in [source, destination] {
      guard case .actor(let end) = end else { continue }
      try include(end)
    }
    pieces.append(Piece(source: source, destination: destination, tokens: tokens))
  }

  /// Joins two actors for the tokens that live within a window.
  mutating func connect(
    _ source: FlatGraph.End, _ destination: FlatGraph.End, within window: FlatGraph.Window
  ) throws(PiSDFError) {
    for end in [source, destination] { try include(end) }
    flat.channels.append(
      .init(source: source, destination: destination, tokens: 0, window: window))
  }

  private mutating func include(_ end: FlatGraph.End) throws(PiSDFError) {
    try include(entries: end.rates.count, name: flat.actors[end.actor].name)
  }

  private mutating func include(entries count: Int, name: String) throws(PiSDFError) {
    entries += count
    nameBytes += name.utf8.count
    guard entries <= Self.entryLimit else {
      throw .tooLarge(quantity: "list entries", limit: Self.entryLimit)
    }
    guard nameBytes <= Self.nameLimit else {
      throw .tooLarge(quantity: "bytes of names", limit: Self.nameLimit)
    }
  }
}

extension FlatGraphBuilder {
  /// The flattened graph. A ring of junctions, through which no actor sends, is left out.
  func graph() throws(PiSDFError) -> FlatGraph {
    var continuations: [Int?] = Array(repeating: nil, count: junctionCount)
    for (index, piece) in pieces.enumerated() {
      if case .junction(let junction) = piece.source { continuations[junction] = index }
    }
    var graph = flat
    for piece in pieces {
      guard case .actor(let source) = piece.source else { continue }
      var (tokens, end) = (piece.tokens, piece.destination)
      while case .junction(let junction) = end, let index = continuations[junction] {
        let (sum, overflow) = tokens.addingReportingOverflow(pieces[index].tokens)
        if overflow {
          throw .rates(
            place: "channel \(flat.name(of: source))",
            reason: "the initial tokens do not fit 64 bits")
        }
        (tokens, end) = (sum, pieces[index].destination)
      }
      guard case .actor(let destination) = end else { continue }
      graph.channels.append(.init(source: source, destination: destination, tokens: tokens))
    }
    return graph
  }
}
