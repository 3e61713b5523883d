/// The strongly connected components of large graphs, without lists of their nodes.
package enum ComponentHomes {
  /// For each node the number of its component; a component has a smaller number than those that lead
  /// to it.
  ///
  /// Method: Tarjan 1972, as ``DirectedGraph/stronglyConnectedComponents()``, on flat lists.
  ///
  /// - Parameters:
  ///   - sources: The source node of each arc.
  ///   - targets: The target node of each arc.
  /// - Complexity: O(*V* + *E*).
  package static func find(
    nodeCount: Int, sources: [Int32], targets arcTargets: [Int32]
  ) -> (home: [Int32], count: Int) {
    var starts = [Int32](repeating: 0, count: nodeCount + 1)
    for source in sources { starts[Int(source) + 1] += 1 }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    var next = starts
    var targets = [Int32](repeating: 0, count: sources.count)
    for (arc, source) in sources.enumerated() {
      targets[Int(next[Int(source)])] = arcTargets[arc]
      next[Int(source)] += 1
    }
    next = starts
    var home = [Int32](repeating: -1, count: nodeCount)
    // Numbers from 1 on.
    var number = [Int32](repeating: 0, count: nodeCount)
    var lowest = number
    var (stack, path): ([Int32], [Int32]) = ([], [])
    var (counter, count) = (Int32(0), 0)
    for root in 0..<nodeCount where home[root] < 0 {
      path.append(Int32(root))
      while let last = path.last {
        let node = Int(last)
        if number[node] == 0 {
          counter += 1
          (number[node], lowest[node]) = (counter, counter)
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
          if home[target] < 0 { lowest[node] = min(lowest[node], lowest[target]) }
          next[node] += 1
        }
        if isDeeper { continue }
        path.removeLast()
        guard lowest[node] == number[node] else { continue }
        while let member = stack.popLast() {
          home[Int(member)] = Int32(count)
          if member == last { break }
        }
        count += 1
      }
    }
    return (home, count)
  }
}
