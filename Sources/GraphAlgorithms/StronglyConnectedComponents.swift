extension DirectedGraph {
  /// The strongly connected components, a component before those that lead to it; nodes ascend in
  /// each.
  ///
  /// - Precondition: The graph has less than 2³¹ nodes.
  /// - Complexity: O(*V* + *E*).
  package func stronglyConnectedComponents() -> [[Int]] {
    let (components, count) = StronglyConnectedComponents.find(
      nodeCount: nodeCount, sources: sources.map { Int32($0) }, targets: targets.map { Int32($0) })
    var members: [[Int]] = Array(repeating: [], count: count)
    for node in 0..<nodeCount { members[Int(components[node])].append(node) }
    return members
  }
}

/// The strongly connected components of large graphs, without lists of their nodes.
package enum StronglyConnectedComponents {
  /// For each node the number of its component; a component has a smaller number than those that lead
  /// to it.
  ///
  /// Method: Tarjan 1972, "Depth-first search and linear graph algorithms", SIAM Journal on
  /// Computing 1(2), DOI 10.1137/0201010, procedure STRONGCONNECT, on flat lists. We keep the recursion on
  /// a stack of our own, `path`, so that a long chain cannot exhaust the stack of the thread.
  ///
  /// ## Symbols
  /// | paper | here |
  /// |---|---|
  /// | NUMBER | `number`, 0 for a node that was not visited |
  /// | LOWLINK | `lowlink` |
  /// | *i* | `counter` |
  /// | stack of points | `stack` |
  ///
  /// - Parameters:
  ///   - nodeCount: The number of nodes, less than 2³¹.
  ///   - sources: The source node of each arc.
  ///   - targets: The target node of each arc.
  /// - Complexity: O(*V* + *E*).
  package static func find(
    nodeCount: Int, sources: [Int32], targets arcTargets: [Int32]
  ) -> (componentOfNode: [Int32], count: Int) {
    let (starts, targets) = rows(nodeCount: nodeCount, sources, arcTargets)
    var next = starts
    var component = [Int32](repeating: -1, count: nodeCount)
    // Numbers from 1 on.
    var number = [Int32](repeating: 0, count: nodeCount)
    var lowlink = number
    var (stack, path): ([Int32], [Int32]) = ([], [])
    var (counter, count) = (Int32(0), 0)
    for root in 0..<nodeCount where component[root] < 0 {
      path.append(Int32(root))
      while let last = path.last {
        let node = Int(last)
        if number[node] == 0 {
          counter += 1
          (number[node], lowlink[node]) = (counter, counter)
          stack.append(last)
        }
        var isDeeper = false
        while next[node] < starts[node + 1] {
          let target = Int(targets[Int(next[node])])
          if number[target] == 0 {
            path.append(Int32(target))
            isDeeper = true
            break
          }
          if component[target] < 0 { lowlink[node] = min(lowlink[node], lowlink[target]) }
          next[node] += 1
        }
        if isDeeper { continue }
        path.removeLast()
        guard lowlink[node] == number[node] else { continue }
        while let member = stack.popLast() {
          component[Int(member)] = Int32(count)
          if member == last { break }
        }
        count += 1
      }
    }
    return (component, count)
  }

  /// The targets of the arcs sorted by their sources: those of node *n* lie at `starts[n]..<starts[n + 1]`.
  private static func rows(
    nodeCount: Int, _ sources: [Int32], _ arcTargets: [Int32]
  ) -> (starts: [Int32], targets: [Int32]) {
    var starts = [Int32](repeating: 0, count: nodeCount + 1)
    for source in sources { starts[Int(source) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    var targets = [Int32](repeating: 0, count: sources.count)
    for (arc, source) in sources.enumerated() {
      targets[Int(next[Int(source)])] = arcTargets[arc]
      next[Int(source)] += 1
    }
    return (starts, targets)
  }
}
