import GraphAlgorithms

/// The search for trade-offs in the order of the sum of the capacities.
struct BufferSearch {
  let periods: BoundedPeriods
  private(set) var points: [BufferTradeOff.Point] = []
  /// No capacities with a smaller sum are still to be tried.
  private(set) var total: Int64

  private let graph: CSDFGraph
  private let least: [Int64]
  private let steps: [Int64]
  /// The capacities to try, by their sum.
  private var waiting: [Int64: Set<[Int64]>] = [:]
  /// The numbers that wait, of which only so many fit the memory.
  private var stored = 0
  private static let largestStore = 20_000_000
  /// The points after which a search for the period 0 ends, which may be out of reach.
  private static let pointLimit = 100

  init(_ graph: CSDFGraph, _ options: Throughput.Options) throws(DataflowError) {
    self.graph = graph
    var (least, steps): ([Int64], [Int64]) = ([], [])
    for channel in graph.channels {
      if channel.isSelfEdge {
        least.append(channel.initialTokens)
        steps.append(1)
      } else {
        let capacity = try ChannelCapacity(of: channel)
        least.append(capacity.least)
        steps.append(capacity.step)
      }
    }
    periods = try BoundedPeriods(graph, least: least, options: options)
    self.steps = periods.channels.map { steps[$0] }
    self.least = periods.channels.map { least[$0] }
    total = try self.least.checkedTotal()
    try add(self.least)
  }

  private mutating func add(_ capacities: [Int64]) throws(DataflowError) {
    let total = try capacities.checkedTotal()
    let isNew = waiting[total, default: []].insert(capacities).inserted
    if isNew { stored += capacities.count }
  }

  private func more(_ capacity: Int64, _ step: Int64) throws(DataflowError) -> Int64 {
    try checkedSum(capacity, step).orOverflow("the total of the buffer capacities")
  }

  /// Tries capacities until one reaches a period.
  ///
  /// - Returns: What ended the search before.
  mutating func run(
    upTo shortest: Fraction, evaluationLimit: Int, until deadline: Deadline
  ) throws(DataflowError) -> AnalysisLimit? {
    var evaluations = 0
    while let total = waiting.keys.min(), let list = waiting.removeValue(forKey: total) {
      self.total = total
      stored -= list.count * least.count
      var best: (capacities: [Int64], period: Fraction)?
      for capacities in list.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        evaluations += 1
        if evaluations > evaluationLimit { return .work }
        if stored > Self.largestStore { return .memory }
        guard let found = try periods.evaluate(capacities, until: deadline) else {
          return deadline.isPast ? .time : .work
        }
        if let period = found.period, best.map({ period < $0.period }) ?? true {
          best = (capacities, period)
        }
        for place in Set(found.critical) {
          var next = capacities
          next[place] = try more(capacities[place], steps[place])
          try add(next)
        }
      }
      guard let best, points.last.map({ best.period < $0.period }) ?? true else { continue }
      points.append(try point(best.capacities, best.period))
      if best.period <= shortest { return nil }
      if shortest == .zero, points.count == Self.pointLimit { return .work }
    }
    return .work
  }

  private func point(
    _ capacities: [Int64], _ period: Fraction
  ) throws(DataflowError) -> BufferTradeOff.Point {
    var all = graph.channels.map(\.initialTokens)
    for (channel, capacity) in zip(periods.channels, capacities) { all[channel] = capacity }
    return BufferTradeOff.Point(
      capacities: all, total: try capacities.checkedTotal(), period: period)
  }
}

extension BufferSearch {
  /// Few tokens that lead to a period: more for all places of critical cycles, or else an iteration
  /// and more of them for all channels; then each channel gives up what it does not need.
  ///
  /// - Returns: nil where the time is too short for any.
  func fastest(
    _ shortest: Fraction, until deadline: Deadline
  ) throws(DataflowError) -> BufferTradeOff.Point? {
    var found = try growing(shortest, until: deadline.part(1, of: 2))
    if found == nil { found = try wholeIterations(shortest, until: deadline) }
    guard var capacities = found else { return nil }
    try shrink(&capacities, shortest, until: deadline)
    return try point(capacities, shortest)
  }

