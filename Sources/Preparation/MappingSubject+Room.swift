package import MappingModel
import NetworkModel
import Partitioning
import Quantities

extension MappingSubject {
  /// The blocks whose weights fit nowhere, so that no mapping can help.
  package func withoutRoom(_ rules: PlacementRules) -> [Violation] {
    problem.blocksWithoutRoom(rules).map { found in
      let isDivisible = network?.canBeSplit(BlockID(found.block)) ?? false
      return .impossible(
        reason: "block \(blockNames[found.block]): its weights of "
          + "\(UnitTable.size.rounded(Double(found.bytes))) fit into the memory of no element that it may "
          + "run on, \(UnitTable.size.rounded(Double(found.room))) at most; "
          + (isDivisible
            ? "splitting it makes them smaller" : "it cannot be split into smaller ones"))
    }
  }
}
