extension DirectedGraph {
  /// The strongly connected components, a component before those that lead to it; nodes ascend in
  /// each.
  ///
  /// Method: Tarjan 1972, "Depth-first search and linear graph algorithms", SIAM Journal on
  /// Computing 1(2), DOI 10.1137/0201010, procedure STRONGCONNECT. We keep the recursion on a stack
  /// of our own, so that a long chain cannot exhaust the stack of the thread.
  ///
  /// - Complexity: O(*V* log *V* + *E*), the logarithm for sorting the nodes of each component.
  package func stronglyConnectedComponents() -> [[Int]] {
    var search = TarjanSearch(graph: self)
    for root in 0..<nodeCount { search.visit(root) }
    return search.components
  }
}

/// The state of Tarjan's depth-first search; *number*, *lowlink* and the two stacks are the
/// paper's.
private struct TarjanSearch {
  let graph: DirectedGraph
  var components: [[Int]] = []

  private var number: [Int]
  private var lowlink: [Int]
  private var isOnStack: [Bool]
  private var stack: [Int] = []
  private var calls: [(node: Int, edges: ArraySlice<Int>)] = []
  private var counter = 0

  init(graph: DirectedGraph) {
    self.graph = graph
    number = Array(repeating: -1, count: graph.nodeCount)
    lowlink = number
    isOnStack = Array(repeating: false, count: graph.nodeCount)
  }

  mutating func visit(_ root: Int) {
    guard number[root] < 0 else { return }
    enter(root)
    while let call = calls.indices.last {
      let node = calls[call].node
      if let successor = calls[call].edges.popFirst() {
        if number[successor] < 0 {
          enter(successor)
        } else if isOnStack[successor] {
          lowlink[node] = min(lowlink[node], number[successor])
        }
      } else {
        leave(node)
      }
    }
  }

  private mutating func enter(_ node: Int) {
    number[node] = counter
    lowlink[node] = counter
    counter += 1
    stack.append(node)
    isOnStack[node] = true
    calls.append((node, graph.successors(of: node)))
  }

  private mutating func leave(_ node: Int) {
    calls.removeLast()
    if let caller = calls.last?.node { lowlink[caller] = min(lowlink[caller], lowlink[node]) }
    guard lowlink[node] == number[node] else { return }
    var component: [Int] = []
    while let member = stack.popLast() {
      isOnStack[member] = false
      component.append(member)
      if member == node { break }
    }
    components.append(component.sorted())
  }
}
