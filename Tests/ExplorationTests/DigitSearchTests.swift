import CostModel
import DataflowConversion
import MappingModel
import NetworkImport
import NetworkModel
import ONNXFormat
import ONNXResolution
import PlatformModel
import Preparation
import Search
import Simulation
import TestSupport
import Testing

@testable import Exploration

/// The seven operators of the digit network on four different cores: all 16,384 mappings are executed
/// once, and searches look them up.
@Suite struct DigitSearchTests {
  private struct Digits: SearchProblem {
    let search: MappingSearch
    let scores: [Score]

    init() throws {
      let graph = try BlockGraph(
        try ResolvedGraph(GeneratedNetwork.mnist.model(seed: nil)), name: "digits",
        options: .layers)
      let library = PlatformLibrary(folders: [PythonTool.packageRoot])
      let model = CostModel(platform: try library.read("mpsoc4-cores").platform)
      let subject = try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic)
      search = try MappingSearch(
        subject.problem, PlacementRules(subject.problem), objectives: [.period, .cost],
        limits: .init(), extent: .inferences(100))
      var evaluator = search.makeEvaluator()
      scores = (0..<16_384).map { number in
        let genome = (0..<7).map { Allele(number >> (2 * $0) & 3) }
        return evaluator.evaluate(genome.span)
      }
    }

    var space: GenomeSpace { search.space }
    var objectives: [String] { search.objectives }
    var relatedGenes: [(Int, Int)] { search.relatedGenes }
    func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] { search.seeds(kind, limit: limit) }
    func makeEvaluator() -> Lookup { Lookup(scores: scores) }

    func volume(_ scores: [Score]) -> Double {
      Hypervolume(reference: search.reference, objectiveCount: 2)(scores.map(\.objectives))
    }
  }

  private struct Lookup: GenomeEvaluator {
    let scores: [Score]

    mutating func evaluate(_ genome: Span<Allele>) -> Score {
      var number = 0
      for gene in genome.indices { number |= Int(genome[gene]) << (2 * gene) }
      return scores[number]
    }
  }

  private static let digits = Result { try Digits() }

  /// The shares of the true hypervolume that searches with several seeds find, ascending.
  private func shares(
    _ method: some SearchMethod, seeds: ClosedRange<UInt64>
  ) throws -> [Double] {
    let digits = try Self.digits.get()
    let whole = digits.volume(digits.scores)
    return try seeds.map { seed in
      var configuration = SearchConfiguration()
      configuration.evaluations = 1_000
      configuration.seed = seed
      let result = try method.run(digits, configuration)
      #expect(result.evaluations == 1_000)
      return digits.volume(result.front.map(\.score)) / whole
    }.sorted()
  }

  @Test func `there are seven genes of four choices, and no two cores are alike`() throws {
    let space = try Self.digits.get().space
    #expect(space.choices == Array(repeating: 4, count: 7))
    #expect(space.canonicalCount == 16_384)
  }

  @Test func `an exhaustive search finds the front of all mappings`() throws {
    let digits = try Self.digits.get()
    let result = try ExhaustiveSearch().run(digits, SearchConfiguration.unlimited)
    let feasible = digits.scores.filter(\.isFeasible).map(\.objectives)
    let best = feasible.filter { one in
      !feasible.contains { $0.weaklyDominates(one) && $0 != one }
    }
    #expect(Set(result.front.map(\.score.objectives)) == Set(best))
  }

  @Test func `with our seeds a search finds 0.999 of the hypervolume in 1,000 evaluations`() throws
  {
    let shares = try shares(GeneticSearch(), seeds: 1...5)
    #expect(shares[0] >= 0.999 && shares[4] <= 1 + 1e-12, "\(shares)")
  }

  @Test func `so it does from random mappings in the median, and not much less at worst`() throws {
    var method = GeneticSearch()
    method.initial = .random
    let shares = try shares(method, seeds: 1...7)
    #expect(shares[3] >= 0.999, "\(shares)")
    #expect(shares[0] >= 0.95, "\(shares)")
    // Random mappings alone do not come near.
    #expect(try self.shares(RandomSearch(), seeds: 1...1)[0] < shares[0])
  }
}

extension SearchConfiguration {
  fileprivate static var unlimited: SearchConfiguration {
    var configuration = SearchConfiguration()
    configuration.evaluations = nil
    return configuration
  }
}
