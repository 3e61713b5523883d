/// A cyclo-static dataflow graph: actors that fire in phases and channels that carry tokens between
/// them.
///
/// Model: Bilsen, Engels, Lauwereins, Peperstraete 1996, "Cycle-static dataflow", IEEE Transactions
/// on Signal Processing 44(2), DOI 10.1109/78.485935. A graph whose actors have one phase is a
/// synchronous dataflow graph. Every value of this type keeps the rules that
/// ``init(name:actors:channels:)`` checks.
package struct CSDFGraph: Hashable, Sendable {
  /// The name of the graph.
  package let name: String
  /// The actors in the order of their ids.
  package let actors: [Actor]
  /// The channels in the order of their ids.
  package let channels: [Channel]
  /// For each actor the number of phases: the least common multiple of the lengths of its lists.
  package let phaseCounts: [Int64]

  /// Makes a graph and checks that it is well formed.
  ///
  /// - Throws: ``DataflowError`` for no actors, a repeated name, an unknown actor, an empty list, a
  ///   negative value, rates that are all 0, or a phase count beyond 64 bits.
  /// - Complexity: O(*n*) for *n* list entries in all.
  package init(name: String, actors: [Actor], channels: [Channel]) throws(DataflowError) {
    guard !actors.isEmpty else { throw .noActors(graph: name) }
    try Self.checkNames(actors.map { .actor($0.name) })
    try Self.checkNames(channels.map { .channel($0.name) })
    for actor in actors { try actor.check() }
    for channel in channels { try channel.check(actorCount: actors.count) }
    self.name = name
    self.actors = actors
    self.channels = channels
    phaseCounts = try Self.phaseCounts(actors, channels)
  }
}

extension CSDFGraph {
  /// The position of an actor in ``CSDFGraph/actors``.
  package struct ActorID: Hashable, Sendable, Comparable {
    /// The position.
    package let index: Int

    /// The id of the actor at a position.
    package init(_ index: Int) { self.index = index }

    package static func < (a: ActorID, b: ActorID) -> Bool { a.index < b.index }
  }

  /// The position of a channel in ``CSDFGraph/channels``.
  package struct ChannelID: Hashable, Sendable, Comparable {
    /// The position.
    package let index: Int

    /// The id of the channel at a position.
    package init(_ index: Int) { self.index = index }

    package static func < (a: ChannelID, b: ChannelID) -> Bool { a.index < b.index }
  }

  /// The actor with an id of this graph.
  package subscript(id: ActorID) -> Actor { actors[id.index] }

  /// The channel with an id of this graph.
  package subscript(id: ChannelID) -> Channel { channels[id.index] }

  /// The number of phases of an actor.
  package func phaseCount(of id: ActorID) -> Int64 { phaseCounts[id.index] }
}

extension CSDFGraph {
  private static func checkNames(_ elements: [GraphElement]) throws(DataflowError) {
    var seen = Set<GraphElement>(minimumCapacity: elements.count)
    for element in elements where !seen.insert(element).inserted {
      throw .duplicateName(element: element)
    }
  }

  private static func phaseCounts(
    _ actors: [Actor], _ channels: [Channel]
  ) throws(DataflowError) -> [Int64] {
    var counts = actors.map { Int64($0.executionTimes.count) }
    func include(_ list: [Int64], _ id: ActorID) throws(DataflowError) {
      guard let count = leastCommonMultiple(counts[id.index], Int64(list.count)) else {
        throw .phaseCountOverflow(actor: actors[id.index].name)
      }
      counts[id.index] = count
    }
    for channel in channels {
      try include(channel.production, channel.source)
      try include(channel.consumption, channel.destination)
    }
    return counts
  }
}
