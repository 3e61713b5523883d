import GraphAlgorithms

/// The earliest schedule that starts each phase of each actor once in a fixed time, the shortest
/// possible.
///
/// Source: Bodin, Munier-Kordon, Dupont de Dinechin 2013, "Periodic schedules for cyclo-static
/// dataflow", ESTIMedia, DOI 10.1109/ESTIMedia.2013.6704509. The period is the maximum cycle ratio of
/// ``KPeriodicGraph`` with one round of each actor, and the starts are the least from 0 on that keep its
/// arcs.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | period of an iteration | ``period`` |
/// | start of the first execution of each phase | ``startTimes`` |
/// | period of an actor | ``period`` over `rounds` |
package struct OnePeriodicSchedule: Hashable, Sendable {
  /// The time of an iteration of the graph in ticks.
  package let period: Fraction
  /// For each actor and phase the start of the first firing in ticks.
  package let startTimes: [[Fraction]]
  /// For each actor the rounds through its phases in an iteration.
  private let rounds: [Int64]

  /// What a search for the schedule ends with.
  package enum Answer: Hashable, Sendable {
    case schedule(OnePeriodicSchedule)
    /// There is no such schedule.
    case none
    /// This came first.
    case ended(AnalysisLimit)
  }

  /// Finds the schedule of a graph.
  ///
  /// - Throws: ``DataflowError`` for an inconsistent graph.
  package static func find(
    in graph: CSDFGraph, autoConcurrency: Bool = false, timeLimit: Duration? = nil
  ) throws(DataflowError) -> Answer {
    let deadline = Deadline(after: timeLimit)
    let repetition = try RepetitionVector(of: graph)
    let components = try DataflowComponents(graph, repetition, autoConcurrency: autoConcurrency)
    if components.starvedActor(in: Array(graph.actors.indices)) != nil { return .none }
    let whole = components.whole()
    guard let constraints = KPeriodicGraph(whole, rounds: whole.actors.map { _ in 1 }) else {
      return .ended(.numbers)
    }
    var steps = 0
    let ratio: (cost: Int128, height: Int128)
    switch constraints.graph.leastPeriod(
      hasInstantActors: whole.actors.contains { $0.times.contains(0) }, until: deadline,
      counting: &steps)
    {
    case .none: ratio = (0, 1)
    case .unbounded: return .none
    case .overflow: return .ended(.numbers)
    case .interrupted: return .ended(.time)
    case .ratio(let cost, let height, _): ratio = (cost, height)
    }
    let starts = constraints.graph.leastPotentials(
      of: constraints.owners.count, cost: ratio.cost, height: ratio.height, until: deadline)
    guard let starts else { return .ended(deadline.isPast ? .time : .numbers) }
    let schedule = OnePeriodicSchedule(
      starts, over: ratio.height, cost: ratio.cost, scale: constraints.scale, of: whole)
    return schedule.map { .schedule($0) } ?? .ended(.numbers)
  }

  private init?(
    _ starts: [Int128], over height: Int128, cost: Int128, scale: Int64,
    of component: DataflowComponent
  ) {
    let (time, overflow) = cost.multipliedReportingOverflow(by: Int128(scale))
    guard !overflow,
      let period = Fraction(reducing: time, over: height)?
        .multiplied(by: Fraction(component.turns))
    else { return nil }
    var startTimes: [[Fraction]] = []
    var first = 0
    for actor in component.actors {
      var phases: [Fraction] = []
      for start in starts[first..<first + actor.times.count] {
        guard let start = Fraction(reducing: start, over: height) else { return nil }
        phases.append(start)
      }
      startTimes.append(phases)
      first += actor.times.count
    }
    self.period = period
    self.startTimes = startTimes
    rounds = component.actors.map { $0.cycles * component.turns }
  }
}

extension OnePeriodicSchedule {
  /// When an actor starts a firing, the first being number 0; nil where that does not fit.
  package func start(of actor: CSDFGraph.ActorID, firing: Int64) -> Fraction? {
    let phases = startTimes[actor.index]
    let (round, phase) = firing.quotientAndRemainder(dividingBy: Int64(phases.count))
    return Fraction(round, rounds[actor.index])
      .flatMap { $0.multiplied(by: period) }.flatMap { $0.adding(phases[Int(phase)]) }
  }
}
