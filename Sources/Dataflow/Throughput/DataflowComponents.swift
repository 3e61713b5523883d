import GraphAlgorithms

/// The strongly connected components of a graph, and how its actors fire.
struct DataflowComponents {
  /// The actors of each component.
  let members: [[Int]]
  private let graph: CSDFGraph
  private let repetition: RepetitionVector
  private let isSequential: [Bool]
  private let selfEdges: [[ChannelCycle]]
  /// For each component the channels that matter inside it: none across, no self-edge of a
  /// sequential actor.
  private let channels: [[Int]]
  /// The number of each actor within its component.
  private let places: [Int]

  init(
    _ graph: CSDFGraph, _ repetition: RepetitionVector, autoConcurrency: Bool
  ) throws(DataflowError) {
    self.graph = graph
    self.repetition = repetition
    var isSequential = Array(repeating: !autoConcurrency, count: graph.actors.count)
    var selfEdges: [[ChannelCycle]] = Array(repeating: [], count: graph.actors.count)
    for index in graph.channels.indices
    where graph.channels[index].source == graph.channels[index].destination {
      let channel = graph.channels[index]
      if channel.admitsOneFiring {
        isSequential[channel.source.index] = true
      } else {
        selfEdges[channel.source.index].append(try ChannelCycle(of: channel))
      }
    }
    let (homes, count) = StronglyConnectedComponents.find(
      nodeCount: graph.actors.count,
      sources: graph.channels.indices.map { Int32(graph.channels[$0].source.index) },
      targets: graph.channels.indices.map { Int32(graph.channels[$0].destination.index) })
    var members: [[Int]] = Array(repeating: [], count: count)
    let home = homes.map { Int($0) }
    var places = Array(repeating: 0, count: graph.actors.count)
    for actor in graph.actors.indices {
      places[actor] = members[home[actor]].count
      members[home[actor]].append(actor)
    }
    self.places = places
    var channels: [[Int]] = Array(repeating: [], count: count)
    for index in graph.channels.indices {
      let source = graph.channels[index].source.index
      let target = graph.channels[index].destination.index
      guard home[source] == home[target] else { continue }
      if source == target, isSequential[source] { continue }
      channels[home[source]].append(index)
    }
    self.isSequential = isSequential
    self.selfEdges = selfEdges
    self.members = members
    self.channels = channels
  }

  /// An actor that its own self-edge blocks for ever.
  func starvedActor(in members: [Int]) -> Int? {
    members.first { actor in
      isSequential[actor] && !selfEdges[actor].allSatisfy(\.isLiveSelfEdge)
    }
  }

  /// The period of a component without channels inside: what its one actor takes; nil for others.
  func soloWorkload(of index: Int) throws(DataflowError) -> Fraction? {
    guard channels[index].isEmpty, let actor = members[index].first else { return nil }
    guard isSequential[actor] else { return .zero }
    let times = graph.actors[actor].executionTimes
    let turn = times.reduce(Int128(0)) { $0 + Int128($1) }
    let turns = Int128(repetition.firings[actor] / Int64(times.count))
    let (workload, overflow) = turn.multipliedReportingOverflow(by: turns)
    return try (overflow ? nil : Fraction(reducing: workload, over: 1))
      .orOverflow("workload of actor \"\(graph.actors[actor].name)\"")
  }

  /// A component with lists as long as the phases of its actors.
  func component(_ index: Int) -> DataflowComponent {
    component(of: members[index], channels[index], places)
  }

  /// The whole graph as if it were one component.
  func whole() -> DataflowComponent {
    let channels = graph.channels.indices.filter {
      let channel = graph.channels[$0]
      return !(channel.isSelfEdge && isSequential[channel.source.index])
    }
    return component(of: Array(graph.actors.indices), channels, Array(graph.actors.indices))
  }

  private func component(
    of members: [Int], _ channels: [Int], _ places: [Int]
  ) -> DataflowComponent {
    let turns = members.reduce(Int64(0)) {
      greatestCommonDivisor($0, repetition.cycles[$1])
    }
    let actors = members.map { actor in
      DataflowComponent.Actor(
        index: actor,
        times: graph.actors[actor].executionTimes.repeated(graph.phaseCounts[actor]),
        cycles: repetition.cycles[actor] / turns, isSequential: isSequential[actor])
    }
    let channels = channels.map { index in
      let channel = graph.channels[index]
      let (source, target) = (channel.source.index, channel.destination.index)
      return DataflowComponent.Channel(
        index: index, source: places[source], target: places[target],
        production: channel.production.repeated(graph.phaseCounts[source]),
        consumption: channel.consumption.repeated(graph.phaseCounts[target]),
        initialTokens: channel.initialTokens)
    }
    return DataflowComponent(actors: actors, channels: channels, turns: turns)
  }
}

extension [Int64] {
  /// The list again and again, up to a multiple of its length.
  fileprivate func repeated(_ total: Int64) -> [Int64] {
    Int64(count) == total ? self : (0..<Int(total)).map { self[$0 % count] }
  }
}

extension DataflowComponent {
  /// A sequential actor needs its own workload, and one processor could run all actors in turn.
  func workloadBounds() throws(DataflowError) -> PeriodBounds {
    var (longest, sum) = (Int128(0), Int128(0))
    for actor in actors {
      let turn = actor.times.reduce(Int128(0)) { $0 + Int128($1) }
      let (workload, overflow) = turn.multipliedReportingOverflow(by: Int128(actor.cycles))
      guard !overflow, workload <= Int128(Int64.max) else {
        throw .overflow(quantity: "workload of an actor")
      }
      if actor.isSequential { longest = max(longest, workload) }
      sum += workload
    }
    var bounds = PeriodBounds(
      lower: try Fraction(reducing: longest, over: 1).orOverflow("period"),
      upper: try Fraction(reducing: sum, over: 1).orOverflow("period"))
    bounds.isLive = false
    return bounds
  }
}

extension CSDFGraph.Channel {
  /// Whether a self-edge holds just the tokens for one firing at a time.
  var admitsOneFiring: Bool {
    guard isSelfEdge else { return false }
    let rate = production[0]
    if production.count == 1, consumption.count == 1 {
      return consumption[0] == rate && initialTokens >= rate && initialTokens - rate < rate
    }
    return (production + consumption).allSatisfy { $0 == rate } && initialTokens >= rate
      && initialTokens - rate < rate
  }
}
