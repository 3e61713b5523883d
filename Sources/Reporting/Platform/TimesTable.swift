package import CostModel
import Figures
package import NetworkModel
import PlatformModel
import Quantities

/// What blocks cost on elements, as the CSV table that ``MeasuredTimes`` reads.
package enum TimesTable {
  /// A line for each kind of block on each type of element that supports it.
  package static func text(_ graph: BlockGraph, _ model: CostModel) -> String {
    var table = Table(columns: MeasuredTimes.columns.map { Table.Column($0) })
    var seen: Set<String> = []
    for id in graph.blockIDs where !graph.isFree(id) {
      let signature = graph.signature(of: id)
      guard seen.insert(signature).inserted else { continue }
      for (name, cost) in costs(of: id, graph, model) {
        table.append([signature, name, seconds(cost), "\(cost.dynamicEnergy.value)"])
      }
    }
    return table.csv()
  }

  /// The seconds of a cost, as a text that reads back as the same ticks.
  private static func seconds(_ cost: BlockCost) -> String {
    let text = "\(cost.seconds.value)"
    return DecimalNumber(text)?.ratio?.ticks() == cost.ticks ? text : "\(cost.ticks)e-12"
  }

  /// The costs by type of element, by element where those of one type differ, as their ports may.
  private static func costs(
    of id: BlockID, _ graph: BlockGraph, _ model: CostModel
  ) -> [(name: String, cost: BlockCost)] {
    var types: [String] = []
    var costs: [String: [(String, BlockCost)]] = [:]
    for element in model.platform.elementIDs {
      guard let cost = model.cost(of: id, in: graph, on: element) else { continue }
      let type = model.platform[element].type.name
      if costs[type] == nil { types.append(type) }
      costs[type, default: []].append((model.platform[element].name, cost))
    }
    return types.flatMap { type -> [(name: String, cost: BlockCost)] in
      let found = costs[type] ?? []
      let isUniform = found.allSatisfy { $0.1 == found[0].1 }
      return isUniform ? [(type, found[0].1)] : found.map { (name: $0.0, cost: $0.1) }
    }
  }
}
