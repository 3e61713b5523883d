/// Groups of nodes that each feed all nodes of another group: *m* + *n* lines through a junction
/// instead of *m* · *n*.
///
/// Source of the idea: Newbery 1989, "Edge concentration: a method for clustering directed graphs",
/// DOI 10.1145/73337.73350. We look only for nodes whose predecessors are all the same, which is
/// what splitting two layers in a row produces.
struct EdgeConcentration {
  struct Junction {
    var uppers: [Int]
    var lowers: [Int]
  }

  let junctions: [Junction]
  /// For each edge the junction it goes through.
  let junctionOfEdge: [Int?]

  init(nodeCount: Int, edges: [AcyclicEdges.Edge]) {
    var uppers = Array(repeating: [Int](), count: nodeCount)
    var isPlain = Array(repeating: true, count: nodeCount)
    for edge in edges {
      uppers[edge.lower].append(edge.upper)
      if edge.pointsUp { isPlain[edge.lower] = false }
    }
    var groups: [[Int]: Int] = [:]
    var found: [Junction] = []
    for node in 0..<nodeCount where isPlain[node] && uppers[node].count >= Self.least {
      let key = uppers[node].sorted()
      if let group = groups[key] {
        found[group].lowers.append(node)
      } else {
        groups[key] = found.count
        found.append(Junction(uppers: key, lowers: [node]))
      }
    }
    junctions = found.filter { $0.lowers.count >= Self.least }
    var junctionOfNode = Array(repeating: Int?.none, count: nodeCount)
    for (index, junction) in junctions.enumerated() {
      for node in junction.lowers { junctionOfNode[node] = index }
    }
    junctionOfEdge = edges.map { junctionOfNode[$0.lower] }
  }

  /// The least number of nodes on both sides.
  private static let least = 3
}
