import GraphAlgorithms
import NetworkModel

extension BlockGraph {
  /// The graph with its blocks in topological order, as close to the order they have as possible.
  ///
  /// - Precondition: The graph has no cycle, which splits and merges keep.
  /// - Complexity: O(blocks + edges) where the order is topological already.
  func topologicallySorted() -> BlockGraph {
    let edges = edges.map { (source: $0.slice.source.index, target: $0.target.index) }
    if edges.allSatisfy({ $0.source < $0.target }) { return self }
    let sorted = DirectedGraph(nodeCount: blocks.count, edges: edges).topologicalOrder()
    guard case .order(let order) = sorted else {
      preconditionFailure("a split or merge made a cycle")
    }
    var position = [BlockID](repeating: BlockID(0), count: blocks.count)
    for (place, index) in order.enumerated() { position[index] = BlockID(place) }
    return reordered(order.map { BlockID($0) }, position)
  }

  /// The graph with only the blocks `kept`, in that order, their slices renumbered by `position`.
  func reordered(_ kept: [BlockID], _ position: [BlockID]) -> BlockGraph {
    var result = self
    result.blocks = kept.map { id in
      var block = self[id]
      for port in block.ports.indices {
        for slice in block.ports[port].slices.indices {
          let source = block.ports[port].slices[slice].source
          block.ports[port].slices[slice].source = position[source.index]
        }
      }
      return block
    }
    return result
  }
}
