import GraphAlgorithms
import RandomNumbers

/// Small graphs with parallel edges and self-edges, always the same for a seed.
func randomGraphs(seed: UInt64, count: Int) -> [DirectedGraph] {
  var generator = SplitMix64(seed: seed)
  return (0..<count).map { _ in
    let nodes = Int.random(in: 1...8, using: &generator)
    let edges = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
      (
        Int.random(in: 0..<nodes, using: &generator), Int.random(in: 0..<nodes, using: &generator)
      )
    }
    return DirectedGraph(nodeCount: nodes, edges: edges)
  }
}

extension DirectedGraph {
  /// Whether one node leads to another over at least one edge, by repeated relaxation.
  func reachability() -> [[Bool]] {
    var reach = (0..<nodeCount).map { node in
      (0..<nodeCount).map { successors(of: node).contains($0) }
    }
    for middle in 0..<nodeCount {
      for from in 0..<nodeCount where reach[from][middle] {
        for to in 0..<nodeCount where reach[middle][to] { reach[from][to] = true }
      }
    }
    return reach
  }
}
