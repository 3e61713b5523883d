package import NetworkModel
package import ONNXFormat
package import PlatformModel

/// The part of a constant that a block has in the memory of its weights.
package struct WeightPart: Hashable, Sendable {
  /// The region of the constant in the network's file.
  package var origin: TensorRegion
  /// Its size in bytes in the memory; 0 where an earlier tensor of the operator stands for it.
  package var bytes: Int
  /// Whether the element lays out the weights of the operator in its own way. The first of its tensors
  /// then stands for all, and only the very same part lies there once.
  package var isLaidOut: Bool
}

extension CostModel {
  /// The bytes that a block's weights take where they lie, in the layout of the element. An inference
  /// may read less of them, as of a table.
  package func weightBytes(
    of id: BlockID, in graph: BlockGraph, on element: ElementID
  ) -> Int {
    let parts = weightParts(of: id, in: graph, on: element)
    let laidOut = parts.filter(\.isLaidOut).reduce(0) { $0 + $1.bytes }
    return laidOut
      + RegionPieces.bytes(parts.filter { !$0.isLaidOut }.map { ($0.origin, $0.bytes) })
  }

  /// The constants of a block, the same part of the same constant once.
  package func weightParts(
    of id: BlockID, in graph: BlockGraph, on element: ElementID
  ) -> [WeightPart] {
    let entry = support(of: id, in: graph, on: element)
    var known: Set<TensorRegion> = []
    return graph[id].steps.flatMap { step -> [WeightPart] in
      let layer = graph[step.layer]
      let laidOut = laidOutBytes(of: step, layer, on: element, entry)
      return layer.constants(of: step.part).enumerated().compactMap { index, tensor in
        guard known.insert(tensor.origin).inserted else { return nil }
        let bytes = precision.bytes(tensor.type, .weight, entry)
        return WeightPart(
          origin: tensor.origin, bytes: laidOut.map { index == 0 ? $0 : 0 } ?? bytes,
          isLaidOut: laidOut != nil)
      }
    }
  }

  /// The bytes of an operator's weights where the element says how they are laid out.
  func laidOutBytes(
    of step: Block.Step, _ layer: Layer, on element: ElementID, _ entry: OperatorSupport?
  ) -> Int? {
    guard let layout = platform[element].type.rounding?.weights,
      let words = layer.words(of: step.part, layout)
    else { return nil }
    return precision.bytes(TensorType(layer.outputs[0].elementType, [words]), .weight, entry)
  }
}
