package import GraphAlgorithms

extension CSDFGraph {
  /// The actors as nodes and the channels as edges, self-edges left out, with the channel of each
  /// edge.
  ///
  /// - Complexity: O(*A* + *C*) for *A* actors and *C* channels.
  package func actorGraph() -> (graph: DirectedGraph, channels: [ChannelID]) {
    var (kept, edges): ([Int], [(source: Int, target: Int)]) = ([], [])
    kept.reserveCapacity(channels.count)
    edges.reserveCapacity(channels.count)
    for index in channels.indices {
      let (source, target) = (channels[index].source.index, channels[index].destination.index)
      guard source != target else { continue }
      kept.append(index)
      edges.append((source, target))
    }
    return (DirectedGraph(nodeCount: actors.count, edges: edges), kept.map { ChannelID($0) })
  }
}
