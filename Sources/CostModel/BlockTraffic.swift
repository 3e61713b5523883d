import NetworkModel
import ONNXFormat
import PlatformModel

/// The bytes a block moves through each port of its element, for one inference.
package struct BlockTraffic: Hashable, Sendable {
  package var inputs = 0
  package var weights = 0
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
    traffic.weights = weightBytes(of: id, in: graph, on: element) { $0.constantReads(of: $1) }
    guard block.steps.contains(where: { graph[$0.layer].kind != .placement }) else {
      traffic.outputs = traffic.weights
      return traffic
    }
    for port in block.ports { traffic.inputs += precision.bytes(port.type, .activation, entry) }
    for type in block.outputs { traffic.outputs += precision.bytes(type, .activation, entry) }
    return traffic
  }

  /// The bytes that a block's weights take where they lie, in the layout of the element. An inference
  /// may read less of them, as of a table.
  package func weightBytes(
    of id: BlockID, in graph: BlockGraph, on element: ElementID
  ) -> Int {
    weightBytes(of: id, in: graph, on: element) { $0.constants(of: $1).map(\.type) }
  }

  private func weightBytes(
    of id: BlockID, in graph: BlockGraph, on element: ElementID,
    _ constants: (Layer, LayerPart) -> [TensorType]
  ) -> Int {
    let entry = support(of: id, in: graph, on: element)
    let layout = platform[element].type.rounding?.weights
    return graph[id].steps.reduce(0) { sum, step in
      let layer = graph[step.layer]
      if let layout, let words = layer.words(of: step.part, layout) {
        let type = TensorType(layer.outputs[0].elementType, [words])
        return sum + precision.bytes(type, .weight, entry)
      }
      return constants(layer, step.part).reduce(sum) { $0 + precision.bytes($1, .weight, entry) }
    }
  }
}
