/// The order of the vertices in each layer, with few crossings of links.
///
/// Method: Sugiyama et al. 1981, DOI 10.1109/TSMC.1981.4308636, phase I of the barycentric method:
/// sweeps down and up, each of which sorts a layer by the mean position of the neighbors in the
/// layer before. The best order seen wins. Crossings are counted as in Barth, Mutzel and Jünger
/// 2004, "Simple and efficient bilayer cross counting", DOI 10.7155/jgaa.00088.
struct LayerOrder {
  /// The vertices of each layer from left to right.
  private(set) var layers: [[Int]]
  /// The crossings of links between neighboring layers.
  private(set) var crossings: Int

  private let above: [[Int]]
  private let below: [[Int]]
  private var position: [Int]

  init(_ graph: LayeredGraph) {
    var above = Array(repeating: [Int](), count: graph.vertices.count)
    var below = above
    for link in graph.links
    where graph.vertices[link.lower].layer == graph.vertices[link.upper].layer + 1 {
      above[link.lower].append(link.upper)
      below[link.upper].append(link.lower)
    }
    self.above = above
    self.below = below
    layers = graph.layers
    position = Array(repeating: 0, count: graph.vertices.count)
    crossings = 0
    for layer in layers.indices { number(layer) }
    let size = graph.vertices.count + graph.links.count
    improve(sweeps: size > 10_000 ? 4 : size > 2_000 ? 8 : 24)
  }

  private mutating func improve(sweeps: Int) {
    var best = layers
    var least = Int.max
    var failures = 0
    for sweep in 0..<sweeps where failures < 4 && least > 0 {
      if sweep.isMultiple(of: 2) {
        for layer in layers.indices.dropFirst() { sort(layer, by: above) }
      } else {
        for layer in layers.indices.dropLast().reversed() { sort(layer, by: below) }
      }
      let count = countCrossings()
      failures = count < least ? 0 : failures + 1
      if count < least { (best, least) = (layers, count) }
    }
    layers = best
    crossings = least == Int.max ? 0 : least
  }

  /// Sorts a layer by barycenters; vertices without neighbors and equal ones keep their order.
  private mutating func sort(_ layer: Int, by neighbors: [[Int]]) {
    let keyed = layers[layer].enumerated().map { index, vertex in
      let near = neighbors[vertex]
      let sum = near.reduce(0) { $0 + position[$1] }
      return (
        key: near.isEmpty ? Double(index) : Double(sum) / Double(near.count), index: index,
        vertex: vertex
      )
    }
    layers[layer] = keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map(\.vertex)
    number(layer)
  }

  private mutating func number(_ layer: Int) {
    for (index, vertex) in layers[layer].enumerated() { position[vertex] = index }
  }

  private func countCrossings() -> Int {
    layers.indices.dropFirst().reduce(0) { $0 + crossings(above: $1) }
  }

  /// Counts the pairs of links above a layer that are out of order, with a binary indexed tree.
  private func crossings(above layer: Int) -> Int {
    var tree = Array(repeating: 0, count: layers[layer].count + 1)
    var seen = 0
    var count = 0
    for vertex in layers[layer - 1] {
      let targets = below[vertex].map { position[$0] + 1 }
      for target in targets {
        var smaller = 0
        var index = target
        while index > 0 {
          smaller += tree[index]
          index &= index - 1
        }
        count += seen - smaller
      }
      for target in targets {
        var index = target
        while index < tree.count {
          tree[index] += 1
          index += index & -index
        }
      }
      seen += targets.count
    }
    return count
  }
}
