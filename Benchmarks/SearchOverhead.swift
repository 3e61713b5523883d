import Foundation
import RandomNumbers
import Search

/// What a search itself costs beside the evaluations, and what a second thread gains.
enum SearchOverhead {
  static func run() throws {
    print(
      "Search alone; NSGA-II of DEAP does 3,350 genomes/s, of pymoo 4,150 to 11,140 (published)")
    for genes in [23, 100, 1000] {
      for objectives in [2, 4] {
        let problem = try WeightedSums(genes: genes, objectives: objectives, rounds: 0)
        let own = try processorSecondsPerGenome(problem)
        print(
          "  \(genes) genes, \(objectives) objectives:"
            + String(format: " %9.0f genomes/s, %5.2f µs each,", 1 / own, own * 1e6)
            + String(format: " %.0f %% of an evaluation of 10 µs", 100 * own / 10e-6))
      }
    }
    let slow = try WeightedSums(genes: 23, objectives: 2, rounds: roundsOfTenMicroseconds())
    let ratio = try Measurement.ratio(
      { try search(slow, jobs: 1) }, to: { try search(slow, jobs: 2) })
    print(String(format: "  with evaluations of 10 µs: two jobs are %.2f times as fast", ratio))
  }

  /// The time of the processor, as the published figures are.
  private static func processorSecondsPerGenome(_ problem: WeightedSums) throws -> Double {
    var configuration = SearchConfiguration()
    configuration.evaluations = 20_000
    return try (0..<5).map { _ in
      let start = clock()
      let count = try GeneticSearch().run(problem, configuration).evaluations
      return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(count)
    }.min() ?? .nan
  }

  private static func search(_ problem: WeightedSums, jobs: Int) throws {
    var configuration = SearchConfiguration()
    configuration.evaluations = 20_000
    configuration.jobs = jobs
    _ = try GeneticSearch().run(problem, configuration)
  }

  private static func roundsOfTenMicroseconds() -> Int {
    let rounds = 1_000_000
    return Int(Double(rounds) * 10e-6 / Measurement.seconds { WeightedSums.spend(rounds) })
  }
}

/// Sums of random weights, a table for each objective: next to no work, and a front of many points.
private struct WeightedSums: SearchProblem {
  let space: GenomeSpace
  let objectives: [String]
  let weights: [ObjectiveVector]
  /// How much else an evaluation does.
  let rounds: Int
  private let choices = 8

  init(genes: Int, objectives: Int, rounds: Int) throws {
    space = try GenomeSpace(choices: Array(repeating: choices, count: genes))
    self.objectives = (0..<objectives).map { "objective \($0)" }
    self.rounds = rounds
    var random = RandomSource(seed: 7)
    weights = (0..<genes * choices).map { _ in
      ObjectiveVector((0..<objectives).map { _ in random.fraction() })
    }
  }

  func makeEvaluator() -> Evaluator {
    Evaluator(weights: weights, choices: choices, rounds: rounds)
  }

  struct Evaluator: GenomeEvaluator {
    let weights: [ObjectiveVector]
    let choices: Int
    let rounds: Int

    func evaluate(_ genome: Span<Allele>) -> Score {
      var sum = ObjectiveVector(0)
      for gene in genome.indices {
        let weight = weights[gene * choices + Int(genome[gene])]
        sum = ObjectiveVector(
          sum[0] + weight[0], sum[1] + weight[1], sum[2] + weight[2], sum[3] + weight[3])
      }
      if rounds > 0 { WeightedSums.spend(rounds) }
      return Score(sum)
    }
  }

  /// Takes a time that grows with a number, and leaves nothing.
  static func spend(_ rounds: Int) {
    var random = RandomSource(seed: 1)
    var sum: UInt64 = 0
    for _ in 0..<rounds { sum &+= random.next() }
    precondition(sum != 0)
  }
}
