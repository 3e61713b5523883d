import Foundation
import Synchronization
import Testing

@testable import Search

/// What every method of search must do.
@Suite struct SearchMethodTests {
  enum Method: String, CaseIterable, Sendable {
    case genetic, geneticFromRandom, exhaustive, random

    var search: any SearchMethod {
      var genetic = GeneticSearch()
      (genetic.population, genetic.offspring) = (20, 16)
      if self == .geneticFromRandom { genetic.initial = .random }
      var random = RandomSearch()
      random.batch = 17
      var exhaustive = ExhaustiveSearch()
      (exhaustive.batch, exhaustive.retained, exhaustive.limit) = (23, .max, .max)
      return
        switch self
      {
      case .genetic, .geneticFromRandom: genetic
      case .exhaustive: exhaustive
      case .random: random
      }
    }

    func run(
      _ problem: some SearchProblem, evaluations: Int? = nil, jobs: Int = 1, seed: UInt64 = 1,
      hooks: SearchHooks = SearchHooks()
    ) throws -> SearchResult {
      var configuration = SearchConfiguration()
      (configuration.evaluations, configuration.jobs) = (evaluations, jobs)
      configuration.seed = seed
      return try search.run(problem, configuration, hooks: hooks)
    }
  }

  @Test(arguments: Method.allCases, [1, 2, 19, 20, 21, 100])
  func `the budget is used up and no more`(method: Method, budget: Int) throws {
    let recorder = ToyProblem.Recorder()
    let problem = try ToyProblem(tasks: 9, elements: [2, 2], recorder: recorder)
    let result = try method.run(problem, evaluations: budget, jobs: 2)
    #expect(result.evaluations == budget)
    #expect(recorder.genomes.withLock { $0.count } == budget)
    #expect(result.stopReason == .evaluations)
    #expect(result.logbook.last?.evaluations == budget)
  }

  @Test(arguments: Method.allCases)
  func `a seed gives one result, whatever the number of threads`(method: Method) throws {
    let problem = try ToyProblem(tasks: 10, elements: [3, 2], capacity: 5)
    let expected = try method.run(problem, evaluations: 500).comparable
    for jobs in [1, 2, 5] {
      #expect(try method.run(problem, evaluations: 500, jobs: jobs).comparable == expected)
    }
    if method != .exhaustive {
      #expect(try method.run(problem, evaluations: 500, seed: 2).comparable != expected)
    }
  }

