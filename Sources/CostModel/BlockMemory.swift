import NetworkModel
import PlatformModel

extension CostModel {
  /// The entry of an element's list by which it computes a block, nil where nothing is computed.
  package func support(
    of id: BlockID, in graph: BlockGraph, on element: ElementID?
  ) -> OperatorSupport? {
    guard let element else { return nil }
    let layers = graph[id].steps.map { graph[$0.layer] }.filter { !$0.onlyRearranges }
    return platform[element].support(for: layers.map(\.platformOperator)).entry
  }

  /// The bytes of a block's weights and of the tensors it reads.
  ///
  /// - Parameter element: The element that gives the widths where the precision asks for them.
  package func memoryBytes(
    of id: BlockID, in graph: BlockGraph, on element: ElementID?
  ) -> Int {
    let support = support(of: id, in: graph, on: element)
    var bytes = 0
    for tensor in graph.constants(id) { bytes += precision.bytes(tensor.type, .weight, support) }
    for port in graph[id].ports { bytes += precision.bytes(port.type, .activation, support) }
    return bytes
  }
}
