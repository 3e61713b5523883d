import NetworkModel

extension BlockGraph {
  /// The network with every block that computes feature maps split into one part for each: its neuron
  /// view as blocks. Dense layers and what cannot be split by kernels stay whole.
  ///
  /// - Throws: ``ONNXError`` where neurons cannot be counted.
  /// - Complexity: O(heads of chains · (blocks + edges)).
  package func splittingIntoNeurons() throws -> PartitionedNetwork {
    let makers = Set(try NeuronGraph(self).groups.filter(\.hasMaps).map(\.block))
    var result = PartitionedNetwork(unsplit: self)
    for block in blockIDs where makers.contains(block) {
      let kernels = self[block].steps.first?.channels.count ?? 0
      guard let id = result.graph.block(named: self[block].name),
        result.graph.chainHead(of: id) == id,
        let parts = result.graph.possibleSplits(of: id, limit: kernels)[.kernels]?.last
      else { continue }
      result.splits.append(.init(block: self[block].name, parts: parts))
      result.graph = try result.graph.splitting(id, into: parts)
    }
    return result
  }
}
