import Testing

@testable import Search

@Suite struct ExhaustiveSearchTests {
  @Test func `the front is the same where genomes are not kept`() throws {
    for (objectives, capacity) in [(1, 9), (2, 3), (4, 9), (2, 1)] {
      let problem = try ToyProblem(
        tasks: 7, elements: [2, 2], objectives: objectives, capacity: capacity)
      var search = ExhaustiveSearch()
      search.batch = 37
      let kept = try search.run(problem, SearchConfiguration())
      search.retained = 0
      let streamed = try search.run(problem, SearchConfiguration())
      #expect(streamed.front == kept.front)
      #expect(streamed.leastInfeasible == kept.leastInfeasible)
      #expect(streamed.evaluations == kept.evaluations)
      #expect(streamed.genomeCount == Int128(kept.evaluations))
      #expect(streamed.evaluated.scores.isEmpty)
    }
  }

  @Test func `a space beyond the limit is refused with its size`() throws {
    var search = ExhaustiveSearch()
    search.limit = 714
    let problem = try ToyProblem(tasks: 7, elements: [4])
    #expect(throws: SearchError.tooManyGenomes(count: "715", limit: 714)) {
      try search.run(problem, SearchConfiguration())
    }
    let large = try ToyProblem(tasks: 400, elements: [4, 4])
    let error = #expect(throws: SearchError.self) { try search.run(large, SearchConfiguration()) }
    #expect(error?.message.contains("more than 10^358 different candidates") == true)
  }

  @Test func `genomes that repair changes are left out`() throws {
    let result = try ExhaustiveSearch().run(try EvenProblem(), SearchConfiguration())
    #expect(result.evaluations == 27)
    #expect(result.evaluated.scores.map { Int($0.objectives[0]) }.max() == 12)
  }

  /// Genes are made even.
  private struct EvenProblem: SearchProblem {
    let space: GenomeSpace
    let objectives = ["sum"]
    init() throws { space = try GenomeSpace(choices: [5, 5, 5]) }
    func repair(_ genome: inout MutableSpan<Allele>) {
      for gene in genome.indices { genome[gene] &= ~1 }
    }
    func makeEvaluator() -> Evaluator { Evaluator() }

    struct Evaluator: GenomeEvaluator {
      func evaluate(_ genome: Span<Allele>) -> Score {
        Score(ObjectiveVector(genome.indices.reduce(0) { $0 + Double(genome[$1]) }))
      }
    }
  }
}
