import Testing

@testable import Search

@Suite struct GeneticSearchTests {
  @Test(arguments: [InitialPopulation.mixed, .random])
  func `nearly all of the true hypervolume is reached with a small part of the space`(
    initial: InitialPopulation
  ) throws {
    let volume = Hypervolume(reference: ObjectiveVector(130, 130), objectiveCount: 2)
    var (search, configuration) = (GeneticSearch(), SearchConfiguration())
    search.initial = initial
    var shares: [Double] = []
    for seed: UInt64 in 1...7 {
      let problem = try ToyProblem(tasks: 7, elements: [2, 2], seed: seed)
      configuration.evaluations = nil
      let truth = try ExhaustiveSearch().run(problem, configuration)
      configuration.evaluations = 700
      #expect(truth.evaluations > 5 * 700)
      for seed: UInt64 in 1...3 {
        configuration.seed = seed
        let found = try search.run(problem, configuration)
        shares.append(
          volume(found.front.map(\.score.objectives))
            / volume(truth.front.map(\.score.objectives)))
      }
    }
    shares.sort()
    // The median; the worst lacks a point or two of the few that there are.
    #expect(shares[shares.count / 2] >= 0.99)
    #expect(shares[0] >= 0.95)
  }

  @Test func `a genetic search finds more than a random one`() throws {
    let problem = try ToyProblem(tasks: 30, elements: [2, 2, 2])
    let volume = Hypervolume(reference: ObjectiveVector(600, 600), objectiveCount: 2)
    var (genetic, configuration) = (GeneticSearch(), SearchConfiguration())
    genetic.initial = .random
    configuration.evaluations = 1000
    let found = try [genetic, RandomSearch()].map { (method: any SearchMethod) in
      volume(try method.run(problem, configuration).front.map(\.score.objectives))
    }
    #expect(found[0] > 1.1 * found[1])
  }

  @Test func `seeds are evaluated first and broken ones left out`() throws {
    let problem = try SeededProblem()
    var configuration = SearchConfiguration()
    configuration.evaluations = 6
    let first = { (initial: InitialPopulation) in
      var search = GeneticSearch()
      search.initial = initial
      search.population = 6
      let result = try search.run(problem, configuration)
      return (0..<3).map { result.evaluated[$0] }
    }
    #expect(try first(.mixed) == [[0, 0, 0, 0], [3, 2, 1, 0], [1, 1, 0, 0]])
    #expect(try first(.subset) == [[0, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1]])
    #expect(try first(.single) == [[0, 0, 0, 0], [1, 1, 1, 1], [2, 2, 2, 2]])
  }

  @Test func `rates that make no sense are refused`() throws {
    let problem = try SeededProblem()
    let changes: [(inout GeneticSearch) -> Void] = [
      { $0.population = 0 }, { $0.offspring = -1 }, { $0.crossover = 1.1 }, { $0.mutation = .nan },
    ]
    for change in changes {
      var search = GeneticSearch()
      change(&search)
      #expect(throws: SearchError.self) { try search.run(problem, SearchConfiguration()) }
    }
  }

  private struct SeededProblem: SearchProblem {
    let space: GenomeSpace
    let objectives = ["sum"]
    init() throws { space = try GenomeSpace(choices: [4, 4, 4, 4]) }
    func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] {
      switch kind {
      case .single: space.uniformGenomes(limit: limit)
      case .subset: [[1, 1, 0, 0], [1, 1]]
      case .constructed: [[3, 2, 1, 0], [9, 9, 9, 9]]
      }
    }
    func makeEvaluator() -> Evaluator { Evaluator() }

    struct Evaluator: GenomeEvaluator {
      func evaluate(_ genome: Span<Allele>) -> Score {
        Score(ObjectiveVector(genome.indices.reduce(0) { $0 + Double(genome[$1]) }))
      }
    }
  }
}
