package import Dataflow
import Escaping
package import NetworkModel
import ONNXFormat

/// Writes graphs in the DOT language of Graphviz (graphviz.org, "DOT Language").
package enum DOT {
  /// A graph of blocks; an edge is labelled with the elements it carries.
  package static func text(_ graph: BlockGraph) -> String {
    var lines = header(graph.name)
    for id in graph.blockIDs {
      let block = graph[id]
      let operations = graph.work(id).operations
      let label = [block.name, detail(id, graph), operations > 0 ? "\(operations) op" : ""]
        .filter { !$0.isEmpty }.joined(separator: "\n")
      let shape = block.isBoundary ? "ellipse" : block.isConcatenation ? "cds" : "box"
      lines.append("  b\(id.index) [label=\(label.dotQuoted), shape=\(shape)];")
    }
    for edge in graph.edges {
      let label = "\(graph.elements(edge.slice))".dotQuoted
      lines.append(
        "  b\(edge.slice.source.index) -> b\(edge.target.index) [label=\(label)];")
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// A CSDF graph; an edge is labelled with its rates and initial tokens.
  package static func text(_ graph: CSDFGraph) -> String {
    var lines = header(graph.name)
    for (index, actor) in graph.actors.enumerated() {
      let label = "\(actor.name)\n\(list(actor.executionTimes, graph.timeUnit.decimal))"
      lines.append("  a\(index) [label=\(label.dotQuoted), shape=circle];")
    }
    for channel in graph.channels {
      let tokens = channel.initialTokens > 0 ? " [\(channel.initialTokens)]" : ""
      let label = "\(list(channel.production)) → \(list(channel.consumption))\(tokens)"
      lines.append(
        "  a\(channel.source.index) -> a\(channel.destination.index) [label=\(label.dotQuoted)];")
    }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  static func header(_ name: String) -> [String] {
    ["digraph \(name.dotQuoted) {", "  rankdir=TB;", "  node [fontname=\"Helvetica\"];"]
  }

  private static func detail(_ id: BlockID, _ graph: BlockGraph) -> String {
    let block = graph[id]
    let operators = block.isBoundary ? "" : graph.operators(of: id)
    guard let type = block.outputs.first else { return operators }
    let shape = type.shape.map { "\($0)" }.joined(separator: "×")
    return operators.isEmpty ? shape : "\(operators) \(shape)"
  }

  private static func list(
    _ values: [Int64], _ text: (Int64) -> String = { "\($0)" }
  ) -> String {
    let shown = values.prefix(8).map(text).joined(separator: ",")
    return values.count > 8 ? "\(shown),… (\(values.count))" : shown
  }
}
