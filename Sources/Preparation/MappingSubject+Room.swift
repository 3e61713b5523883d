import CostModel
package import Diagnostics
package import MappingModel
package import NetworkModel
import Partitioning
import PlatformModel
import Quantities

extension MappingSubject {
  /// The blocks whose weights fit nowhere, so that no mapping can help.
  package func withoutRoom(_ rules: PlacementRules) -> [Violation] {
    problem.blocksWithoutRoom(rules).map { found in
      let isDivisible = network?.canBeSplit(BlockID(found.block)) ?? false
      return .impossible(
        reason: "block \(blockNames[found.block]): "
          + shortage(bytes: found.bytes, room: found.room, isDivisible))
    }
  }
}

extension PartitionRun {
  /// A warning for each block whose weights fit into the memory of no element that can run it.
  package func roomWarnings(of graph: BlockGraph) -> [Diagnostic] {
    guard let model else { return [] }
    return graph.blockIDs.compactMap { id in
      var found: (bytes: Int, room: Int)?
      for element in model.platform.elementIDs
      where model.cost(of: id, in: graph, on: element) != nil {
        let bytes = model.weightBytes(of: id, in: graph, on: element)
        guard let room = model.platform.weightRoom(of: element), bytes > room else { return nil }
        found = (min(found?.bytes ?? bytes, bytes), max(found?.room ?? room, room))
      }
      return found.map {
        Diagnostic(
          "block \(graph[id].name)",
          shortage(bytes: $0.bytes, room: $0.room, graph.canBeSplit(id)))
      }
    }
  }
}

extension Platform {
  /// The bytes of the memory that an element's weights lie in; nil for no limit.
  fileprivate func weightRoom(of element: ElementID) -> Int? {
    let unit = self[element]
    return unit.type.access == .copied
      ? unit.type.localMemory : memories[unit.dataMemory.index].capacity
  }
}

private func shortage(bytes: Int, room: Int, _ isDivisible: Bool) -> String {
  "its weights of \(UnitTable.size.rounded(Double(bytes))) fit into the memory of no element that it may "
    + "run on, \(UnitTable.size.rounded(Double(room))) at most; "
    + (isDivisible ? "splitting it makes them smaller" : "it cannot be split into smaller ones")
}
