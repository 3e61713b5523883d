package import CostModel
import Figures
import NetworkModel
import PlatformModel
package import Preparation
import Quantities

/// The load report of a mapping, for people.
package enum LoadText {
  /// What is how busy for one inference, the busiest marked, and where each block runs.
  package static func text(_ network: MappedNetwork, _ load: MappingLoad) -> String {
    var shares = Table(columns: [
      Table.Column("busy"), Table.Column("what"), .number("per inference"),
      .number("of the period"),
    ])
    for share in load.shares {
      let part = load.period > .zero ? share.seconds.value / load.period.value : 0
      let percent = "\(DecimalText.fixed(part * 100, digits: 1)) %"
      shares.append([
        share.name, share.kind.rawValue, EngineeringNumber.text(share.seconds.value, unit: "s"),
        percent,
      ])
    }
    let period = EngineeringNumber.text(load.period.value, unit: "s")
    let bound = load.bound.map { ", bound by the \($0.kind.rawValue) \($0.name)" } ?? ""
    let head = "\nperiod of at least \(period)\(bound); precision \(network.model.precision)\n\n"
    return blocks(network) + head + shares.text()
  }

  private static func blocks(_ network: MappedNetwork) -> String {
    var table = Table(columns: [
      Table.Column("block"), Table.Column("operator"), Table.Column("element"), .number("time"),
      Table.Column("bound by"),
    ])
    for id in network.graph.blockIDs {
      guard let element = network.placement[id.index],
        let cost = network.model.cost(of: id, in: network.graph, on: element)
      else { continue }
      table.append([
        network.graph[id].name, network.graph.operators(of: id),
        network.model.platform[element].name, EngineeringNumber.text(cost.seconds.value, unit: "s"),
        cost.bound.rawValue,
      ])
    }
    return table.text()
  }
}