  private func reaches(
    _ shortest: Fraction, _ capacities: [Int64], until deadline: Deadline
  ) throws(DataflowError) -> Bool {
    let found = try periods.evaluate(capacities, until: deadline)
    return found?.period.map { $0 <= shortest } ?? false
  }

  /// From the least capacities on all places of critical cycles get more.
  private func growing(
    _ shortest: Fraction, until deadline: Deadline
  ) throws(DataflowError) -> [Int64]? {
    var capacities = least
    for _ in 0..<10_000 {
      guard let found = try periods.evaluate(capacities, until: deadline) else { return nil }
      if let period = found.period, period <= shortest { return capacities }
      guard !found.critical.isEmpty else { return nil }
      for place in Set(found.critical) {
        let extra = max(1, capacities[place] / 4 / steps[place]) * steps[place]
        capacities[place] = try more(capacities[place], extra)
      }
    }
    return nil
  }

  /// Room for an iteration in every channel, or for 2, 4, … of them, and then the same part of all.
  private func wholeIterations(
    _ shortest: Fraction, until deadline: Deadline
  ) throws(DataflowError) -> [Int64]? {
    let repetition = try RepetitionVector(of: graph)
    func sized(_ part: Int128, of whole: Int128) -> [Int64]? {
      var capacities: [Int64] = []
      for (place, channel) in periods.channels.enumerated() {
        let channel = graph.channels[channel]
        guard let tokens = channel.tokens(in: repetition, of: graph) else { return nil }
        let steps = Int128(tokens) * part / whole / Int128(self.steps[place]) + 1
        guard let room = Int64(exactly: steps * Int128(self.steps[place])),
          let capacity = checkedSum(least[place], room)
        else { return nil }
        capacities.append(capacity)
      }
      return capacities
    }
    var iterations: Int128 = 1
    while true {
      guard let capacities = sized(iterations, of: 1), iterations <= 64, !deadline.isPast else {
        return nil
      }
      if try reaches(shortest, capacities, until: deadline) { break }
      iterations *= 2
    }
    // In units of a thousandth of an iteration.
    var (lower, upper) = (Int128(0), iterations * 1000)
    while lower < upper, !deadline.isPast {
      let middle = (lower + upper) / 2
      guard let capacities = sized(middle, of: 1000) else { break }
      if try reaches(shortest, capacities, until: deadline) {
        upper = middle
      } else {
        lower = middle + 1
      }
    }
    return sized(upper, of: 1000)
  }

  /// Takes from one channel after the other what it does not need, as long as there is time.
  private func shrink(
    _ capacities: inout [Int64], _ shortest: Fraction, until deadline: Deadline
  ) throws(DataflowError) {
    for place in capacities.indices {
      var (lower, upper) = (Int64(0), (capacities[place] - least[place]) / steps[place])
      while lower < upper {
        if deadline.isPast { break }
        let middle = lower + (upper - lower) / 2
        var fewer = capacities
        fewer[place] = least[place] + middle * steps[place]
        if try reaches(shortest, fewer, until: deadline) {
          upper = middle
        } else {
          lower = middle + 1
        }
      }
      capacities[place] = least[place] + upper * steps[place]
    }
  }
}

extension [Int64] {
  /// The sum of capacities.
  func checkedTotal() throws(DataflowError) -> Int64 {
    var total: Int64 = 0
    for capacity in self {
      total = try checkedSum(total, capacity).orOverflow("the total of the buffer capacities")
    }
    return total
  }
}

extension CSDFGraph.Channel {
  /// The tokens that pass in an iteration; nil where they do not fit.
  func tokens(in repetition: RepetitionVector, of graph: CSDFGraph) -> Int64? {
    let firings = repetition.firings[source.index] / Int64(production.count)
    let turn = production.reduce(Int64?(0)) { sum, rate in sum.flatMap { checkedSum($0, rate) } }
    return turn.flatMap { checkedProduct($0, firings) }
  }
}
