package import NetworkModel
import ONNXFormat
package import PlatformModel

/// The bytes a block moves through each port of its element, for one inference.
package struct BlockTraffic: Hashable, Sendable {
  /// The bytes of what the block reads.
  package var inputs = 0
  /// The bytes of its weights.
  package var weights = 0
  /// The bytes of what it writes.
  package var outputs = 0

  /// The bytes of all ports.
  package var total: Int { inputs + weights + outputs }
}

extension CostModel {
  /// The bytes that a block moves on an element.
  ///
  /// What places values side by side moves nothing within one memory: they are written there in the
  /// first place. Constants among them are brought there in every inference.
  package func traffic(
    of id: BlockID, in graph: BlockGraph, on element: ElementID
  ) -> BlockTraffic {
    let block = graph[id]
    guard !graph.isFree(id) else { return BlockTraffic() }
    let entry = support(of: id, in: graph, on: element)
    var traffic = BlockTraffic()
    traffic.weights = readWeightBytes(of: id, in: graph, on: element, entry)
    guard block.steps.contains(where: { graph[$0.layer].kind != .placement }) else {
      traffic.outputs = traffic.weights
      return traffic
    }
    for port in block.ports { traffic.inputs += precision.bytes(port.type, .activation, entry) }
    for type in block.outputs { traffic.outputs += precision.bytes(type, .activation, entry) }
    return traffic
  }

  private func readWeightBytes(
    of id: BlockID, in graph: BlockGraph, on element: ElementID, _ entry: OperatorSupport?
  ) -> Int {
    graph[id].steps.reduce(0) { sum, step in
      let layer = graph[step.layer]
      if let bytes = laidOutBytes(of: step, layer, on: element, entry) { return sum + bytes }
      return layer.constantReads(of: step.part).reduce(sum) {
        $0 + precision.bytes($1, .weight, entry)
      }
    }
  }
}
