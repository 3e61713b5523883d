package import CostModel
package import Diagnostics
package import NetworkModel
import PlatformModel
import Quantities

/// The unmapped costs of blocks, remembered by name: a block that a split leaves alone costs the same.
package struct BlockCostTable: Sendable {
  /// The cost model of a platform; nil without one, where an operation takes a tick.
  package let model: CostModel?
  private var known: [String: UnmappedCost] = [:]

  /// An empty table for a cost model; nil means that an operation takes a tick.
  package init(_ model: CostModel?) { self.model = model }

  /// The cost of a block.
  ///
  /// - Throws: ``CostError``.
  package mutating func cost(of id: BlockID, in graph: BlockGraph) throws -> UnmappedCost {
    let name = graph[id].name
    if let cost = known[name] { return cost }
    let cost =
      try model?.unmappedCost(of: id, in: graph)
      ?? UnmappedCost(operations: graph.work(id).operations)
    known[name] = cost
    return cost
  }

  /// The costs of all blocks, in their order.
  ///
  /// - Throws: ``CostError``.
  package mutating func costs(of graph: BlockGraph) throws -> [UnmappedCost] {
    try graph.blockIDs.map { try cost(of: $0, in: graph) }
  }

  /// A warning for each operator that runs at the slowest rate because no element lists it.
  ///
  /// - Throws: ``CostError``.
  package mutating func fallbackWarnings(of graph: BlockGraph) throws -> [Diagnostic] {
    guard let platform = model?.platform else { return [] }
    var seen: Set<String> = []
    var warnings: [Diagnostic] = []
    for id in graph.blockIDs {
      let cost = try cost(of: id, in: graph)
      let operators = graph.operators(of: id)
      guard cost.isFallback, let element = cost.element, seen.insert(operators).inserted else {
        continue
      }
      warnings.append(
        Diagnostic(
          operators,
          "\(platform[element].name) does not list it and runs it at its slowest rate"))
    }
    return warnings
  }
}
