import Figures
package import NetworkModel
import ONNXSchema

/// What `inspect --view neuron` shows to people.
package enum NeuronText {
  /// One row for the neurons of each operator.
  package static func text(_ neurons: NeuronGraph, _ graph: BlockGraph) -> String {
    var table = Table(columns: [
      Table.Column("block"), Table.Column("operator"), .number("nodes"), .number("edges in"),
      .number("edge ranges"),
    ])
    for group in neurons.groups {
      let block = graph[group.block]
      let kind = group.step.map { graph[block.steps[$0].layer].node.opType }
      table.append([
        block.name, kind ?? (block.isBoundary ? "–" : graph.operators(of: group.block)),
        "\(group.nodes.count)", "\(group.edgeCount)", "\(group.bundles.count)",
      ])
    }
    return table.text()
  }
}

extension NetworkSummary {
  /// Counts the neurons and their edges instead of the blocks and theirs, in all and block by block.
  package mutating func count(_ neurons: NeuronGraph, of graph: BlockGraph) {
    nodes = neurons.nodeCount
    edges = neurons.edgeCount
    var counts: [String: (nodes: Int, edges: Int)] = [:]
    for group in neurons.groups {
      let name = graph[group.block].name
      let old = counts[name] ?? (0, 0)
      counts[name] = (old.nodes + group.nodes.count, old.edges + group.edgeCount)
    }
    for index in blocks.indices {
      blocks[index].neurons = counts[blocks[index].name]?.nodes ?? 0
      blocks[index].edges = counts[blocks[index].name]?.edges ?? 0
    }
  }
}
