import GraphAlgorithms

/// The period of a graph under many capacities of its channels.
///
/// The graph with a channel of free places against each channel is made once; only the numbers of
/// free places change.
struct BoundedPeriods {
  /// What capacities lead to.
  struct Evaluation {
    /// The period; nil in a deadlock.
    var period: Fraction?
    /// The channels whose places lie on a critical cycle: without more of one of them nothing gets
    /// better.
    var critical: [Int]
  }

  /// The channels that are bounded, by their numbers.
  let channels: [Int]
  private let graph: CSDFGraph
  private let components: [DataflowComponent]
  private let solo: Fraction
  private let options: Throughput.Options

  init(
    _ graph: CSDFGraph, least: [Int64], options: Throughput.Options
  ) throws(DataflowError) {
    self.graph = graph
    self.options = options
    channels = graph.channels.indices.filter { !graph.channels[$0].isSelfEdge }
    let bounded = try graph.bounded(by: least)
    let parts = try DataflowComponents(
      bounded, try RepetitionVector(of: bounded), autoConcurrency: options.autoConcurrency)
    var components: [DataflowComponent] = []
    var solo = Fraction.zero
    for index in parts.members.indices {
      if let starved = parts.starvedActor(in: parts.members[index]) {
        throw .starvedSelfEdge(
          channel: graph.channels.first {
            $0.isSelfEdge && $0.source.index == starved
          }?.name ?? "")
      }
      if let workload = try parts.soloWorkload(of: index) {
        solo = max(solo, workload)
      } else {
        components.append(parts.component(index))
      }
    }
    self.components = components
    self.solo = solo
  }

  /// The period for capacities of the bounded channels, in their order; nil where the limits of the
  /// search end it before it is known.
  ///
  /// - Throws: ``DataflowError``.
  func evaluate(
    _ capacities: [Int64], until deadline: Deadline
  ) throws(DataflowError) -> Evaluation? {
    try analyze(capacities, until: deadline, stopsAtBounds: true)?.evaluation
  }

  /// A period that is surely possible with these capacities, unless they deadlock.
  ///
  /// - Throws: ``DataflowError``.
  func upperBound(
    _ capacities: [Int64], until deadline: Deadline
  ) throws(DataflowError) -> Fraction? {
    try analyze(capacities, until: deadline, stopsAtBounds: false)?.upper
  }

  private func analyze(
    _ capacities: [Int64], until deadline: Deadline, stopsAtBounds: Bool
  ) throws(DataflowError) -> (evaluation: Evaluation, upper: Fraction?)? {
    var result = Evaluation(period: solo, critical: [])
    var upper = solo
    var budget = options.firingLimit
    for var component in components {
      for slot in component.channels.indices {
        let place = component.channels[slot].index - graph.channels.count
        guard place >= 0 else { continue }
        component.channels[slot].initialTokens =
          capacities[place] - graph.channels[channels[place]].initialTokens
      }
      var search = try ComponentSearch(component, options, deadline: deadline)
      try search.run(&budget)
      let critical = search.cycle.channels.map {
        component.channels[$0].index - graph.channels.count
      }
      .filter { $0 >= 0 }
      if search.isDeadlock { return (Evaluation(period: nil, critical: critical), nil) }
      if stopsAtBounds, !search.bounds.isExact { return nil }
      let turns = Fraction(component.turns)
      let period = try search.bounds.lower.multiplied(by: turns).orOverflow("period")
      upper = max(upper, try search.bounds.upper.multiplied(by: turns).orOverflow("period"))
      if let known = result.period, period > known {
        result = Evaluation(period: period, critical: critical)
      }
    }
    return (result, upper)
  }
}
