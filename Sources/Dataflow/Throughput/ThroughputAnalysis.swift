import GraphAlgorithms

/// Splits a graph into strongly connected components and joins what is known about each.
struct ThroughputAnalysis {
  private let graph: CSDFGraph
  private let options: Throughput.Options
  private let components: DataflowComponents
  private var bounds = PeriodBounds(lower: .zero, upper: .zero)
  private var budget: Int64
  private let deadline: Deadline
  private var deadlock: [Int]?
  private(set) var critical = CriticalCycle()
  private(set) var methods: Set<Throughput.Method> = []
  /// What ended the analysis where it is not exact.
  private(set) var limit: AnalysisLimit?

  init(
    _ graph: CSDFGraph, _ repetition: RepetitionVector, _ options: Throughput.Options,
    deadline: Deadline
  ) throws(DataflowError) {
    self.graph = graph
    self.options = options
    budget = options.firingLimit
    self.deadline = deadline
    components = try DataflowComponents(
      graph, repetition, autoConcurrency: options.autoConcurrency)
  }

  var outcome: Throughput.Outcome {
    deadlock.map { .deadlock($0.map { CSDFGraph.ActorID($0) }) } ?? bounds.outcome
  }

  mutating func run() throws(DataflowError) {
    for members in components.members {
      if let starved = components.starvedActor(in: members) {
        deadlock = [starved]
        critical = CriticalCycle(actors: [starved])
        return
      }
    }
    for index in components.members.indices {
      if let workload = try components.soloWorkload(of: index) {
        join(
          PeriodBounds(lower: workload, upper: workload),
          CriticalCycle(
            actors: [components.members[index][0]],
            shares: [components.members[index][0]: workload]))
        continue
      }
      let component = components.component(index)
      var search = try ComponentSearch(component, options, deadline: deadline)
      try search.run(&budget)
      methods.formUnion(search.methods)
      if !search.bounds.isExact { limit = search.limit }
      let cycle = search.cycle.placed(in: component)
      if search.isDeadlock {
        deadlock = cycle.actors
        critical = cycle
        return
      }
      var found = search.bounds
      try found.scale(by: Fraction(component.turns))
      join(found, cycle)
    }
  }

  private mutating func join(_ other: PeriodBounds, _ cycle: CriticalCycle) {
    if other.lower > bounds.lower {
      critical = cycle
    }
    bounds.join(other)
  }
}
