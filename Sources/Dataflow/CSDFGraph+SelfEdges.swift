extension CSDFGraph {
  /// The graph with a self-edge of one token for each actor that has none, for formats in which the
  /// firings of an actor would overlap without.
  ///
  /// - Throws: ``DataflowError`` never for a graph that keeps its rules.
  package func withSequentialActors() throws(DataflowError) -> CSDFGraph {
    let sequential = Set(channels.filter(\.admitsOneFiring).map(\.source))
    var names = Set(channels.map(\.name))
    var selfEdges: [Channel] = []
    for index in actors.indices where !sequential.contains(ActorID(index)) {
      var name = "self of \(actors[index].name)"
      while !names.insert(name).inserted { name += "'" }
      selfEdges.append(
        Channel(
          name: name, source: ActorID(index), destination: ActorID(index), production: [1],
          consumption: [1], initialTokens: 1))
    }
    return try CSDFGraph(
      name: name, actors: actors, channels: channels + selfEdges, timeUnit: timeUnit)
  }
}
