import Figures

/// The network with its blocks in the colours of their elements.
struct MappedNetworkDrawing {
  private let details: PointDetails
  private let mostNodes: Int

  init(_ details: PointDetails, mostNodes: Int) {
    self.details = details
    self.mostNodes = mostNodes
  }

  func figure() -> Figure {
    let blocks = details.network.blocks
    let nodes = zip(blocks, details.elementOfBlock).map { block, element in
      let name = element.map { details.elements[$0] } ?? ""
      let seconds = block.seconds.map { EngineeringNumber.text($0, unit: "s", digits: 3) }
      let place = [name, seconds ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
      return GraphDrawing.Node(
        block.name, details: [block.operation, place].filter { !$0.isEmpty }, colorClass: name)
    }
    let edges = details.network.edges.filter {
      blocks.indices.contains($0.source) && blocks.indices.contains($0.target)
    }
    let words = blocks.count > mostNodes ? nil : edges
    return GraphDrawing(
      title: "Blocks in the colours of their elements", nodes: nodes,
      edges: edges.map {
        .init($0.source, $0.target, label: words == nil || $0.label.isEmpty ? nil : $0.label)
      },
      colorClasses: details.elements, mostNodes: mostNodes, numbersClasses: true
    ).figure()
  }
}
