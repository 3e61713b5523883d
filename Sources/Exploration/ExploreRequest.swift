import Dataflow
package import MappingModel
package import Preparation
import Quantities
package import Search
package import Simulation

/// How mappings are searched.
package struct ExploreRequest: Sendable {
  /// How candidates are chosen.
  package enum Method: String, CaseIterable, Sendable { case nsga2, exhaustive, random }

  /// The method of the search.
  package var method: Method = .nsga2
  /// The objectives to minimize, one to four.
  package var objectives: [Objective] = [.period, .energy]
  /// The limits on the search, the seed and the number of threads.
  package var configuration = SearchConfiguration()
  /// The settings of NSGA-II; other methods ignore them.
  package var genetic = GeneticSearch()
  /// The inferences of an execution within the search; nil for as many as the size asks for.
  package var inferences: Int?
  /// The limits that mappings have to keep.
  package var limits = MappingEvaluator.Limits()

  /// The defaults: NSGA-II for period and energy.
  package init() {}
}

/// The result of a search for mappings.
package struct ExploreOutcome: Sendable {
  /// The request.
  package var request: ExploreRequest
  /// The front, in the order of the objectives, each point with the problem that it belongs to.
  package var front: [DesignPoint]
  /// The objectives of all feasible evaluated mappings, in the order of their evaluation.
  package var evaluated: [ObjectiveVector]
  /// The number of distinct genomes that were evaluated.
  package var evaluations: Int
  /// The number of proposed genomes that had been evaluated before.
  package var cacheHits: Int
  /// The number of generations or batches.
  package var generations: Int
  /// Why the search ended.
  package var stopReason: SearchResult.StopReason
  /// A row for each generation.
  package var logbook: [LogbookRow]
  /// The reference point of the hypervolume.
  package var reference: ObjectiveVector
  /// The hypervolume of the front up to ``reference``.
  package var hypervolume: Double
  /// The number of different mappings, where it is known.
  package var mappingCount: Int128?
  /// The points of the front that were executed only as the search executes, because time or a signal ended
  /// their last executions.
  package var unsettled = 0
  /// The seconds that the search took, without reading the network.
  package var seconds: Double
  /// The blocks that nobody had time to look for splits or merges of.
  package var unseenBlocks = 0
  /// The seconds of the time limit that are left for writing the front, by ``clock``; nil without a
  /// limit.
  package var secondsLeft: Double?
  /// The clock that the time limit is measured with.
  package var clock = WorkClock.wall
  /// Where nothing feasible was found, why the best candidate is not.
  package var violations: [Violation]
  /// Whether splits or merges were searched too, so that each point has blocks of its own.
  package var hasOwnBlocks = false
}

extension ExploreRequest {
  /// Searches for mappings of a fixed set of blocks.
  ///
  /// - Throws: ``SearchError`` or ``SimulationError``.
  package func callAsFunction(
    _ subject: MappingSubject, _ rules: PlacementRules, mapping: Mapping, hooks: SearchHooks,
    resuming checkpoint: SearchCheckpoint? = nil
  ) throws -> ExploreOutcome {
    let watch = ExploreWatch(configuration, hooks)
    let blocks = subject.problem.graph.actors.count
    let inferences = MappingExploration.searchInferences(inferences, blocks: blocks)
    var search = try MappingSearch(
      subject.problem, rules, objectives: objectives, limits: limits,
      extent: .inferences(inferences))
    search.shouldStop = watch.search.ends
    let reference = search.reference(while: { watch.isEarly })
    let configuration = configured(reference, inferences, watch)
    let result = try run(search, configuration, hooks, checkpoint)
    let exploration = MappingExploration(
      result, of: search, jobs: configuration.jobs,
      next: lastExecutions(result, inferences, watch), isOver: watch.executions.ends)
    var outcome = ExploreOutcome(
      request: self,
      front: exploration.front.map {
        DesignPoint(
          subject: subject, placement: $0.placement,
          mapping: subject.mapping($0.placement, mapping),
          objectives: $0.score.objectives,
          extent: $0.isSettled ? .settled : .inferences(inferences))
      }, result, exploration, reference)
    if exploration.front.isEmpty, let candidate = result.leastInfeasible {
      let placement = search.placement(candidate.genome)
      try outcome.add(
        DesignPoint(
          subject: subject, placement: placement, mapping: subject.mapping(placement, mapping),
          objectives: candidate.score.objectives, extent: extent(ofOne: inferences)),
        without: subject.withoutRoom(rules))
    }
    outcome.end(watch)
    return outcome
  }

