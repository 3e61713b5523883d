package import NetworkModel
import ONNXFormat
package import PlatformModel

extension CostModel {
  /// How an element computes a block, nil where nothing is computed.
  package func support(
    for id: BlockID, in graph: BlockGraph, on element: ElementID
  ) -> CoreType.Support? {
    let layers = graph[id].steps.map { graph[$0.layer] }.filter { !$0.onlyRearranges }
    guard let first = layers.first else { return nil }
    let type = first.valueTypes.first ?? first.outputs[0]
    return platform[element].type.support(
      for: layers.map(\.platformOperator), bits: precision.bits(of: type))
  }

  /// The entry of an element's list by which it computes a block, nil where nothing is computed.
  package func support(
    of id: BlockID, in graph: BlockGraph, on element: ElementID?
  ) -> OperatorSupport? {
    element.flatMap { support(for: id, in: graph, on: $0)?.entry }
  }

  /// The bytes of a block's weights and of the tensors it reads.
  ///
  /// - Parameter element: The element that gives the widths where the precision asks for them.
  package func memoryBytes(
    of id: BlockID, in graph: BlockGraph, on element: ElementID?
  ) -> Int {
    let support = support(of: id, in: graph, on: element)
    var bytes = RegionPieces.bytes(
      graph.constants(id).map { ($0.origin, precision.bytes($0.type, .weight, support)) })
    for port in graph[id].ports { bytes += precision.bytes(port.type, .activation, support) }
    return bytes
  }
}
