/// How often each actor fires in one iteration, after which every channel is back at its initial
/// tokens.
///
/// Method: the balance equations of Bilsen et al. 1996, "Cycle-static dataflow", IEEE Transactions
/// on Signal Processing 44(2), DOI 10.1109/78.485935, theorem 1. We differ in solving
/// by a breadth-first walk over exact fractions, one weakly connected component at a time, so that each
/// component has its own least solution.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *r* | ``cycles`` |
/// | *q* | ``firings`` |
/// | number of phases *P* | ``CSDFGraph/phaseCounts`` |
package struct RepetitionVector: Hashable, Sendable {
  /// For each actor the number of times it goes through all its phases.
  package let cycles: [Int64]
  /// For each actor the number of firings: its cycles times its phases.
  package let firings: [Int64]

  /// Solves the balance equations of a graph.
  ///
  /// - Throws: ``DataflowError/inconsistent(channel:)`` for the first channel found whose rates contradict
  ///   the others, ``DataflowError/overflow(quantity:)`` when a number does not fit 64 bits.
  /// - Complexity: O(*A* + *C*) fraction operations for *A* actors and *C* channels.
  package init(of graph: CSDFGraph) throws(DataflowError) {
    var solver = try BalanceSolver(graph)
    cycles = try solver.solve()
    var firings: [Int64] = []
    firings.reserveCapacity(cycles.count)
    for (actor, count) in cycles.enumerated() {
      firings.append(
        try checkedProduct(count, graph.phaseCounts[actor])
          .orOverflow("firings of actor \"\(graph.actors[actor].name)\""))
    }
    self.firings = firings
  }
}

/// The walk over the balance equations `cycles[source] * gain = cycles[destination]`.
private struct BalanceSolver {
  let graph: CSDFGraph
  let gains: [Fraction]
  let ends: [(source: Int32, target: Int32)]
  /// The channels of each actor, from `starts` of it up to that of the next.
  let neighbours: [Int32]
  let starts: [Int32]
  var ratios: [Fraction?]

  init(_ graph: CSDFGraph) throws(DataflowError) {
    self.graph = graph
    var gains: [Fraction] = []
    var ends: [(source: Int32, target: Int32)] = []
    var starts = [Int32](repeating: 0, count: graph.actors.count + 1)
    gains.reserveCapacity(graph.channels.count)
    ends.reserveCapacity(graph.channels.count)
    // By index, as a copy of each channel would count references of its lists.
    for index in graph.channels.indices {
      let source = graph.channels[index].source.index
      let target = graph.channels[index].destination.index
      gains.append(try Self.gain(of: index, in: graph, source, target))
      ends.append((Int32(source), Int32(target)))
      starts[source + 1] += 1
      if source != target { starts[target + 1] += 1 }
    }
    for actor in graph.actors.indices { starts[actor + 1] += starts[actor] }
    var neighbours = [Int32](repeating: 0, count: Int(starts[graph.actors.count]))
    var next = starts
    func add(_ channel: Int, to actor: Int32) {
      neighbours[Int(next[Int(actor)])] = Int32(channel)
      next[Int(actor)] += 1
    }
    for (index, end) in ends.enumerated() {
      add(index, to: end.source)
      if end.target != end.source { add(index, to: end.target) }
    }
    (self.gains, self.ends, self.neighbours, self.starts) = (gains, ends, neighbours, starts)
    ratios = Array(repeating: nil, count: graph.actors.count)
  }

  /// The tokens that a cycle of the source writes over those that a cycle of the destination reads.
  private static func gain(
    of index: Int, in graph: CSDFGraph, _ source: Int, _ target: Int
  ) throws(DataflowError) -> Fraction {
    let (phases, readerPhases) = (graph.phaseCounts[source], graph.phaseCounts[target])
    if phases == 1, readerPhases == 1 {
      let written = graph.channels[index].production[0]
      let read = graph.channels[index].consumption[0]
      if written == read { return .one }
      return try Fraction(written, read)
        .orOverflow("rates of channel \"\(graph.channels[index].name)\"")
    }
    let totals = (
      graph.channels[index].production.sumOfRates, graph.channels[index].consumption.sumOfRates
    )
    guard let written = totals.0, let read = totals.1 else {
      throw .overflow(quantity: "rates of channel \"\(graph.channels[index].name)\"")
    }
    let sourceTurns = phases / Int64(graph.channels[index].production.count)
    let readerTurns = readerPhases / Int64(graph.channels[index].consumption.count)
    if written == read, sourceTurns == readerTurns { return .one }
    return try Fraction(
      reducing: Int128(written) * Int128(sourceTurns), over: Int128(read) * Int128(readerTurns)
    ).orOverflow("rates of channel \"\(graph.channels[index].name)\"")
  }

  mutating func solve() throws(DataflowError) -> [Int64] {
    var cycles: [Int64] = Array(repeating: 1, count: graph.actors.count)
    for root in graph.actors.indices where ratios[root] == nil {
      let members = try walk(from: root)
      try scale(members, into: &cycles)
    }
    return cycles
  }

  /// Gives each actor of a component its ratio to the root and checks every channel on the way.
  private mutating func walk(from root: Int) throws(DataflowError) -> [Int] {
    var members = [root]
    ratios[root] = .one
    var next = 0
    while next < members.count {
      let actor = members[next]
      next += 1
      guard let ratio = ratios[actor] else { continue }
      for slot in starts[actor]..<starts[actor + 1] {
        let index = Int(neighbours[Int(slot)])
        let isForward = ends[index].source == actor
        let other = Int(isForward ? ends[index].target : ends[index].source)
        let expected = try Self.apply(gains[index], to: ratio, isForward: isForward)
          .orOverflow("repetition of actor \"\(graph.actors[other].name)\"")
        if ratios[other] == nil {
          ratios[other] = expected
          members.append(other)
        } else if ratios[other] != expected {
          throw .inconsistent(channel: graph.channels[index].name)
        }
      }
    }
    return members
  }

  private static func apply(_ gain: Fraction, to ratio: Fraction, isForward: Bool) -> Fraction? {
    if gain == .one { return ratio }
    return isForward ? ratio.multiplied(by: gain) : ratio.divided(by: gain)
  }

  /// Turns ratios into the least integers. The root's ratio is 1, so the least common multiple of
  /// the denominators leaves no common divisor.
  private func scale(_ members: [Int], into cycles: inout [Int64]) throws(DataflowError) {
    var multiple: Int64 = 1
    for actor in members {
      multiple = try leastCommonMultiple(multiple, ratios[actor]?.denominator ?? 1)
        .orOverflow("repetition of actor \"\(graph.actors[actor].name)\"")
    }
    for actor in members {
      guard let ratio = ratios[actor] else { continue }
      cycles[actor] = try checkedProduct(multiple / ratio.denominator, ratio.numerator)
        .orOverflow("repetition of actor \"\(graph.actors[actor].name)\"")
    }
  }
}

extension [Int64] {
  /// The sum of the rates of one end of a channel; nil where it does not fit.
  fileprivate var sumOfRates: Int64? {
    var total: Int64 = 0
    for rate in self {
      let (sum, overflow) = total.addingReportingOverflow(rate)
      if overflow { return nil }
      total = sum
    }
    return total
  }
}
