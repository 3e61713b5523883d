import Figures
package import NetworkModel
import ONNXFormat

extension GraphDrawing {
  /// The kinds of blocks in the order of their colours, the same in every drawing.
  private static let blockClasses = [
    "convolution", "dense", "pooling", "normalisation", "element-wise", "concatenation",
    "movement", "other", "input, output",
  ]

  /// Draws a graph of blocks, coloured by operator.
  package init(_ graph: BlockGraph) {
    self.init(
      graph, title: graph.name, seconds: [Double](repeating: 0, count: graph.blocks.count),
      bottleneck: nil)
  }

  /// Draws a graph of blocks, coloured by operator, its bottleneck marked.
  ///
  /// - Parameter seconds: The time of each block, shown where it is not zero.
  package init(_ graph: BlockGraph, title: String, seconds: [Double], bottleneck: Int?) {
    let nodes = graph.blockIDs.map { id -> Node in
      let block = graph[id]
      let time = seconds[id.index]
      let details = [
        block.steps.isEmpty ? "" : graph.operators(of: id), block.outputs.first?.text ?? "",
        time > 0 ? EngineeringNumber.text(time, unit: "s") : "",
      ]
      return Node(
        block.name, details: details.filter { !$0.isEmpty },
        colorClass: block.drawingClass(in: graph), isEmphasized: id.index == bottleneck,
        tooltip: "\(graph.work(id).operations) operations")
    }
    let edges = graph.edges.map { edge in
      Edge(
        edge.slice.source.index, edge.target.index,
        tooltip: "\(graph.elements(edge.slice)) elements")
    }
    self.init(title: title, nodes: nodes, edges: edges, colorClasses: Self.blockClasses)
  }
}

extension Block {
  /// The kind of operator by which a drawing colours the block.
  fileprivate func drawingClass(in graph: BlockGraph) -> String {
    guard let first = steps.first else {
      return isConcatenation ? "concatenation" : "input, output"
    }
    switch graph[first.layer].kind {
    case .convolution: return "convolution"
    case .dense, .product: return "dense"
    case .pooling: return "pooling"
    case .channelWindow, .normalization, .mixing: return "normalisation"
    case .elementwise, .combination: return "element-wise"
    case .movement, .placement: return "movement"
    case .reduction, .other: return "other"
    }
  }
}