  @Test(arguments: Method.allCases)
  func `the front is that of the evaluated points`(method: Method) throws {
    for objectives in 1...4 {
      let problem = try ToyProblem(
        tasks: 10, elements: [2, 2], objectives: objectives, capacity: 6)
      let result = try method.run(problem, evaluations: 300)
      let points = Set(result.evaluated.scores.filter(\.isFeasible).map(\.objectives))
      let expected = points.filter { point in !points.contains { $0.dominates(point) } }
      #expect(result.front.map(\.score.objectives) == expected.sorted { $0.precedes($1) })
      for candidate in result.front { #expect(candidate.score == problem.score(candidate.genome)) }
    }
  }

  static let smallSpaces: [(tasks: Int, elements: [Int], objectives: Int, capacity: Int)] = [
    (1, [1, 1], 2, 9), (1, [4], 1, 9), (5, [1], 2, 9), (5, [3], 3, 9), (6, [2, 1], 2, 9),
    (5, [2, 2, 1], 4, 9), (6, [3, 1], 1, 2), (4, [1, 1, 1], 2, 2),
  ]

  @Test(arguments: Method.allCases, smallSpaces)
  func `a small space is seen whole, and none of it twice`(
    method: Method, space: (tasks: Int, elements: [Int], objectives: Int, capacity: Int)
  ) throws {
    let recorder = ToyProblem.Recorder()
    let problem = try ToyProblem(
      tasks: space.tasks, elements: space.elements, objectives: space.objectives,
      capacity: space.capacity, recorder: recorder)
    let result = try method.run(problem, evaluations: 5000)
    let different = Set(problem.allGenomes.map(problem.partition))
    let seen = recorder.genomes.withLock { $0.map(problem.partition) }
    #expect(Set(seen) == different)
    #expect(seen.count == different.count)
    #expect(result.evaluations == different.count)
    #expect(result.stopReason == .exhausted)
    #expect(result.front.map(\.score.objectives) == problem.trueFront)
  }

  @Test(arguments: Method.allCases)
  func `symmetric genomes are evaluated once in a space too large to see`(method: Method) throws {
    let recorder = ToyProblem.Recorder()
    let problem = try ToyProblem(tasks: 14, elements: [4, 3, 2], recorder: recorder)
    _ = try method.run(problem, evaluations: 800)
    let seen = recorder.genomes.withLock { $0.map(problem.partition) }
    #expect(Set(seen).count == seen.count)
  }

  @Test(arguments: Method.allCases)
  func `where nothing is feasible, the least violation is found`(method: Method) throws {
    let problem = try ToyProblem(tasks: 6, elements: [2, 1], capacity: 1)
    let result = try method.run(problem, evaluations: 5000)
    #expect(result.front.isEmpty)
    #expect(result.stopReason == .exhausted)
    #expect(result.leastInfeasible?.score.violation == 3)
    #expect(result.logbook.allSatisfy { $0.minimum == nil && $0.mean == nil && $0.frontSize == 0 })
  }

  @Test(arguments: Method.allCases)
  func `scores that are no numbers count as infeasible`(method: Method) throws {
    let result = try method.run(try BrokenProblem(), evaluations: 64)
    #expect(result.evaluations == 64)
    #expect(result.front.map(\.score.objectives) == [ObjectiveVector(0, 2)])
    let feasible = result.evaluated.scores.filter(\.isFeasible)
    #expect(feasible.allSatisfy { $0.objectives.isFinite })
    #expect(result.evaluated.scores.contains { $0.violation == .infinity })
  }

  @Test(arguments: Method.allCases)
  func `a stopped search keeps what it has`(method: Method) throws {
    let problem = try ToyProblem(tasks: 12, elements: [3, 2])
    var (rows, hooks) = (0, SearchHooks())
    hooks.onGeneration = { _ in rows += 1 }
    hooks.shouldStop = { rows == 3 }
    let result = try method.run(problem, hooks: hooks)
    #expect(result.stopReason == .stopped)
    #expect(result.generations == 3)
    #expect(!result.front.isEmpty)
    let whole = try method.run(problem, evaluations: result.evaluations)
    #expect(whole.evaluated.scores == result.evaluated.scores)
  }

  @Test(arguments: Method.allCases)
  func `a time limit ends a search`(method: Method) throws {
    var configuration = SearchConfiguration()
    (configuration.evaluations, configuration.timeLimit) = (nil, 0)
    let problem = try ToyProblem(tasks: 9, elements: [2, 2])
    let result = try method.search.run(problem, configuration)
    #expect(result.stopReason == .time)
    #expect(result.evaluations == 0)
  }

  /// A generation would take three seconds.
  @Test(arguments: Method.allCases)
  func `a time limit ends a generation whose evaluations are slow`(method: Method) throws {
    var configuration = SearchConfiguration()
    (configuration.evaluations, configuration.timeLimit) = (nil, 0.3)
    let result = try method.search.run(SlowProblem(), configuration)
    // A generation has far more genomes than are evaluated before the limit.
    #expect(result.stopReason == .time && result.logbook.count <= 1)
    #expect((1..<8).contains(result.evaluations) && !result.front.isEmpty)
    #expect(result.evaluated.scores.count == result.evaluations)
  }

  @Test(arguments: Method.allCases)
  func `a time limit ends a generation whose proposals are slow`(method: Method) throws {
    let problem = try PonderousProblem()
    var configuration = SearchConfiguration()
    (configuration.evaluations, configuration.timeLimit) = (nil, 20)
    var (records, hooks) = (0, SearchHooks())
    hooks.clock = problem.clock
    hooks.onCheckpoint = { _ in records += 1 }
    let result = try method.search.run(problem, configuration, hooks: hooks)
    #expect(result.stopReason == .time)
    #expect((1...20).contains(result.evaluations) && !result.front.isEmpty)
    #expect(problem.clock.seconds < 25)
    // There is one for the beginning of the checkpoint, and none for the generation that was cut short.
    #expect(records <= result.generations)
  }

  @Test(arguments: Method.allCases)
  func `an error of a hook ends the search`(method: Method) throws {
    struct Full: Error {}
    var hooks = SearchHooks()
    hooks.onGeneration = { _ in throw Full() }
    let problem = try ToyProblem(tasks: 4, elements: [2])
    #expect(throws: Full.self) { try method.run(problem, hooks: hooks) }
  }

  @Test(arguments: Method.allCases)
  func `settings that make no sense are refused`(method: Method) throws {
    let problem = try ToyProblem(tasks: 4, elements: [2])
    #expect(throws: SearchError.self) { try method.run(problem, evaluations: 0) }
    #expect(throws: SearchError.self) { try method.run(problem, jobs: 0) }
    #expect(throws: SearchError.self) {
      try method.run(try ToyProblem(tasks: 4, elements: [2], objectives: 0))
    }
    #expect(throws: SearchError.self) { try method.run(try ToyProblem(tasks: 0, elements: [2])) }
  }

