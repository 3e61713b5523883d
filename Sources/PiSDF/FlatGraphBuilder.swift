import Dataflow

/// Collects the actors and channels of a flattened graph.
///
/// Where a channel passes a level of the hierarchy it is cut at a junction; at the end the pieces
/// between two actors become one channel that holds the initial tokens of all of them.
struct FlatGraphBuilder {
  private var actors: [CSDFGraph.Actor] = []
  private var pieces: [Piece] = []
  private var junctionCount = 0
  private var entries = 0
  private var nameBytes = 0
  /// For each actor how often it goes through all its phases in an iteration of the top level.
  private(set) var repetitions: [Int64] = []

  /// The most actors.
  private static let actorLimit = 1_000_000
  /// The most entries of all lists of rates and times together.
  private static let entryLimit = 4_000_000
  /// The most bytes of all names together.
  private static let nameLimit = 1 << 28

  /// An end of a piece of a channel.
  enum End {
    /// A port of an actor with its rates for each phase.
    case actor(Int, port: String, rates: [Int64])
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
    guard actors.count < Self.actorLimit else {
      throw .tooLarge(quantity: "actors", limit: Self.actorLimit)
    }
    try include(entries: times.count, name: name)
    actors.append(CSDFGraph.Actor(name: name, executionTimes: times))
    repetitions.append(count)
    return actors.count - 1
  }

  mutating func connect(
    _ source: End, _ destination: End, tokens: Int64 = 0
  ) throws(PiSDFError) {
    for end in [source, destination] {
      guard case .actor(let actor, _, let rates) = end else { continue }
      try include(entries: rates.count, name: actors[actor].name)
    }
    pieces.append(Piece(source: source, destination: destination, tokens: tokens))
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
  func graph(name: String) throws(PiSDFError) -> CSDFGraph {
    var continuations: [Int?] = Array(repeating: nil, count: junctionCount)
    for (index, piece) in pieces.enumerated() {
      if case .junction(let junction) = piece.source { continuations[junction] = index }
    }
    var channels: [CSDFGraph.Channel] = []
    var names: Set<String> = []
    for piece in pieces {
      guard case .actor(let source, let sourcePort, let production) = piece.source else { continue }
      let start = "\(actors[source].name).\(sourcePort)"
      var (tokens, end) = (piece.tokens, piece.destination)
      while case .junction(let junction) = end, let index = continuations[junction] {
        let (sum, overflow) = tokens.addingReportingOverflow(pieces[index].tokens)
        if overflow {
          throw .rates(place: "channel \(start)", reason: "the initial tokens do not fit 64 bits")
        }
        (tokens, end) = (sum, pieces[index].destination)
      }
      guard case .actor(let destination, let port, let consumption) = end else { continue }
      var name = "\(start) -> \(actors[destination].name).\(port)"
      while !names.insert(name).inserted { name += "'" }
      channels.append(
        CSDFGraph.Channel(
          name: name, source: .init(source), destination: .init(destination),
          production: production, consumption: consumption, initialTokens: tokens))
    }
    do {
      return try CSDFGraph(name: name, actors: actors, channels: channels)
    } catch {
      throw .rates(place: "the flattened graph \"\(name)\"", reason: error.description)
    }
  }
}
