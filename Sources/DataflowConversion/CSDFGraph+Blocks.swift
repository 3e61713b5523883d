import Dataflow
import NetworkModel

extension CSDFGraph {
  /// Turns a graph of blocks into a CSDF graph in whole-tensor mode: one actor with one phase for
  /// each block, one channel for each slice that a block reads, a token for each element.
  ///
  /// After Minakova, Sapra, Stefanov, Pimentel 2020, "Combining task- and data-level parallelism for
  /// high-throughput CNN inference on embedded CPUs-GPUs MPSoCs", where a block is an actor.
  ///
  /// - Parameter ticks: The execution time of each block.
  /// - Throws: ``DataflowError`` where the graph breaks a rule of CSDF.
  /// - Complexity: O(blocks + slices).
  package init(_ graph: BlockGraph, ticks: [Int64]) throws(DataflowError) {
    var actors: [Actor] = []
    actors.reserveCapacity(graph.blocks.count)
    for (id, time) in zip(graph.blockIDs, ticks) {
      actors.append(
        Actor(name: graph[id].name, function: graph.operators(of: id), executionTimes: [time]))
    }
    let edges = graph.edges
    var channels: [Channel] = []
    channels.reserveCapacity(edges.count)
    for (index, edge) in edges.enumerated() {
      let tokens = Int64(graph.elements(edge.slice))
      channels.append(
        Channel(
          name: "e\(index)", source: ActorID(edge.slice.source.index),
          destination: ActorID(edge.target.index), production: [tokens], consumption: [tokens]))
    }
    try self.init(name: graph.name, actors: actors, channels: channels)
  }
}
