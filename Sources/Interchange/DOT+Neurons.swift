import Escaping
package import NetworkModel

extension DOT {
  /// Writes the neuron view: a box around the neurons of each operator, and every edge, each made when
  /// it is written.
  package static func write(
    _ neurons: NeuronGraph, of graph: BlockGraph, to stream: inout some TextOutputStream
  ) {
    for line in header(graph.name) { stream.write("\(line)\n") }
    for (index, group) in neurons.groups.enumerated() {
      let block = graph[group.block]
      stream.write("  subgraph cluster\(index) {\n    label=\(block.name.dotQuoted);\n")
      let shape = group.hasMaps ? "circle" : block.isBoundary ? "ellipse" : "box"
      for node in group.nodes {
        let label = graph.name(ofNeuron: node, in: group).dotQuoted
        stream.write("    n\(node) [label=\(label), shape=\(shape)];\n")
      }
      stream.write("  }\n")
    }
    for edge in neurons.edges { stream.write("  n\(edge.source) -> n\(edge.target);\n") }
    stream.write("}\n")
  }
}
