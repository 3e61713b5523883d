extension CSDFJSONFormat.Document {
  /// The file that describes a graph; ids are positions and the ports of an actor are in channel
  /// order.
  init(_ graph: CSDFGraph) throws(DataflowError) {
    let graph = try graph.writtenOut(limit: CSDFJSONFormat.entryLimit)
    var ports: [[CSDFJSONFormat.Port]] = Array(repeating: [], count: graph.actors.count)
    func add(_ type: String, _ rates: [Int64], to actor: CSDFGraph.ActorID) -> [Int] {
      let id = ports[actor.index].count
      ports[actor.index].append(CSDFJSONFormat.Port(id: id, type: type, rate: rates))
      return [actor.index, id]
    }
    edges = graph.channels.enumerated().map { index, channel in
      CSDFJSONFormat.Edge(
        id: index, name: channel.name, source: add("out", channel.production, to: channel.source),
        destination: add("in", channel.consumption, to: channel.destination),
        initialTokens: channel.initialTokens == 0 ? nil : channel.initialTokens,
        tokenSize: channel.tokenSize == 1 ? nil : channel.tokenSize)
    }
    nodes = graph.actors.enumerated().map { index, actor in
      CSDFJSONFormat.Node(
        id: index, name: actor.name, function: actor.function, length: graph.phaseCounts[index],
        times: actor.executionTimes, portCount: ports[index].count, ports: ports[index])
    }
    name = graph.name
    type = "csdf"
    nodeCount = nodes.count
    edgeCount = edges.count
  }
}

extension CSDFGraph {
  /// The same graph with every list as long as its actor has phases.
  ///
  /// - Throws: ``DataflowError/tooManyPhases(graph:limit:)`` when all lists together have more entries than the
  ///   limit.
  package func writtenOut(limit: Int64) throws(DataflowError) -> CSDFGraph {
    var entries = phaseCounts.reduce(Int128(0)) { $0 + Int128($1) }
    for channel in channels {
      entries += Int128(phaseCount(of: channel.source))
      entries += Int128(phaseCount(of: channel.destination))
    }
    guard entries <= Int128(limit) else {
      throw .tooManyPhases(graph: name, limit: limit)
    }
    func repeated(_ list: [Int64], for id: Int) -> [Int64] {
      Array(repeatElement(list, count: Int(phaseCounts[id]) / list.count).joined())
    }
    let actors = self.actors.enumerated().map { index, actor in
      Actor(
        name: actor.name, function: actor.function,
        executionTimes: repeated(actor.executionTimes, for: index))
    }
    let channels = self.channels.map { channel in
      Channel(
        name: channel.name, source: channel.source, destination: channel.destination,
        production: repeated(channel.production, for: channel.source.index),
        consumption: repeated(channel.consumption, for: channel.destination.index),
        initialTokens: channel.initialTokens, tokenSize: channel.tokenSize)
    }
    return try CSDFGraph(name: name, actors: actors, channels: channels)
  }
}
