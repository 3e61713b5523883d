/// A directed multigraph whose arcs have a cost and a height: the bi-valued graph of a periodic
/// schedule, as in Bodin, Munier-Kordon, Dupont de Dinechin 2016 (see the K-periodic analysis of `Dataflow`).
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *L(e)* | ``Arc/cost`` |
/// | *H(e)* | ``Arc/height`` |
/// | maximum of *Σ L(e) / Σ H(e)* over cycles | ``maximumCycleRatio(until:)`` |
///
/// ```swift
/// var graph = RatioGraph(nodeCount: 2)
/// graph.add(.init(0, 1, cost: 3, height: 0))
/// graph.add(.init(1, 0, cost: 4, height: 2))
/// graph.maximumCycleRatio()  // .ratio(cost: 7, height: 2, cycle: [0, 1])
/// ```
package struct RatioGraph: Sendable {
  /// An arc with its cost and height.
  package struct Arc: Hashable, Sendable {
    /// The node that the arc leaves.
    package var source: Int32
    /// The node that it leads to.
    package var target: Int32
    /// What passing the arc adds to the numerator of a cycle's ratio.
    package var cost: Int64
    /// What passing the arc adds to the denominator of a cycle's ratio; it may be negative.
    package var height: Int64

    /// An arc between two nodes, with numbers below 2³¹.
    package init(_ source: Int, _ target: Int, cost: Int64, height: Int64) {
      self.source = Int32(source)
      self.target = Int32(target)
      self.cost = cost
      self.height = height
    }
  }

  /// The number of nodes.
  package private(set) var nodeCount: Int
  /// The arcs in the order in which they were added.
  package private(set) var arcs: [Arc] = []

  /// A graph without arcs.
  package init(nodeCount: Int) { self.nodeCount = nodeCount }

  /// Adds a node and returns its number.
  package mutating func addNode() -> Int {
    nodeCount += 1
    return nodeCount - 1
  }

  /// Adds an arc.
  package mutating func add(_ arc: Arc) { arcs.append(arc) }
}

/// The greatest ratio of cost to height among the cycles of a graph.
package enum MaximumCycleRatio: Hashable, Sendable {
  /// The graph has no cycle.
  case none
  /// The greatest ratio in lowest terms, and the arcs of a cycle that has it.
  case ratio(cost: Int128, height: Int128, cycle: [Int])
  /// A cycle of arcs with a height of at most 0: no ratio is large enough.
  case unbounded(cycle: [Int])
  /// The numbers are too large for an exact answer.
  case overflow
  /// The deadline or the limit of steps came first.
  case interrupted
}

extension RatioGraph {
  /// Finds the maximum cycle ratio, exactly.
  ///
  /// Method: policy iteration of Howard 1960, as Cochet-Terrasson et al. 1998, "Numerical computation
  /// of spectral elements in max-plus algebra" (symbols at `PolicyIteration`), one strongly connected
  /// component at a time: first in floating point, which finds the cycle, then in whole numbers, which
  /// prove that no arc can improve on it. Costs must not be negative. A cycle without cost may stay
  /// unnoticed whatever its height.
  ///
  /// - Parameter deadline: When to give up.
  package func maximumCycleRatio(until deadline: Deadline = .never) -> MaximumCycleRatio {
    var steps = 0
    return maximumCycleRatio(until: deadline, counting: &steps)
  }

  /// Finds the maximum cycle ratio and adds the arcs that it looks at to a count, up to a limit.
  package func maximumCycleRatio(
    until deadline: Deadline, counting steps: inout Int, upTo stepLimit: Int = .max
  ) -> MaximumCycleRatio {
    let (home, count) = StronglyConnectedComponents.find(
      nodeCount: nodeCount, sources: arcs.map(\.source), targets: arcs.map(\.target))
    // The nodes get numbers within their component, and the arcs inside come component by component.
    var sizes = [Int](repeating: 0, count: count)
    var place = [Int32](repeating: 0, count: nodeCount)
    for node in 0..<nodeCount {
      place[node] = Int32(sizes[Int(home[node])])
      sizes[Int(home[node])] += 1
    }
    var inner: [[Int]] = Array(repeating: [], count: count)
    if count == 1 { inner[0].reserveCapacity(arcs.count) }
    for (index, arc) in arcs.enumerated() where home[Int(arc.source)] == home[Int(arc.target)] {
      inner[Int(home[Int(arc.source)])].append(index)
    }
    var best = MaximumCycleRatio.none
    for (size, list) in zip(sizes, inner) where !list.isEmpty {
      var solver = PolicyIteration(nodeCount: size, arcs: list.map { arcs[$0] }, place)
      let found = solver.solve(until: deadline, stepLimit: max(0, stepLimit - steps))
        .renamed { list[$0] }
      steps += solver.steps
      switch found {
      case .unbounded, .overflow, .interrupted: return found
      default: if found.isGreater(than: best) { best = found }
      }
    }
    return best
  }
}

extension MaximumCycleRatio {
  fileprivate func renamed(_ name: (Int) -> Int) -> MaximumCycleRatio {
    switch self {
    case .ratio(let cost, let height, let cycle):
      .ratio(cost: cost, height: height, cycle: cycle.map(name))
    case .unbounded(let cycle): .unbounded(cycle: cycle.map(name))
    case .none, .overflow, .interrupted: self
    }
  }

  fileprivate func isGreater(than other: MaximumCycleRatio) -> Bool {
    guard case .ratio(let cost, let height, _) = self else { return false }
    guard case .ratio(let otherCost, let otherHeight, _) = other else { return true }
    let (left, first) = cost.multipliedReportingOverflow(by: otherHeight)
    let (right, second) = otherCost.multipliedReportingOverflow(by: height)
    if first || second {
      return Double(cost) / Double(height) > Double(otherCost) / Double(otherHeight)
    }
    return left > right
  }
}
