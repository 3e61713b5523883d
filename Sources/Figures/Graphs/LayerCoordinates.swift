/// The horizontal places of the vertices: in the given order, near to their neighbors, long lines
/// straight.
struct LayerCoordinates {
  private(set) var centers: [Double]

  private let graph: LayeredGraph
  private let layers: [[Int]]
  private let above: [[Neighbor]]
  private let below: [[Neighbor]]
  /// The place of each vertex in its layer.
  private let slots: [Int]

  private struct Neighbor {
    var vertex: Int
    var weight: Double
  }

  init(_ graph: LayeredGraph, layers: [[Int]]) {
    self.graph = graph
    self.layers = layers
    var above = Array(repeating: [Neighbor](), count: graph.vertices.count)
    var below = above
    for link in graph.links {
      let weight = Self.weight(of: link, in: graph)
      above[link.lower].append(Neighbor(vertex: link.upper, weight: weight))
      below[link.upper].append(Neighbor(vertex: link.lower, weight: weight))
    }
    self.above = above
    self.below = below
    var slots = Array(repeating: 0, count: graph.vertices.count)
    for layer in layers {
      for (index, vertex) in layer.enumerated() { slots[vertex] = index }
    }
    self.slots = slots
    centers = Array(repeating: 0, count: graph.vertices.count)
    for layer in layers { pack(layer) }
    settle(sweeps: graph.vertices.count > 3_000 ? 3 : 24)
  }

  private mutating func settle(sweeps: Int) {
    for _ in 0..<sweeps {
      for layer in layers.dropFirst() { place(layer, near: [above]) }
      for layer in layers.dropLast().reversed() { place(layer, near: [below]) }
    }
    for layer in layers { place(layer, near: [above, below]) }
    for _ in 0..<2 {
      for chain in chains() { straighten(chain) }
    }
  }

  /// The runs of vertices that look best upright: bends of one line, and boxes with no others to
  /// turn to.
  private func chains() -> [[Int]] {
    var next = Array(repeating: Int?.none, count: centers.count)
    var isFollower = Array(repeating: false, count: centers.count)
    for link in graph.links {
      let isBend = { graph.vertices[$0].kind == .bend }
      let isAlone = below[link.upper].count == 1 && above[link.lower].count == 1
      guard isAlone || (isBend(link.upper) && isBend(link.lower)) else { continue }
      next[link.upper] = link.lower
      isFollower[link.lower] = true
    }
    return centers.indices.filter { !isFollower[$0] && next[$0] != nil }.map { first in
      Array(sequence(first: first) { next[$0] })
    }
  }

  /// Puts a chain on one vertical line where its neighbors in all layers leave room for that.
  private mutating func straighten(_ chain: [Int]) {
    var (low, high) = (-Double.infinity, Double.infinity)
    for vertex in chain {
      let layer = layers[graph.vertices[vertex].layer]
      let index = slots[vertex]
      if index > 0 {
        low = max(low, centers[layer[index - 1]] + distance(before: index, in: layer))
      }
      if index + 1 < layer.count {
        high = min(high, centers[layer[index + 1]] - distance(before: index + 1, in: layer))
      }
    }
    guard low <= high else { return }
    let mean = chain.reduce(0) { $0 + centers[$1] } / Double(chain.count)
    for vertex in chain { centers[vertex] = min(max(mean, low), high) }
  }

  /// Puts the vertices of a layer side by side around 0.
  private mutating func pack(_ layer: [Int]) {
    let items = layer.indices.map { index in
      IsotonicPlacement.Item(wish: 0, weight: 1, distance: distance(before: index, in: layer))
    }
    for (vertex, center) in zip(layer, IsotonicPlacement.centers(items)) {
      centers[vertex] = center
    }
  }

  /// Puts the vertices of a layer as near to the middle of their neighbors as the order allows.
  private mutating func place(_ layer: [Int], near sides: [[[Neighbor]]]) {
    let items = layer.indices.map { index in
      let vertex = layer[index]
      var sum = 0.0
      var weight = 0.0
      for side in sides {
        for neighbor in side[vertex] {
          sum += centers[neighbor.vertex] * neighbor.weight
          weight += neighbor.weight
        }
      }
      return IsotonicPlacement.Item(
        wish: weight > 0 ? sum / weight : centers[vertex], weight: max(weight, 0.05),
        distance: distance(before: index, in: layer))
    }
    for (vertex, center) in zip(layer, IsotonicPlacement.centers(items)) {
      centers[vertex] = center
    }
  }

  private func distance(before index: Int, in layer: [Int]) -> Double {
    guard index > 0 else { return 0 }
    let (left, right) = (graph.vertices[layer[index - 1]], graph.vertices[layer[index]])
    let gap = left.kind == .node && right.kind == .node ? 16.0 : 12
    return (left.width + right.width) / 2 + gap
  }

  /// Lines through bends are kept straight before those between boxes.
  private static func weight(of link: LayeredGraph.Link, in graph: LayeredGraph) -> Double {
    let bends = [link.upper, link.lower].filter { graph.vertices[$0].kind == .bend }.count
    return bends == 2 ? 8 : bends == 1 ? 2 : 1
  }
}
