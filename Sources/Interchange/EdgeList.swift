package import NetworkModel

/// Writes edges as comma-separated values, `source,target`, one edge a line, as graph tools read them.
package enum EdgeList {
  /// Writes the edges of a graph of blocks: one for each slice that a block reads.
  package static func write(_ graph: BlockGraph, to stream: inout some TextOutputStream) {
    stream.write("source,target\n")
    for edge in graph.edges {
      stream.write(line(graph[edge.slice.source].name, graph[edge.target].name))
    }
  }

  /// Writes the edges of the neuron view, each made when it is written.
  package static func write(
    _ neurons: NeuronGraph, of graph: BlockGraph, to stream: inout some TextOutputStream
  ) {
    stream.write("source,target\n")
    for bundle in neurons.bundles {
      let sources = neurons.group(of: bundle.producers.lowerBound)
      let targets = neurons.group(of: bundle.consumers.lowerBound)
      for edge in bundle.edges {
        stream.write(
          line(
            graph.name(ofNeuron: edge.source, in: sources),
            graph.name(ofNeuron: edge.target, in: targets)))
      }
    }
  }

  private static func line(_ source: String, _ target: String) -> String {
    "\(quoted(source)),\(quoted(target))\n"
  }

  /// A field, in quotes where RFC 4180, section 2, asks for them.
  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { ",\"\n\r".utf8.contains($0) }) else { return field }
    let scalars = field.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    var quoted = String.UnicodeScalarView()
    quoted.append(contentsOf: scalars)
    return "\"\(String(quoted))\""
  }
}
