import Escaping
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
    "\(source.csvField),\(target.csvField)\n"
  }
}
