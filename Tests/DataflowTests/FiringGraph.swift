import Dataflow

/// A slow obvious reference: the graph written out firing by firing over one iteration, and its
/// maximum cycle ratio by trying ratios.
///
/// A firing of a later iteration depends on firings of earlier ones through the tokens it reads;
/// every token is followed from its writer to its reader.
struct FiringGraph {
  private struct Arc {
    var source: Int
    var target: Int
    var time: Int64
    /// The iterations that lie between.
    var delay: Int64
  }

  private var arcs: [Arc] = []
  private var count = 0
  /// For each node its actor and its firing.
  private var firings: [(actor: Int, firing: Int)] = []

  init(_ graph: CSDFGraph, autoConcurrency: Bool) throws {
    let firings = try RepetitionVector(of: graph).firings.map { Int($0) }
    var offsets: [Int] = []
    for firing in firings {
      self.firings += (0..<firing).map { (offsets.count, $0) }
      offsets.append(count)
      count += firing
    }
    func time(_ actor: Int, _ firing: Int) -> Int64 {
      let times = graph.actors[actor].executionTimes
      return times[firing % times.count]
    }
    for (actor, total) in firings.enumerated() {
      for firing in 0..<total {
        let isLast = firing == total - 1
        arcs.append(
          Arc(
            source: offsets[actor] + firing, target: offsets[actor] + (isLast ? 0 : firing + 1),
            time: autoConcurrency ? 0 : time(actor, firing), delay: isLast ? 1 : 0))
      }
    }
    for channel in graph.channels {
      let (source, target) = (channel.source.index, channel.destination.index)
      // The writer of token n, n from 0 behind the initial ones, over enough iterations.
      var writers: [Int] = []
      for firing in 0..<firings[source] {
        let rate = channel.production[firing % channel.production.count]
        writers += Array(repeating: firing, count: Int(rate))
      }
      let perIteration = Int64(writers.count)
      var read: Int64 = 0
      for firing in 0..<firings[target] {
        for _ in 0..<channel.consumption[firing % channel.consumption.count] {
          let token = read - channel.initialTokens
          read += 1
          let iteration = floorQuotient(token, perIteration)
          let writer = writers[Int(token - iteration * perIteration)]
          arcs.append(
            Arc(
              source: offsets[source] + writer, target: offsets[target] + firing,
              time: time(source, writer), delay: -iteration))
        }
      }
    }
  }

  /// Whether a schedule with this period exists: no cycle takes longer than it may (Bellman, Ford).
  private func isFeasible(_ period: Fraction, extra: Int64 = 0) -> Bool {
    let (top, bottom) = (Int128(period.numerator), Int128(period.denominator))
    var starts = [Int128](repeating: 0, count: count)
    for _ in 0...count {
      var isChanged = false
      for arc in arcs {
        let start = starts[arc.source] + Int128(arc.time + extra) * bottom - Int128(arc.delay) * top
        if start > starts[arc.target] {
          starts[arc.target] = start
          isChanged = true
        }
      }
      if !isChanged { return true }
    }
    return false
  }

  /// Whether a period is possible and none that is a little smaller.
  func isLeast(_ period: Fraction) -> Bool {
    guard !isDeadlocked, isFeasible(period) else { return false }
    guard period > .zero, let step = Fraction(1, Int64(count) * 1000),
      let minus = step.multiplied(by: Fraction(-1)), let less = period.adding(minus)
    else { return period == .zero }
    return !isFeasible(less)
  }

  /// Whether firings wait for each other without end, even if none of them takes time.
  var isDeadlocked: Bool { !isFeasible(Fraction(1 << 40), extra: 1) }
}

extension FiringGraph {
  /// The graph of the schedules in which each actor fires again and again in one pattern of so many
  /// firings, and the parts of an iteration's period that its delays count.
  func repeating(_ pattern: [Int64]) -> (graph: FiringGraph, parts: Int64) {
    var totals = pattern.map { _ in Int64(0) }
    for (actor, _) in firings { totals[actor] += 1 }
    let rounds = zip(totals, pattern).map { $0 / $1 }
    let parts = rounds.reduce(Int64(1), *)
    var nodes: [[Int64]: Int] = [:]
    var result = self
    for (index, arc) in arcs.enumerated() {
      func place(_ node: Int) -> (node: Int, offset: Int64) {
        let (actor, firing) = (firings[node].actor, Int64(firings[node].firing))
        let key = [Int64(actor), firing % pattern[actor]]
        let number = nodes[key] ?? nodes.count
        nodes[key] = number
        return (number, firing / pattern[actor] * (parts / rounds[actor]))
      }
      let (source, target) = (place(arc.source), place(arc.target))
      result.arcs[index] = Arc(
        source: source.node, target: target.node, time: arc.time,
        delay: arc.delay * parts + target.offset - source.offset)
    }
    result.count = nodes.count
    return (result, parts)
  }
}

private func floorQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value < quotient * divisor ? quotient - 1 : quotient
}
