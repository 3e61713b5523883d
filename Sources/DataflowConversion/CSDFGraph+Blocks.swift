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
    for (block, time) in zip(graph.blocks, ticks) {
      actors.append(
        Actor(name: block.name, function: block.functionName(in: graph), executionTimes: [time]))
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

extension Block {
  /// What the block computes, as its operators joined by `+`.
  package func functionName(in graph: BlockGraph) -> String {
    switch content {
    case .input: "Input"
    case .output: "Output"
    case .concatenation: "Concat"
    case .steps(let steps): steps.map { graph[$0.layer].node.opType }.joined(separator: "+")
    }
  }
}
