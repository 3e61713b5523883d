import GraphAlgorithms

/// Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Small graphs with parallel edges and self-edges, always the same for a seed.
func randomGraphs(seed: UInt64, count: Int) -> [DirectedGraph] {
  var generator = SplitMix64(state: seed)
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
