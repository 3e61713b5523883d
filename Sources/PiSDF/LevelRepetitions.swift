import Dataflow
import Diagnostics
import GraphAlgorithms

/// How often each node of a graph fires while the graph's actor fires once.
///
/// Method: the interface rules of Piat, Bhattacharyya, Raulet 2009, "Interface-based hierarchy for
/// synchronous data-flow graphs", SiPS, DOI 10.1109/SIPS.2009.5336240, section III: the repetition
/// vector of the graph without its interfaces, and that as often as it takes until each input
/// interface is read to its end and each output interface is filled. Parts of a graph that no
/// channel joins are scaled one by one.
struct LevelRepetitions {
  /// For each node its firings, 1 for interfaces.
  private(set) var firings: [Int64]
  private let level: GraphLevel

  init(_ level: GraphLevel) throws(PiSDFError) {
    self.level = level
    firings = level.graph.nodes.map { _ in 1 }
    let inner = level.graph.nodes.indices.filter { !level.graph.nodes[$0].isInterface }
    try checkZeroRates()
    guard !inner.isEmpty else {
      try checkExchanges()
      return
    }
    try balance(inner)
    try scale()
    try checkExchanges()
  }

  /// The tokens that pass through a port while the graph's actor fires once.
  func tokens(at end: PiSDFGraph.End) throws(PiSDFError) -> Int64 {
    let node = level.place(of: end).node
    let (tokens, overflow) = level.rate(end).multipliedReportingOverflow(by: firings[node])
    if overflow { throw .rates(place: place(end), reason: "the tokens do not fit 64 bits") }
    return tokens
  }

  private func place(_ end: PiSDFGraph.End) -> String {
    "actor \"\(level.prefix)\(end.node)\", port \"\(end.port)\""
  }

  /// The channels whose ends both belong to actors and carry tokens.
  private var innerChannels: [PiSDFGraph.Channel] {
    level.graph.channels.filter { channel in
      level.rate(channel.source) > 0 && !level.isInterface(channel.source)
        && !level.isInterface(channel.destination)
    }
  }

  private func checkZeroRates() throws(PiSDFError) {
    for channel in level.graph.channels {
      let (written, read) = (level.rate(channel.source), level.rate(channel.destination))
      guard (written == 0) == (read == 0) else {
        throw .rates(
          place: "channel \(level.prefix)\(channel.description)",
          reason: "the rates \(written) and \(read) never balance")
      }
    }
  }

  /// Solves the balance equations of the actors.
  private mutating func balance(_ inner: [Int]) throws(PiSDFError) {
    let ids = Dictionary(uniqueKeysWithValues: inner.enumerated().map { ($1, $0) })
    func id(_ end: PiSDFGraph.End) -> CSDFGraph.ActorID {
      .init(ids[level.place(of: end).node] ?? 0)
    }
    do {
      let graph = try CSDFGraph(
        name: level.graph.name,
        actors: inner.map { .init(name: level.graph.nodes[$0].name, executionTimes: [1]) },
        channels: innerChannels.map { channel in
          .init(
            name: channel.description, source: id(channel.source),
            destination: id(channel.destination), production: [level.rate(channel.source)],
            consumption: [level.rate(channel.destination)])
        })
      for (node, count) in zip(inner, try RepetitionVector(of: graph).cycles) {
        firings[node] = count
      }
    } catch {
      let name = level.prefix.isEmpty ? level.graph.name : String(level.prefix.dropLast())
      throw .rates(place: "graph \"\(name)\"", reason: error.description)
    }
  }

  /// Repeats each part until its interfaces balance.
  private mutating func scale() throws(PiSDFError) {
    var parts = DisjointSets(count: firings.count)
    for channel in innerChannels {
      parts.unite(
        level.place(of: channel.source).node, level.place(of: channel.destination).node)
    }
    var factors: [Int: Int64] = [:]
    for channel in level.graph.channels {
      for own in [channel.source, channel.destination] where level.isInterface(own) {
        let other = level.opposite(of: own)
        guard !level.isInterface(other), level.rate(own) > 0 else { continue }
        let node = level.place(of: other).node
        let (needed, tokens) = (level.rate(own), try tokens(at: other))
        let factor = needed / tokens + (needed % tokens == 0 ? 0 : 1)
        factors[parts.least(with: node), default: 1] = max(
          factors[parts.least(with: node)] ?? 1, factor)
      }
    }
    for own in level.exchangingEnds where !level.isInterface(own) && level.rate(own) > 0 {
      let (needed, tokens) = (level.exchange(at: own) ?? 0, try tokens(at: own))
      let factor = needed / tokens + (needed % tokens == 0 ? 0 : 1)
      let root = parts.least(with: level.place(of: own).node)
      factors[root] = max(factors[root] ?? 1, factor)
    }
    for node in firings.indices {
      let factor = factors[parts.least(with: node)] ?? 1
      let (count, overflow) = firings[node].multipliedReportingOverflow(by: factor)
      if overflow {
        throw .rates(
          place: "actor \"\(level.prefix)\(level.graph.nodes[node].name)\"",
          reason: "the firings do not fit 64 bits")
      }
      firings[node] = count
    }
  }
}

extension LevelRepetitions {
  /// Checks that what sets or gets the tokens of a delay moves just these in a firing of the graph.
  private func checkExchanges() throws(PiSDFError) {
    for own in level.exchangingEnds {
      let (needed, tokens) = (level.exchange(at: own) ?? 0, try tokens(at: own))
      guard needed == tokens else {
        throw .rates(
          place: place(own),
          reason: "it moves \(tokens) tokens in a firing of the graph, expected the \(needed) of "
            + "the delay that it sets or gets")
      }
    }
  }
}
