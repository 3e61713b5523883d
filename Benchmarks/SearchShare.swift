import Exploration
import Foundation
import MappingModel

/// What the genetic search over mappings costs beside executing them, and what a second core gains.
enum SearchShare {
  private struct Case {
    var name: String
    var problem: MappingProblem
    var objectives: [Objective] = [.period, .energy]
    var evaluations = 20_000
  }

  static func run(only word: String? = nil) throws {
    print(
      "Genetic search over mappings: its share beside the evaluations, and two cores beside one")
    for example in try cases() where word.map({ example.name.contains($0) }) ?? true {
      let search = try MappingSearch(
        example.problem, PlacementRules(example.problem), objectives: example.objectives,
        limits: .init(), inferences: 100)
      var whole = Double.infinity
      var alone = Double.infinity
      for _ in 0..<3 {
        let start = MappingBenchmark.processorSeconds()
        let result = try run(search, example, jobs: 1)
        whole = min(whole, MappingBenchmark.processorSeconds() - start)
        alone = min(alone, secondsOfEvaluations(search, result.evaluated))
      }
      let one = try Measurement.seconds(runs: 3) { _ = try run(search, example, jobs: 1) }
      let two = try Measurement.seconds(runs: 3) { _ = try run(search, example, jobs: 2) }
      print(
        example.name.padding(toLength: 58, withPad: " ", startingAt: 0)
          + String(
            format: "%6.1f %% (aim 20), %.2f µs beside %.2f µs; %.2f× with two cores (aim 1.8)",
            100 * (whole / alone - 1), 1e6 * (whole - alone) / Double(example.evaluations),
            1e6 * alone / Double(example.evaluations), one / two))
    }
  }

  private static func run(
    _ search: MappingSearch, _ example: Case, jobs: Int
  ) throws -> SearchResult {
    var configuration = SearchConfiguration()
    configuration.evaluations = example.evaluations
    configuration.jobs = jobs
    return try GeneticSearch().run(search, configuration)
  }

  /// The time of the processor for the same evaluations without a search.
  private static func secondsOfEvaluations(_ search: MappingSearch, _ archive: GenomeArchive)
    -> Double
  {
    var evaluator = search.makeEvaluator()
    let genomes = (0..<archive.count).map { archive[$0] }
    let start = MappingBenchmark.processorSeconds()
    for genome in genomes { _ = evaluator.evaluate(genome.span) }
    return MappingBenchmark.processorSeconds() - start
  }

  private static func cases() throws -> [Case] {
    let streamed = try MappingBenchmark.problem("bvlc_alexnet", "neuraghe-v1")
    let bus = try MappingBenchmark.problem("bvlc_alexnet", "mpsoc4")
    return [
      Case(name: "AlexNet, 3 streamed elements, period and energy", problem: streamed),
      Case(name: "AlexNet, 4 elements on a bus, period and energy", problem: bus),
      Case(
        name: "the same, period, latency, energy and memory", problem: bus,
        objectives: [.period, .latency, .energy, .memory]),
      Case(
        name: "AlexNet, 90 blocks, 3 streamed elements, period and energy",
        problem: try MappingBenchmark.problem("bvlc_alexnet", "neuraghe-v1", limit: 90)),
      Case(
        name: "2,000 actors, 8 elements, latency and cost",
        problem: try MappingBenchmark.synthetic(), objectives: [.latency, .cost],
        evaluations: 3_000),
    ]
  }
}
