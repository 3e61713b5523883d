/// A network as neurons: one node per output channel of every operator, input and `Concat`.
///
/// What has no feature maps is one node: a dense layer, a matrix product, whatever follows them as
/// a flat vector, and each output of the network. An operator in parts has the nodes of its parts;
/// a concatenation that a split made computes nothing and is no node, its readers read what it puts
/// side by side. An edge is one channel that one neuron reads through one operand, or a whole
/// vector where it comes from one node. Nodes and edges are kept as ranges, never one by one.
package struct NeuronGraph: Sendable {
  /// The nodes, in the order of the blocks; each group begins where the last one ends.
  package let groups: [NeuronGroup]
  /// The edges, in the order of the groups that read.
  package let bundles: [NeuronBundle]
  /// The number of edges.
  package let edgeCount: Int
}

/// The neurons of one operator in one block.
package struct NeuronGroup: Hashable, Sendable {
  /// The block that computes them.
  package let block: BlockID
  /// Which step of the block; nil for inputs, outputs and concatenations.
  package let step: Int?
  /// Which output of the operator.
  package let output: Int
  /// The numbers of the nodes.
  package let nodes: Range<Int>
  /// The channels of the operator that the nodes stand for, one each or all together.
  package let channels: Range<Int>
  /// Whether each node is one channel: a feature map.
  package let hasMaps: Bool
  /// The bundles by which the nodes read others.
  package let bundles: Range<Int>
  /// The number of edges that lead to the nodes.
  package let edgeCount: Int
}

extension NeuronGraph {
  /// The number of nodes.
  package var nodeCount: Int { groups.last?.nodes.upperBound ?? 0 }

  /// All edges, consumer after consumer within a bundle; each is made on demand.
  package var edges: some Sequence<NeuronEdge> { bundles.lazy.flatMap(\.edges) }

  /// The group of a node.
  ///
  /// - Complexity: O(log groups).
  package func group(of node: Int) -> NeuronGroup {
    precondition((0..<nodeCount).contains(node), "there is no neuron \(node)")
    var range = groups.indices
    while range.count > 1 {
      let middle = (range.lowerBound + range.upperBound) / 2
      if groups[middle].nodes.lowerBound <= node {
        range = middle..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return groups[range.lowerBound]
  }

  /// The edges of a node: first those by which it reads, then those by which it is read.
  ///
  /// - Complexity: O(bundles + edges of the node).
  package func edges(of node: Int) -> [NeuronEdge] {
    let read = bundles[group(of: node).bundles].lazy
      .filter { $0.consumers.contains(node) }
      .flatMap { $0.producers(of: node) }
    let readers = bundles.lazy.filter { $0.producers.contains(node) }
      .flatMap { $0.consumers(of: node) }
    return read.map { NeuronEdge(source: $0, target: node) }
      + readers.map { NeuronEdge(source: node, target: $0) }
  }
}

extension BlockGraph {
  /// What a node of the neuron view is called: the block, in a block of several operators the
  /// operator too, and the channel.
  package func name(ofNeuron node: Int, in group: NeuronGroup) -> String {
    let block = self[group.block]
    var name = block.name
    if let step = group.step, block.steps.count > 1 {
      name += "/\(self[block.steps[step].layer].name)"
    }
    if group.output > 0 { name += "/\(group.output)" }
    guard group.hasMaps else { return name }
    return "\(name)[\(group.channels.lowerBound + node - group.nodes.lowerBound)]"
  }
}