  /// The inferences that most of the last executions have.
  private static let lastInferences = 1000.0

  /// How long a mapping that is shown alone is executed: as the search does where time is short, and no longer than
  /// an inference where there is none.
  func extent(ofOne inferences: Int) -> ExecutionExtent {
    configuration.timeLimit == nil ? .settled : .inferences(inferences).hurried(from: 1)
  }

  /// How many times as long as an execution within the search a last one may take.
  private static func growth(_ inferences: Int) -> Double {
    max(1, lastInferences / Double(inferences))
  }

  /// What the search must know: its reference point, the time that is left, and how long each point of its front
  /// takes behind it, when it is executed on all threads and once more for the files.
  func configured(
    _ reference: ObjectiveVector, _ inferences: Int, _ watch: ExploreWatch
  ) -> SearchConfiguration {
    var configuration = configuration
    configuration.reference = reference
    configuration.timeLimit = watch.timeLeft
    configuration.workBehind = 2 * Self.growth(inferences)
    return configuration
  }

  /// How many points of a front may be executed next, given how many were.
  func lastExecutions(
    _ result: SearchResult, _ inferences: Int, _ watch: ExploreWatch
  ) -> (Int) -> Int {
    let short = result.secondsOfOne * Double(configuration.jobs)
    return watch.lastExecutions(
      of: result.front.count, short: short, expected: short * Self.growth(inferences))
  }

  func run(
    _ search: some SearchProblem, _ configuration: SearchConfiguration, _ hooks: SearchHooks,
    _ checkpoint: SearchCheckpoint?
  ) throws -> SearchResult {
    switch method {
    case .nsga2:
      try genetic.run(search, configuration, hooks: hooks, resuming: checkpoint)
    case .exhaustive:
      try ExhaustiveSearch().run(search, configuration, hooks: hooks, resuming: checkpoint)
    case .random:
      try RandomSearch().run(search, configuration, hooks: hooks, resuming: checkpoint)
    }
  }
}

extension ExploreOutcome {
  init(
    request: ExploreRequest, front: [DesignPoint], _ result: SearchResult,
    _ exploration: MappingExploration, _ reference: ObjectiveVector
  ) {
    self.request = request
    self.front = front
    unsettled = exploration.front.count { !$0.isSettled }
    evaluated = exploration.scores.filter(\.isFeasible).map(\.objectives)
    evaluations = result.evaluations
    cacheHits = result.cacheHits
    generations = result.generations
    stopReason = result.stopReason
    logbook = result.logbook
    self.reference = reference
    hypervolume = 0
    mappingCount = result.genomeCount
    seconds = 0
    violations = []
  }

  /// Adds what is known where no feasible mapping was found: why the best candidate is not, or that candidate, where
  /// only an execution as short as those of the search, or none for want of time, did not show that it is.
  mutating func add(_ point: DesignPoint, without room: [Violation]) throws {
    var evaluator = try MappingEvaluator(point.subject.problem, limits: request.limits)
    if request.configuration.timeLimit != nil { evaluator.shouldStop = { true } }
    let evaluation = try evaluator.evaluate(point.placement, point.extent).evaluation
    violations = room + evaluation.violations
    guard violations.isEmpty else { return }
    var point = point
    point.objectives = ObjectiveVector(request.objectives.map { evaluation[$0] })
    (front, unsettled) = ([point], point.isSettled ? 0 : 1)
  }

  /// Ends the search.
  mutating func end(_ watch: ExploreWatch) {
    let volume = Hypervolume(
      reference: reference, objectiveCount: request.objectives.count)
    hypervolume = volume(front.map(\.objectives))
    (secondsLeft, clock) = (watch.secondsLeft, watch.clock)
    // The logbook counts the time before the checkpoint too.
    seconds = max(watch.seconds, logbook.last?.seconds ?? 0)
  }
}
