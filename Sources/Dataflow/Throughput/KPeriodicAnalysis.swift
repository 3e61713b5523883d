import GraphAlgorithms

/// The exact period of a component by K-periodic schedules.
///
/// Source: the K-Iter algorithm of Bodin, Munier-Kordon, Dupont de Dinechin 2016, DAC, DOI
/// 10.1145/2897937.2898056: *K* starts at one round of each actor and grows only along critical
/// cycles, until a critical cycle has all the rounds that it could ever use; its ratio is then the
/// period of the self-timed execution.
///
/// ## Symbols
/// | paper | here |
/// |---|---|
/// | *K_t* | `rounds` |
/// | *q_t* | `DataflowComponent.Actor.cycles` |
/// | critical cycle *C* | `CriticalCycle.actors` |
/// | *K_t* ← lcm(*K_t*, *q_t* / gcd of the *q* on *C*) | `expand(_:)` |
struct KPeriodicAnalysis {
  /// What one *K* tells.
  enum Outcome {
    /// The exact period of an iteration of the component, and a critical cycle.
    case period(Fraction, critical: CriticalCycle)
    /// Actors that wait for each other.
    case deadlock(CriticalCycle)
    /// A schedule of this period exists, if any was found; there is more to try.
    case open(upper: Fraction?)
    /// It took more steps than allowed.
    case postponed
    /// This ended the solution.
    case ended(AnalysisLimit)
  }

  private let component: DataflowComponent
  private let hasInstantActors: Bool
  private var rounds: [Int64]
  /// The arcs that all solutions so far have looked at.
  private(set) var steps = 0

  init(_ component: DataflowComponent) {
    self.component = component
    hasInstantActors = component.actors.contains { $0.times.contains(0) }
    rounds = component.actors.map { _ in 1 }
  }

  /// The firings and the ends of channels that the next *K* has to look at.
  var size: Int128 {
    let firings = rounds.indices.map {
      Int128(component.actors[$0].times.count) * Int128(rounds[$0])
    }
    var size = firings.reduce(0, +)
    for index in component.channels.indices {
      size += firings[component.channels[index].source] + firings[component.channels[index].target]
    }
    return size
  }

  /// Solves the next *K*.
  ///
  /// - Parameter stepLimit: The arcs that the search may look at.
  /// - Throws: ``DataflowError/overflow(quantity:)`` for a period beyond 64 bits.
  mutating func step(
    until deadline: Deadline, stepLimit: Int = .max
  ) throws(DataflowError) -> Outcome {
    guard let graph = KPeriodicGraph(component, rounds: rounds) else { return .ended(.numbers) }
    if deadline.isPast { return .ended(.time) }
    let cycle: [Int]
    var period: Fraction?
    let found = graph.graph.leastPeriod(
      hasInstantActors: hasInstantActors, until: deadline, counting: &steps,
      upTo: stepLimit == .max ? .max : steps + stepLimit)
    switch found {
    case .none: return .period(.zero, critical: CriticalCycle())
    case .overflow: return .ended(.numbers)
    case .interrupted: return deadline.isPast ? .ended(.time) : .postponed
    case .unbounded(let arcs): cycle = arcs
    case .ratio(let cost, let height, let arcs):
      cycle = arcs
      let (time, overflow) = cost.multipliedReportingOverflow(by: Int128(graph.scale))
      period = try (overflow ? nil : Fraction(reducing: time, over: height)).orOverflow("period")
    }
    let critical = CriticalCycle(cycle, graph)
    if expand(critical.actors) { return .open(upper: period) }
    return period.map { .period($0, critical: critical) } ?? .deadlock(critical)
  }

  /// Gives the actors of a critical cycle the rounds after which the cycle repeats; false where they
  /// have them.
  private mutating func expand(_ actors: [Int]) -> Bool {
    let divisor = actors.reduce(Int64(0)) { greatestCommonDivisor($0, component.actors[$1].cycles) }
    var isChanged = false
    for actor in actors {
      let needed = component.actors[actor].cycles / divisor
      // Both divide the cycles of the actor, so their multiple does too.
      guard let multiple = leastCommonMultiple(rounds[actor], needed) else { continue }
      if multiple != rounds[actor] {
        rounds[actor] = multiple
        isChanged = true
      }
    }
    return isChanged
  }
}

extension CriticalCycle {
  /// What a cycle of arcs passes, in its order.
  fileprivate init(_ arcs: [Int], _ graph: KPeriodicGraph) {
    var costs: [Int: Int128] = [:]
    for arc in arcs {
      if let channel = graph.channel(ofArc: arc), channels.last != channel {
        channels.append(channel)
      }
      let node = Int(graph.graph.arcs[arc].source)
      guard node < graph.owners.count else { continue }
      let actor = Int(graph.owners[node])
      if actors.last != actor { actors.append(actor) }
      costs[actor, default: 0] += Int128(graph.graph.arcs[arc].cost)
    }
    let height = arcs.reduce(Int128(0)) { $0 + Int128(graph.graph.arcs[$1].height) }
    if height > 0 {
      for (actor, cost) in costs {
        let (time, overflow) = cost.multipliedReportingOverflow(by: Int128(graph.scale))
        if !overflow { shares[actor] = Fraction(reducing: time, over: height) }
      }
    }
    if actors.count > 1, actors.first == actors.last { actors.removeLast() }
    if channels.count > 1, channels.first == channels.last { channels.removeLast() }
  }
}
