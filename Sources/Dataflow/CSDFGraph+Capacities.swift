extension CSDFGraph {
  /// The graph with a channel of free places against each channel that is not a self-edge.
  ///
  /// Source: Stuijk, Geilen, Basten 2008, "Throughput-buffering trade-off exploration for
  /// cyclo-static and synchronous dataflow graphs", IEEE Transactions on Computers 57(10), DOI
  /// 10.1109/TC.2008.58, section 3.
  ///
  /// - Throws: ``DataflowError`` when the capacities do not fit the graph.
  package func bounded(by capacities: [Int64]) throws(DataflowError) -> CSDFGraph {
    guard capacities.count == channels.count else {
      throw .capacityCount(found: capacities.count, channelCount: channels.count)
    }
    var names = Set(channels.map(\.name))
    var places: [Channel] = []
    for (channel, capacity) in zip(channels, capacities) where !channel.isSelfEdge {
      guard capacity >= channel.initialTokens else {
        throw .capacityBelowTokens(
          channel: channel.name, capacity: capacity, initialTokens: channel.initialTokens)
      }
      var name = "places of \(channel.name)"
      while !names.insert(name).inserted { name += "'" }
      places.append(
        Channel(
          name: name, source: channel.destination, destination: channel.source,
          production: channel.consumption, consumption: channel.production,
          initialTokens: capacity - channel.initialTokens))
    }
    return try CSDFGraph(
      name: name, actors: actors, channels: channels + places, timeUnit: timeUnit)
  }
}
