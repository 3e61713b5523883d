/// A cyclo-static dataflow graph: actors that fire in phases and channels that carry tokens between
/// them.
///
/// Model: Bilsen, Engels, Lauwereins, Peperstraete 1996, "Cycle-static dataflow", IEEE Transactions
/// on Signal Processing 44(2), DOI 10.1109/78.485935. A graph whose actors have one phase is a
/// synchronous dataflow graph. Every value of this type keeps the rules that
/// ``init(name:actors:channels:timeUnit:)`` checks.
package struct CSDFGraph: Hashable, Sendable {
  /// The name of the graph.
  package let name: String
  /// The actors in the order of their ids.
  package let actors: [Actor]
  /// The channels in the order of their ids.
  package let channels: [Channel]
  /// For each actor the number of phases: the least common multiple of the lengths of its lists.
  package let phaseCounts: [Int64]
  /// The unit that times are told in.
  package let timeUnit: TimeUnit

  /// Makes a graph and checks that it is well formed.
  ///
  /// - Throws: ``DataflowError`` for no actors, a repeated name, an unknown actor, an empty list, a
  ///   negative value, rates that are all 0, or more phases than ``entryLimit`` admits.
  /// - Complexity: O(*n*) for *n* list entries in all.
  package init(
    name: String, actors: [Actor], channels: [Channel], timeUnit: TimeUnit = .tick
  ) throws(DataflowError) {
    guard !actors.isEmpty else { throw .noActors(graph: name) }
    try Self.checkNames(actors.map { .actor($0.name) })
    try Self.checkNames(channels.map { .channel($0.name) })
    for actor in actors { try actor.check() }
    for channel in channels { try channel.check(actorCount: actors.count) }
    self.name = name
    self.actors = actors
    self.channels = channels
    self.timeUnit = timeUnit
    phaseCounts = try Self.phaseCounts(actors, channels)
  }
}

extension CSDFGraph {
  /// The position of an actor in ``CSDFGraph/actors``.
  package struct ActorID: Hashable, Sendable, Comparable {
    /// The position in the list of the graph.
    package let index: Int

    /// The id of the actor at a position.
    package init(_ index: Int) { self.index = index }

    /// Orders actors as their graph lists them.
    package static func < (a: ActorID, b: ActorID) -> Bool { a.index < b.index }
  }

  /// The position of a channel in ``CSDFGraph/channels``.
  package struct ChannelID: Hashable, Sendable, Comparable {
    /// The position in the list of the graph.
    package let index: Int

    /// The id of the channel at a position.
    package init(_ index: Int) { self.index = index }

    /// Orders channels as their graph lists them.
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
  /// The most entries of all lists together once each is as long as its actor has phases, which
  /// keeps an analysis of them within some hundred megabytes.
  package static let entryLimit: Int64 = 16_000_000

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
    var lists = actors.map { _ in Int64(1) }
    func include(_ list: [Int64], _ id: ActorID) throws(DataflowError) {
      lists[id.index] += 1
      guard let count = leastCommonMultiple(counts[id.index], Int64(list.count)),
        count <= entryLimit
      else { throw .tooManyActorPhases(actor: actors[id.index].name, limit: entryLimit) }
      counts[id.index] = count
    }
    for channel in channels {
      try include(channel.production, channel.source)
      try include(channel.consumption, channel.destination)
    }
    let entries = zip(counts, lists).map { Int128($0) * Int128($1) }
    if entries.reduce(0, +) > Int128(entryLimit), let most = entries.max(),
      let actor = entries.firstIndex(of: most)
    {
      throw .tooManyActorPhases(actor: actors[actor].name, limit: entryLimit)
    }
    return counts
  }
}
