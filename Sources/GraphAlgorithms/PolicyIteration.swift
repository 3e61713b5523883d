/// Howard's policy iteration on one strongly connected component of a ``RatioGraph``.
///
/// A policy picks an arc out of every node. Its best cycle gives a ratio and, with this ratio, a
/// value for every node: what the way to the cycle gathers. An arc that promises its source more
/// than its value joins the policy, until none does.
///
/// Method: Howard 1960, "Dynamic Programming and Markov Processes", in the max-plus form of
/// Cochet-Terrasson, Cohen, Gaubert, Mc Gettrick, Quadrat 1998, "Numerical computation of spectral
/// elements in max-plus algebra", IFAC Conference on System Structure and Control. We differ in keeping
/// one ratio only: nodes that the policy leads to another cycle are led to the best one, so that the ratio
/// never falls; and in ending in whole numbers.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | policy *π* | `policy` |
/// | *w(e)*, the weight of an arc | ``RatioGraph/Arc/cost`` |
/// | *η*, the ratio of a cycle of the policy | `Cycle.cost` over `Cycle.height` |
/// | *x*, the value of each node | `values` |
/// | value determination | `bestCycle()`, then `evaluate(_:_:from:)` |
/// | policy improvement | `improve(_:_:tolerance:)` |
struct PolicyIteration {
  private let nodeCount: Int
  /// The arcs in the order of their sources, and where those of each node begin.
  private let arcs: [RatioGraph.Arc]
  private let starts: [Int32]
  /// The number that each arc has in the list it came from.
  private let numbers: [Int32]
  /// The arcs in the order of their targets, and where those of each node begin.
  private let backward: [Int32]
  private let backwardStarts: [Int32]
  /// The arc that the policy picks for each node.
  private var policy: [Int32]
  /// The arcs looked at so far.
  private(set) var steps = 0

  /// Prepares a component whose arcs are between nodes that `place` numbers.
  init(nodeCount: Int, arcs list: [RatioGraph.Arc], _ place: [Int32]) {
    self.nodeCount = nodeCount
    let placed = list.map { arc in
      var arc = arc
      arc.source = place[Int(arc.source)]
      arc.target = place[Int(arc.target)]
      return arc
    }
    let (numbers, starts) = sorted(placed.map(\.source), nodeCount)
    arcs = numbers.map { placed[Int($0)] }
    (backward, backwardStarts) = sorted(arcs.map(\.target), nodeCount)
    policy = Array(starts.dropLast())
    (self.numbers, self.starts) = (numbers, starts)
  }

  /// A cycle of the policy with its sums.
  private struct Cycle {
    var node: Int
    var cost: Int128
    var height: Int128

    var isUnbounded: Bool { height <= 0 }
    var ratio: Double { Double(cost) / Double(height) }

    func isBetter(than other: Cycle) -> Bool {
      if isUnbounded || other.isUnbounded { return isUnbounded && !other.isUnbounded }
      let (left, first) = cost.multipliedReportingOverflow(by: other.height)
      let (right, second) = other.cost.multipliedReportingOverflow(by: height)
      return first || second ? ratio > other.ratio : left > right
    }
  }
}

/// The indices of a list in the order of its values, and where those of each value begin.
private func sorted(_ values: [Int32], _ count: Int) -> (indices: [Int32], starts: [Int32]) {
  var starts = [Int32](repeating: 0, count: count + 1)
  for value in values { starts[Int(value) + 1] += 1 }
  for index in 0..<count { starts[index + 1] += starts[index] }
  var next = starts
  var indices = [Int32](repeating: 0, count: values.count)
  for (index, value) in values.enumerated() {
    indices[Int(next[Int(value)])] = Int32(index)
    next[Int(value)] += 1
  }
  return (indices, starts)
}

extension PolicyIteration {
  mutating func solve(until deadline: Deadline, stepLimit: Int) -> MaximumCycleRatio {
    sweep()
    var values = [Double](repeating: 0, count: nodeCount)
    var last = -Double.infinity
    // Rounding can make the ratio stand still; the exact rounds go on from there.
    for _ in 0..<10_000 {
      steps += arcs.count
      if steps > stepLimit || deadline.isPast { return .interrupted }
      let cycle = bestCycle()
      if cycle.isUnbounded { return .unbounded(cycle: arcs(of: cycle)) }
      let ratio = cycle.ratio
      guard ratio >= last else { break }
      last = ratio
      let weights = arcs.map { Double($0.cost) - ratio * Double($0.height) }
      let scale = weights.reduce(0) { max($0, abs($1)) }
      evaluate(&values, weights, from: cycle.node)
      if !improve(&values, weights, tolerance: scale * 1e-11) { break }
    }
    return solveExactly(until: deadline, stepLimit: stepLimit)
  }

  private mutating func solveExactly(
    until deadline: Deadline, stepLimit: Int
  ) -> MaximumCycleRatio {
    var values = [Int128](repeating: 0, count: nodeCount)
    while steps <= stepLimit, !deadline.isPast {
      // Whole numbers of 128 bits take some times as long.
      steps += 4 * arcs.count
      let cycle = bestCycle()
      if cycle.isUnbounded { return .unbounded(cycle: arcs(of: cycle)) }
      let divisor = Int128(commonDivisor(cycle.cost.magnitude, cycle.height.magnitude))
      let (cost, height) = (cycle.cost / divisor, cycle.height / divisor)
      guard isExact(cost, height) else { return .overflow }
      let weights = arcs.map { Int128($0.cost) * height - Int128($0.height) * cost }
      evaluate(&values, weights, from: cycle.node)
      if !improve(&values, weights, tolerance: 0) {
        return .ratio(cost: cost, height: height, cycle: arcs(of: cycle))
      }
    }
    return .interrupted
  }

