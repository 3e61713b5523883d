/// A layered graph with the places of its vertices.
struct GraphLayout {
  let graph: LayeredGraph
  /// The vertices of each layer from left to right.
  let layers: [[Int]]
  /// The horizontal center of each vertex.
  private(set) var centers: [Double]
  /// The upper edge and the height of each layer.
  private(set) var tops: [Double] = []
  private(set) var heights: [Double] = []
  private(set) var width = 0.0

  init(_ graph: LayeredGraph, order layers: [[Int]]) {
    self.graph = graph
    self.layers = layers
    centers = LayerCoordinates(graph, layers: layers).centers
    placeLayers()
  }

  /// The height of the whole.
  var height: Double { (tops.last ?? 0) + (heights.last ?? 0) }

  /// The box of a vertex.
  func box(_ vertex: Int) -> Box {
    let size = graph.vertices[vertex]
    return Box(
      x: centers[vertex] - size.width / 2,
      y: tops[size.layer] + (heights[size.layer] - size.height) / 2,
      width: size.width, height: size.height)
  }

  /// Moves everything to the right of 0, and the layers below each other.
  private mutating func placeLayers() {
    let vertices = graph.vertices
    let left = vertices.indices.map { centers[$0] - vertices[$0].width / 2 }.min() ?? 0
    for vertex in centers.indices { centers[vertex] -= left }
    width = vertices.indices.map { centers[$0] + vertices[$0].width / 2 }.max() ?? 0
    heights = layers.map { $0.map { vertices[$0].height }.max() ?? 0 }
    let gaps = gaps()
    var top = 0.0
    for layer in layers.indices {
      tops.append(top)
      top += heights[layer] + gaps[layer]
    }
  }

  /// The room below each layer: more where lines run far to the side, less beside a mere junction.
  private func gaps() -> [Double] {
    var widest = Array(repeating: 0.0, count: layers.count)
    for link in graph.links {
      let layer = graph.vertices[link.upper].layer
      widest[layer] = max(widest[layer], abs(centers[link.upper] - centers[link.lower]))
    }
    let hasLabels = graph.strokes.contains { $0.label != nil }
    let hasBoxes = layers.map { $0.contains { graph.vertices[$0].kind == .node } }
    return layers.indices.map { layer in
      let isShort = !hasBoxes[layer] || (layer + 1 < layers.count && !hasBoxes[layer + 1])
      let least = isShort ? (hasLabels ? 34.0 : 26) : hasLabels ? 44 : 34
      return least + min(90, widest[layer] * 0.07)
    }
  }
}
