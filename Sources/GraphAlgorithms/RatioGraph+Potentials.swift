extension RatioGraph {
  /// For each of the first nodes the greatest sum of *cost − ratio · height* over the ways that come there
  /// from any of them, the empty one too, times `height`: the least numbers from 0 on that keep every
  /// arc's target so far behind its source, whatever numbers the other nodes have.
  ///
  /// Method: Bellman 1958, "On a routing problem", Quarterly of Applied Mathematics 16, and Ford 1956,
  /// "Network flow theory", RAND P-923, for longest paths. We differ in taking nodes in reverse postorder,
  /// so that a pass settles what no arc leads back to.
  ///
  /// - Parameters:
  ///   - count: The number of first nodes; those beyond are only on the way.
  ///   - cost: The numerator of a ratio that no cycle exceeds.
  ///   - height: Its denominator, above 0.
  /// - Returns: nil where the deadline came first, or where the sums may not fit 128 bits.
  /// - Complexity: O(*E*) for each arc on a way that leads back, *E* arcs in all.
  package func leastPotentials(
    of count: Int, cost: Int128, height: Int128, until deadline: Deadline
  ) -> [Int128]? {
    let largest = arcs.reduce(0.0) {
      max($0, abs(Double($1.cost)) * Double(height) + abs(Double($1.height)) * Double(cost))
    }
    guard largest * Double(nodeCount + 1) < 0x1p126 else { return nil }
    let outgoing = outgoingArcs()
    let order = reversePostorder(outgoing)
    var values = [Int128](repeating: .min, count: nodeCount)
    var isOpen = [Bool](repeating: false, count: nodeCount)
    for node in 0..<count { (values[node], isOpen[node]) = (0, true) }
    var hasChanged = true
    while hasChanged {
      if deadline.isPast { return nil }
      hasChanged = false
      for node in order where isOpen[node] {
        isOpen[node] = false
        for slot in outgoing.starts[node]..<outgoing.starts[node + 1] {
          let arc = arcs[Int(outgoing.arcs[Int(slot)])]
          let weight = Int128(arc.cost) * height - Int128(arc.height) * cost
          let value = values[node] + weight
          guard value > values[Int(arc.target)] else { continue }
          values[Int(arc.target)] = value
          isOpen[Int(arc.target)] = true
          hasChanged = true
        }
      }
    }
    return Array(values[..<count])
  }

  /// The arcs by their sources, and where those of each node begin.
  private typealias Outgoing = (arcs: [Int32], starts: [Int32])

  private func outgoingArcs() -> Outgoing {
    var starts = [Int32](repeating: 0, count: nodeCount + 1)
    for arc in arcs { starts[Int(arc.source) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    var sorted = [Int32](repeating: 0, count: arcs.count)
    for (index, arc) in arcs.enumerated() {
      sorted[Int(next[Int(arc.source)])] = Int32(index)
      next[Int(arc.source)] += 1
    }
    return (sorted, starts)
  }

  private func reversePostorder(_ outgoing: Outgoing) -> [Int] {
    var order: [Int] = []
    var next = outgoing.starts
    var isSeen = [Bool](repeating: false, count: nodeCount)
    for root in 0..<nodeCount where !isSeen[root] {
      var path = [root]
      isSeen[root] = true
      while let node = path.last {
        guard next[node] < outgoing.starts[node + 1] else {
          order.append(node)
          path.removeLast()
          continue
        }
        let target = Int(arcs[Int(outgoing.arcs[Int(next[node])])].target)
        next[node] += 1
        if !isSeen[target] {
          isSeen[target] = true
          path.append(target)
        }
      }
    }
    return order.reversed()
  }
}
