import GraphAlgorithms

/// Splits a graph into strongly connected components and joins what is known about each.
///
/// Without a cycle between them, components only wait for those before them, so the slowest sets
/// the period.
struct SelfTimedAnalysis {
  private let graph: CSDFGraph
  private let repetition: RepetitionVector
  private let options: SelfTimedExecution.Options
  private let selfEdges: [[ChannelCycle]]
  private let isSequential: [Bool]

  init(
    _ graph: CSDFGraph, _ repetition: RepetitionVector, _ options: SelfTimedExecution.Options
  ) throws(DataflowError) {
    self.graph = graph
    self.repetition = repetition
    self.options = options
    var isSequential = Array(repeating: !options.autoConcurrency, count: graph.actors.count)
    var selfEdges: [[ChannelCycle]] = Array(repeating: [], count: graph.actors.count)
    for channel in graph.channels where channel.isSelfEdge {
      selfEdges[channel.source.index].append(try ChannelCycle(of: channel))
      if channel.admitsOneFiring { isSequential[channel.source.index] = true }
    }
    self.selfEdges = selfEdges
    self.isSequential = isSequential
  }

  func run() throws(DataflowError) -> SelfTimedExecution.Outcome {
    let topology = graph.actorGraph().graph
    let components = topology.stronglyConnectedComponents()
    let channels = innerChannels(of: components)
    var total = PeriodBounds(lower: .zero, upper: .zero)
    var budget = options.firingLimit
    for (component, channels) in zip(components, channels) {
      switch try analyse(component, channels, &budget) {
      case .deadlock(let actors): return .deadlock(actors.map { CSDFGraph.ActorID($0) })
      case .period(let bounds): total.join(bounds)
      }
    }
    return total.outcome
  }

  /// For each component the channels that matter inside it: none across, no self-edge of a
  /// sequential actor.
  private func innerChannels(of components: [[Int]]) -> [[Int]] {
    var home = Array(repeating: 0, count: graph.actors.count)
    for (index, component) in components.enumerated() {
      for actor in component { home[actor] = index }
    }
    var inner: [[Int]] = Array(repeating: [], count: components.count)
    for (index, channel) in graph.channels.enumerated() {
      let source = channel.source.index
      guard home[source] == home[channel.destination.index] else { continue }
      if channel.isSelfEdge, isSequential[source] { continue }
      inner[home[source]].append(index)
    }
    return inner
  }

  private func analyse(
    _ component: [Int], _ channels: [Int], _ budget: inout Int64
  ) throws(DataflowError) -> ComponentOutcome {
    let starved = component.filter { actor in
      isSequential[actor] && !selfEdges[actor].allSatisfy(\.isLiveSelfEdge)
    }
    if !starved.isEmpty { return .deadlock(starved) }
    var bounds = try workloadBounds(of: component)
    if channels.isEmpty { return .period(PeriodBounds(lower: bounds.lower, upper: bounds.lower)) }

    let turns = component.reduce(Int64(0)) { greatestCommonDivisor($0, repetition.cycles[$1]) }
    var kernel = SelfTimedKernel(
      graph, component, channels,
      firings: component.map { repetition.firings[$0] / turns },
      isSequential: component.map { isSequential[$0] })
    let inverse = try Fraction(1, turns).orOverflow("period")
    try bounds.scale(by: inverse)
    let blocked = try kernel.narrow(&bounds, options, &budget)
    if !blocked.isEmpty { return .deadlock(blocked.map { component[$0] }) }
    try bounds.scale(by: Fraction(turns))
    return .period(bounds)
  }

  /// A sequential actor needs its own workload, and one processor could run all actors in turn.
  private func workloadBounds(of component: [Int]) throws(DataflowError) -> PeriodBounds {
    var (longest, sum) = (Int128(0), Int128(0))
    for index in component {
      let times = graph.actors[index].executionTimes
      let turns = repetition.firings[index] / Int64(times.count)
      let turn = times.reduce(Int128(0)) { $0 + Int128($1) }
      let (workload, overflow) = turn.multipliedReportingOverflow(by: Int128(turns))
      guard !overflow, workload <= Int128(Int64.max) else {
        throw .overflow(quantity: "workload of actor \"\(graph.actors[index].name)\"")
      }
      if isSequential[index] { longest = max(longest, workload) }
      sum += workload
    }
    return PeriodBounds(
      lower: try Fraction(reducing: longest, over: 1).orOverflow("period"),
      upper: try Fraction(reducing: sum, over: 1).orOverflow("period"))
  }
}

private enum ComponentOutcome {
  case period(PeriodBounds)
  case deadlock([Int])
}

extension CSDFGraph.Channel {
  /// Whether a self-edge holds just the tokens for one firing at a time.
  fileprivate var admitsOneFiring: Bool {
    let rate = production[0]
    return (production + consumption).allSatisfy { $0 == rate } && initialTokens >= rate
      && initialTokens - rate < rate
  }
}
