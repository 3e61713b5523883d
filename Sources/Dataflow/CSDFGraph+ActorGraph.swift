import GraphAlgorithms

extension CSDFGraph {
  /// The actors as nodes and the channels as edges, self-edges left out, with the channel of each
  /// edge.
  ///
  /// - Complexity: O(*A* + *C*) for *A* actors and *C* channels.
  package func actorGraph() -> (graph: DirectedGraph, channels: [ChannelID]) {
    let kept = channels.indices.filter { !channels[$0].isSelfEdge }
    let edges = kept.map { (channels[$0].source.index, channels[$0].destination.index) }
    return (DirectedGraph(nodeCount: actors.count, edges: edges), kept.map { ChannelID($0) })
  }
}
