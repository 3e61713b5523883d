import GraphAlgorithms

/// What bounds the throughput of a graph, and how far the times of the actors to blame must fall
/// before something else does.
///
/// The period is a convex, piecewise linear function of each actor's times: the greatest of lines,
/// one for each cycle. From the line of a critical cycle and that of an instant actor the point is
/// found at which the critical cycle begins.
package struct BottleneckReport: Hashable, Sendable {
  /// An actor of the critical cycle.
  package struct Entry: Hashable, Sendable {
    /// The actor of the critical cycle.
    package let actor: CSDFGraph.ActorID
    /// The part of its times at which the bottleneck moves; below it the period gains nothing along
    /// the critical cycle. 0 where the cycle stays critical even without this actor's time.
    package let turningPoint: Fraction
    /// The period at that point.
    package let period: Fraction
    /// A cycle that is critical from there on.
    package let nextCycle: [CSDFGraph.ActorID]
  }

  /// The ticks per iteration.
  package let period: Fraction
  /// The actors of a critical cycle.
  package let cycle: [CSDFGraph.ActorID]
  /// Its channels; none where one actor alone is the bottleneck.
  package let channels: [CSDFGraph.ChannelID]
  /// The actors of the cycle that take time, each once, in the order of the graph.
  package let entries: [Entry]

  /// Finds the bottleneck of a graph.
  ///
  /// - Parameters:
  ///   - options: The treatment of actors and the limits; with a limit of time, no further actor is looked
  ///     at behind it.
  ///   - actorLimit: The most actors of the cycle that are looked at.
  /// - Returns: nil where the period or a critical cycle is not known, or nothing bounds it.
  /// - Throws: ``DataflowError``.
  package init?(
    of graph: CSDFGraph, options: Throughput.Options, actorLimit: Int = 64
  ) throws(DataflowError) {
    let deadline = Deadline(after: options.timeLimit)
    let evaluation = PeriodFunction(graph: graph, options: options, deadline: deadline)
    guard let whole = try evaluation.point(of: -1, at: .one), whole.period > .zero,
      !whole.cycle.actors.isEmpty
    else { return nil }
    period = whole.period
    cycle = whole.cycle.actors.map { CSDFGraph.ActorID($0) }
    channels = whole.cycle.channels.map { CSDFGraph.ChannelID($0) }
    var entries: [Entry] = []
    for actor in Set(whole.cycle.actors).sorted().prefix(actorLimit) {
      if deadline.isPast { break }
      guard let share = whole.cycle.shares[actor], share > .zero else { continue }
      if let entry = try evaluation.turningPoint(of: actor, whole.period, share) {
        entries.append(entry)
      }
    }
    self.entries = entries
  }
}

/// The period as a function of one actor's times.
private struct PeriodFunction {
  let graph: CSDFGraph
  let options: Throughput.Options
  let deadline: Deadline

  struct Point {
    var period: Fraction
    var cycle: CriticalCycle
  }

  /// The period where all times of an actor are multiplied by a factor; nil where it is not known.
  func point(of actor: Int, at factor: Fraction) throws(DataflowError) -> Point? {
    var actors: [CSDFGraph.Actor] = []
    for (index, each) in graph.actors.enumerated() {
      let multiple = index == actor ? factor.numerator : factor.denominator
      var times: [Int64] = []
      for time in each.executionTimes {
        guard let scaled = checkedProduct(time, multiple) else { return nil }
        times.append(scaled)
      }
      actors.append(CSDFGraph.Actor(name: each.name, executionTimes: times))
    }
    let scaled = try CSDFGraph(name: graph.name, actors: actors, channels: graph.channels)
    var analysis = try ThroughputAnalysis(
      scaled, try RepetitionVector(of: scaled), options, deadline: deadline)
    do {
      try analysis.run()
    } catch .overflow where factor != .one {
      return nil
    }
    guard case .periodic(let period) = analysis.outcome,
      let real = period.divided(by: Fraction(factor.denominator))
    else { return nil }
    return Point(period: real, cycle: analysis.critical)
  }

  /// Where the line through (1, `period`) with the slope `share` meets the function to its left.
  func turningPoint(
    of actor: Int, _ period: Fraction, _ share: Fraction
  ) throws(DataflowError) -> BottleneckReport.Entry? {
    func line(_ factor: Fraction) -> Fraction? {
      share.multiplied(by: factor).flatMap { period.adding($0) }.flatMap { $0.subtracting(share) }
    }
    var factor = Fraction.zero
    var left: CriticalCycle?
    for _ in 0..<64 {
      guard let found = try point(of: actor, at: factor), let expected = line(factor) else {
        return nil
      }
      if found.period <= expected {
        return BottleneckReport.Entry(
          actor: CSDFGraph.ActorID(actor), turningPoint: factor, period: found.period,
          nextCycle: (left ?? found.cycle).actors.map { CSDFGraph.ActorID($0) })
      }
      // The share at this factor, as a slope for the whole time.
      let here = found.cycle.shares[actor] ?? .zero
      let slope = factor == .zero ? Fraction.zero : here.divided(by: Fraction(factor.numerator))
      guard let slope, let gap = found.period.subtracting(expected),
        let difference = share.subtracting(slope), difference > .zero,
        let step = gap.divided(by: difference), let next = factor.adding(step)
      else { return nil }
      factor = next
      left = found.cycle
    }
    return nil
  }
}

extension Fraction {
  fileprivate func subtracting(_ other: Fraction) -> Fraction? {
    other.multiplied(by: Fraction(-1)).flatMap { adding($0) }
  }
}
