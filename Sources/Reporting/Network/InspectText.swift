package import CostModel
import Figures
package import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
package import Preparation
import Quantities

/// What `inspect` shows to people.
package enum InspectText {
  /// The size of a network, and its blocks with their costs where a platform is given.
  package static func text(
    _ source: NetworkSource, _ summary: NetworkSummary, _ graph: BlockGraph, _ model: CostModel?,
    neurons: NeuronGraph? = nil
  ) -> String {
    let facts: [(String, String)] = [
      ("network", source.path),
      (
        "layers",
        "\(summary.layers) operators: \(number(summary.macs, "MAC")), "
          + "\(number(summary.operations, "op")), \(summary.parameters) parameters, "
          + number(summary.weightBytes, "B")
      ),
      (
        neurons == nil ? "blocks" : "neurons",
        "\(summary.nodes) nodes and \(summary.edges) edges, as listed below"
      ),
      (
        "inputs",
        source.resolved.inputs.map { "\($0.name) \($0.type.text)" }.joined(separator: ", ")
      ),
      ("outputs", summary.outputs.map { "\($0.name) \(shape($0.shape))" }.joined(separator: ", ")),
    ]
    let width = facts.map(\.0.count).max() ?? 0
    let head = facts.map { name, value in
      "\(name)\(String(repeating: " ", count: width - name.count))  \(value)\n"
    }
    if let neurons { return head.joined() + "\n" + NeuronText.text(neurons, graph) }
    let table = table(graph, model)
    let legend =
      table.rows.contains { $0.contains { $0.hasSuffix("*") } }
      ? "\n* the element does not list the operator and runs it at its slowest rate\n" : ""
    return head.joined() + "\n" + table.text() + legend
  }

  /// One row per block; with a platform a column per element, a dash where it lacks the operator.
  private static func table(_ graph: BlockGraph, _ model: CostModel?) -> Table {
    var columns = [
      Table.Column("block"), Table.Column("alias"), Table.Column("operator"),
      Table.Column("output"),
      .number("MACs"), .number("operations"), .number("weights"),
    ]
    for element in model?.platform.elements ?? [] { columns.append(.number(element.name)) }
    var table = Table(columns: columns)
    for id in graph.blockIDs {
      let block = graph[id]
      let kind = block.isBoundary ? "–" : graph.operators(of: id)
      let alias = block.steps.count == 1 ? graph.alias(of: id) ?? "" : ""
      let weights = graph.parameters([id])
      var row = [
        block.name, alias, kind, (block.outputs.first ?? block.ports[0].type).text,
        "\(graph.work(id).macs)", "\(graph.work(id).operations)", "\(weights)",
      ]
      for element in model?.platform.elementIDs.map({ $0 }) ?? [] {
        row.append(cell(id, graph, model, element))
      }
      table.append(row)
    }
    return table
  }

  private static func cell(
    _ id: BlockID, _ graph: BlockGraph, _ model: CostModel?, _ element: ElementID
  ) -> String {
    if graph[id].steps.isEmpty { return "" }
    guard let cost = model?.cost(of: id, in: graph, on: element) else { return "lacks it" }
    if cost.bound == .nothing { return "0 s" }
    let slow = cost.isFallback ? " *" : ""
    return "\(EngineeringNumber.text(cost.seconds.value, unit: "s")) \(cost.bound.rawValue)\(slow)"
  }

  private static func number(_ value: Int, _ unit: String) -> String {
    EngineeringNumber.text(Double(value), unit: unit)
  }

  private static func shape(_ shape: [Int]) -> String {
    shape.map { "\($0)" }.joined(separator: "×")
  }
}