  @Test(arguments: Method.allCases)
  func `the hypervolume of the logbook is that of the front`(method: Method) throws {
    for objectives in 1...4 {
      let problem = try ToyProblem(tasks: 10, elements: [2, 2], objectives: objectives)
      var configuration = SearchConfiguration()
      configuration.evaluations = 250
      let reference = ObjectiveVector(repeating: 150, count: objectives)
      configuration.reference = reference
      let result = try method.search.run(problem, configuration)
      let volume = Hypervolume(reference: reference, objectiveCount: objectives)
      for row in result.logbook {
        let points = result.evaluated.scores.prefix(row.evaluations).map(\.objectives)
        let (expected, found) = (volume(points), try #require(row.hypervolume))
        #expect(expected > 0)
        #expect(abs(found - expected) < 1e-9 * expected)
      }
    }
  }
}

/// A problem whose evaluator mostly fails, each time in another way.
private struct BrokenProblem: SearchProblem {
  let objectives = ["one", "two"]
  let space: GenomeSpace
  init() throws { space = try GenomeSpace(choices: [8, 8]) }
  func makeEvaluator() -> Evaluator { Evaluator() }

  struct Evaluator: GenomeEvaluator {
    func evaluate(_ genome: Span<Allele>) -> Score {
      switch genome[0] {
      case 0: Score(ObjectiveVector(.nan, 0))
      case 1: Score(ObjectiveVector(0, -.infinity))
      case 2: Score(ObjectiveVector(0, 0), violation: .nan)
      case 3: Score(ObjectiveVector(0, 0), violation: -1)
      case 4: Score(ObjectiveVector(.nan, .nan), violation: .infinity)
      case 5: Score(ObjectiveVector(.infinity, .infinity))
      default: Score(ObjectiveVector(Double(genome[1]), 2))
      }
    }
  }
}

/// A problem whose evaluations take 0.15 seconds.
private struct SlowProblem: SearchProblem {
  let objectives = ["one", "two"]
  let space: GenomeSpace
  init() throws { space = try GenomeSpace(choices: [8, 8, 8]) }
  func makeEvaluator() -> Evaluator { Evaluator() }

  struct Evaluator: GenomeEvaluator {
    func evaluate(_ genome: Span<Allele>) -> Score {
      usleep(150_000)
      return Score(ObjectiveVector(Double(genome[0]), Double(genome[1])))
    }
  }
}

/// A problem that takes a second of its own clock to repair a genome, and nothing else.
private struct PonderousProblem: SearchProblem {
  private final class Seconds: Sendable { let passed = Atomic(0) }

  let objectives = ["one", "two"]
  let space: GenomeSpace
  private let seconds = Seconds()

  init() throws { space = try GenomeSpace(choices: [8, 8, 8]) }

  var clock: WorkClock {
    WorkClock { [seconds] in Double(seconds.passed.load(ordering: .relaxed)) }
  }

  func repair(_ genome: inout MutableSpan<Allele>) { seconds.passed.add(1, ordering: .relaxed) }

  func makeEvaluator() -> Evaluator { Evaluator() }

  struct Evaluator: GenomeEvaluator {
    func evaluate(_ genome: Span<Allele>) -> Score {
      Score(ObjectiveVector(Double(genome[0]), Double(genome[1])))
    }
  }
}
