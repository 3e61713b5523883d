import GraphAlgorithms

/// The shortest periods of schedules that repeat after one round of each actor, which bound the
/// exact period from above.
///
/// Sources: Bodin, Munier-Kordon, Dupont de Dinechin 2013, "Periodic schedules for cyclo-static
/// dataflow", ESTIMedia, DOI 10.1109/ESTIMedia.2013.6704509, for the first; Bamakhrama, Stefanov 2011,
/// "Hard-real-time scheduling of data-dependent tasks in embedded streaming applications", EMSOFT,
/// for the second, here also for graphs with cycles and for periods that are fractions.
package struct PeriodicBounds: Hashable, Sendable {
  /// Each phase starts once in a fixed time; nil where no such schedule exists or a limit came first.
  package let onePeriodic: Fraction?
  /// Each firing of an actor, whatever its phase, starts a fixed time after the one before; nil where
  /// no such schedule exists or a limit came first.
  package let strictlyPeriodic: Fraction?
  /// The limit that left a period open; nil where none did.
  package let limit: AnalysisLimit?

  /// Finds both periods, in ticks per iteration of the graph.
  ///
  /// - Parameters:
  ///   - autoConcurrency: Whether firings of an actor may overlap where no self-edge forbids it.
  ///   - timeLimit: The most time.
  /// - Throws: ``DataflowError`` for an inconsistent graph and for numbers beyond 64 bits.
  package init(
    of graph: CSDFGraph, autoConcurrency: Bool = false, timeLimit: Duration? = nil
  ) throws(DataflowError) {
    let deadline = Deadline(after: timeLimit)
    let repetition = try RepetitionVector(of: graph)
    let components = try DataflowComponents(graph, repetition, autoConcurrency: autoConcurrency)
    var (one, strict) = (PeriodicAnswer.period(.zero), PeriodicAnswer.period(.zero))
    for (index, members) in components.members.enumerated() {
      if components.starvedActor(in: members) != nil { (one, strict) = (.none, .none) }
      if let workload = try components.soloWorkload(of: index) {
        one.join(.period(workload))
        if workload > .zero {
          strict.join(.period(try components.component(index).slowestPhases()))
        }
        continue
      }
      let component = components.component(index)
      guard let schedule = KPeriodicGraph(component, rounds: component.actors.map { _ in 1 }) else {
        one.join(.open(.numbers))
        strict.join(.open(.numbers))
        continue
      }
      one.join(try schedule.period(of: component, strictly: false, until: deadline))
      strict.join(try schedule.period(of: component, strictly: true, until: deadline))
    }
    (onePeriodic, strictlyPeriodic) = (one.period, strict.period)
    limit = one.limit ?? strict.limit
  }
}

/// What is known about the schedules of one kind.
private enum PeriodicAnswer {
  case period(Fraction)
  /// There is no such schedule.
  case none
  /// A limit came before the answer.
  case open(AnalysisLimit)

  var period: Fraction? { if case .period(let period) = self { period } else { nil } }
  var limit: AnalysisLimit? { if case .open(let limit) = self { limit } else { nil } }

  /// Takes in another component.
  mutating func join(_ other: PeriodicAnswer) {
    switch (self, other) {
    case (.none, _), (_, .none): self = .none
    case (.open, _): break
    case (_, .open): self = other
    case (.period(let mine), .period(let period)): self = .period(max(mine, period))
    }
  }
}

extension DataflowComponent {
  /// The period in which the only actor could run if all its phases took as long as the slowest.
  fileprivate func slowestPhases() throws(DataflowError) -> Fraction {
    let times = actors[0].times
    let (work, overflow) = (Int128(times.max() ?? 0) * Int128(times.count))
      .multipliedReportingOverflow(by: Int128(actors[0].cycles) * Int128(turns))
    return try (overflow ? nil : Fraction(reducing: work, over: 1)).orOverflow("period")
  }
}

extension KPeriodicGraph {
  /// The least period of one round of each actor, in ticks per iteration of the whole graph.
  fileprivate func period(
    of component: DataflowComponent, strictly: Bool, until deadline: Deadline
  ) throws(DataflowError) -> PeriodicAnswer {
    let hasInstantActors = component.actors.contains { $0.times.contains(0) }
    var (graph, scale) = (graph, scale)
    if strictly {
      guard let contracted = contracted(component) else { return .open(.numbers) }
      (graph, scale) = contracted
    }
    var steps = 0
    let found = graph.leastPeriod(
      hasInstantActors: hasInstantActors, until: deadline, counting: &steps)
    switch found {
    case .none: return .period(.zero)
    case .unbounded: return .none
    case .overflow: return .open(.numbers)
    case .interrupted: return .open(.time)
    case .ratio(let cost, let height, _):
      let (time, overflow) = cost.multipliedReportingOverflow(by: Int128(scale))
      let period = try (overflow ? nil : Fraction(reducing: time, over: height)).orOverflow(
        "period")
      return .period(
        try period.multiplied(by: Fraction(component.turns)).orOverflow("period"))
    }
  }

  /// One node for each actor: its phase *p* starts *p* equal steps behind its first.
  private func contracted(_ component: DataflowComponent) -> (graph: RatioGraph, scale: Int64)? {
    var finer: Int64 = 1
    for actor in component.actors {
      guard let next = leastCommonMultiple(finer, Int64(actor.times.count)) else { return nil }
      finer = next
    }
    guard let fineScale = checkedProduct(scale, finer) else { return nil }
    // Residues come behind the firings of all actors; an actor keeps the node of its first firing.
    var first = Array(owners.indices)
    var offset = Array(repeating: Int64(0), count: graph.nodeCount)
    var start = 0
    for actor in component.actors {
      let step = fineScale / actor.cycles / Int64(actor.times.count)
      for phase in actor.times.indices {
        first[start + phase] = start
        offset[start + phase] = Int64(phase) * step
      }
      start += actor.times.count
    }
    first.append(contentsOf: first.count..<max(first.count, graph.nodeCount))
    var contracted = RatioGraph(nodeCount: graph.nodeCount)
    for var arc in graph.arcs {
      let (source, target) = (Int(arc.source), Int(arc.target))
      guard let height = checkedProduct(arc.height, finer),
        let shifted = checkedSum(height, offset[target] - offset[source])
      else { return nil }
      (arc.source, arc.target) = (Int32(first[source]), Int32(first[target]))
      arc.height = shifted
      contracted.add(arc)
    }
    return (contracted, fineScale)
  }
}