  /// Whether the values for a ratio surely fit 128 bits.
  private func isExact(_ cost: Int128, _ height: Int128) -> Bool {
    let (cost, height) = (Double(cost), Double(height))
    var largest = 0.0
    for arc in arcs {
      let weight = abs(Double(arc.cost)) * height + abs(Double(arc.height)) * cost
      largest = max(largest, weight)
    }
    return largest * Double(nodeCount + 1) < 0x1p126
  }

  /// A good first policy: the arcs by which the costs of a few steps are greatest.
  private mutating func sweep() {
    var values = [Double](repeating: 0, count: nodeCount)
    let heights = arcs.reduce(0.0) { $0 + abs(Double($1.height)) }
    let costs = arcs.reduce(0.0) { $0 + Double($1.cost) }
    let ratio = heights > 0 ? costs / heights : 0
    let weights = arcs.map { Double($0.cost) - ratio * Double($0.height) }
    for _ in 0..<4 { _ = improve(&values, weights, tolerance: 0) }
  }

  /// The best cycle of the policy.
  private func bestCycle() -> Cycle {
    var best: Cycle?
    var seen = [Int32](repeating: -1, count: nodeCount)
    for root in 0..<nodeCount where seen[root] < 0 {
      var node = root
      while seen[node] < 0 {
        seen[node] = Int32(root)
        node = Int(arcs[Int(policy[node])].target)
      }
      guard seen[node] == Int32(root) else { continue }
      var cycle = Cycle(node: node, cost: 0, height: 0)
      repeat {
        let arc = arcs[Int(policy[node])]
        cycle.cost += Int128(arc.cost)
        cycle.height += Int128(arc.height)
        node = Int(arc.target)
      } while node != cycle.node
      if best.map({ cycle.isBetter(than: $0) }) ?? true { best = cycle }
    }
    return best ?? Cycle(node: 0, cost: 0, height: 1)
  }

  private func arcs(of cycle: Cycle) -> [Int] {
    var result: [Int] = []
    var node = cycle.node
    repeat {
      result.append(Int(numbers[Int(policy[node])]))
      node = Int(arcs[Int(policy[node])].target)
    } while node != cycle.node
    return result
  }

  /// Gives each node the value of its way to `root`; nodes that the policy leads elsewhere are led
  /// there.
  private mutating func evaluate<Value: SignedNumeric & Comparable>(
    _ values: inout [Value], _ weights: [Value], from root: Int
  ) {
    var isDone = [Bool](repeating: false, count: nodeCount)
    isDone[root] = true
    values[root] = 0
    var queue = [Int32(root)]
    queue.reserveCapacity(nodeCount)
    // First along the policy as it is, then along any arc.
    let (first, sibling) = readers()
    var next = 0
    while next < queue.count {
      let node = Int(queue[next])
      next += 1
      var source = first[node]
      while source >= 0 {
        if !isDone[Int(source)] {
          isDone[Int(source)] = true
          values[Int(source)] = weights[Int(policy[Int(source)])] + values[node]
          queue.append(source)
        }
        source = sibling[Int(source)]
      }
    }
    next = 0
    while queue.count < nodeCount, next < queue.count {
      let node = Int(queue[next])
      next += 1
      for slot in backwardStarts[node]..<backwardStarts[node + 1] {
        let index = backward[Int(slot)]
        let source = Int(arcs[Int(index)].source)
        guard !isDone[source] else { continue }
        policy[source] = index
        isDone[source] = true
        values[source] = weights[Int(index)] + values[node]
        queue.append(Int32(source))
      }
    }
  }

  /// For each node the first of the nodes that the policy leads to it, and for each of those the next.
  private func readers() -> (first: [Int32], sibling: [Int32]) {
    var first = [Int32](repeating: -1, count: nodeCount)
    var sibling = first
    for source in (0..<nodeCount).reversed() {
      let target = Int(arcs[Int(policy[source])].target)
      sibling[source] = first[target]
      first[target] = Int32(source)
    }
    return (first, sibling)
  }

  /// Takes up every arc that promises more; false where none does.
  private mutating func improve<Value: SignedNumeric & Comparable>(
    _ values: inout [Value], _ weights: [Value], tolerance: Value
  ) -> Bool {
    var isImproved = false
    values.withUnsafeMutableBufferPointer { values in
      policy.withUnsafeMutableBufferPointer { policy in
        weights.withUnsafeBufferPointer { weights in
          arcs.withUnsafeBufferPointer { arcs in
            for node in 0..<nodeCount {
              var best = values[node] + tolerance
              var choice = policy[node]
              for index in Int(starts[node])..<Int(starts[node + 1]) {
                let value = weights[index] + values[Int(arcs[index].target)]
                if value > best {
                  best = value
                  choice = Int32(truncatingIfNeeded: index)
                }
              }
              if choice != policy[node] {
                policy[node] = choice
                values[node] = best
                isImproved = true
              }
            }
          }
        }
      }
    }
    return isImproved
  }
}

private func commonDivisor(_ a: UInt128, _ b: UInt128) -> UInt128 {
  var (a, b) = (a, b)
  while b != 0 { (a, b) = (b, a % b) }
  return max(a, 1)
}
