import Exploration
import Foundation
import MappingModel
import Quantities
import Search
import Simulation

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
        limits: .init(), extent: .inferences(100))
      let (share, own, evaluation) = try share(search, example)
      let genomes = try Genomes(run(search, example, jobs: 1).evaluated)
      let searched = try Measurement.ratio(
        { _ = try run(search, example, jobs: 1) }, to: { _ = try run(search, example, jobs: 2) })
      let possible = Measurement.ratio(
        { genomes.evaluate(search, jobs: 1) }, to: { genomes.evaluate(search, jobs: 2) })
      print(
        example.name.padding(toLength: 58, withPad: " ", startingAt: 0)
          + String(
            format: "%5.1f %% (aim 20), %.2f µs beside %.2f µs; ", 100 * share, 1e6 * own,
            1e6 * evaluation)
          + String(
            format: "%.2f× with two cores (aim 1.8; evaluations alone %.2f×)", searched, possible))
    }
  }

  /// The least share of the search itself beside its evaluations, and the times of both for a genome.
  private static func share(
    _ search: MappingSearch, _ example: Case
  ) throws -> (share: Double, own: Double, evaluation: Double) {
    var best = (share: Double.infinity, own: 0.0, evaluation: 0.0)
    for _ in 0..<5 {
      let timed = TimedSearch(search)
      let whole = try Measurement.seconds(runs: 1) { _ = try run(timed, example, jobs: 1) }
      let inside = timed.seconds.total
      guard whole / inside - 1 < best.share else { continue }
      let count = Double(example.evaluations)
      best = (whole / inside - 1, (whole - inside) / count, inside / count)
    }
    return best
  }

  private static func run(
    _ search: some SearchProblem, _ example: Case, jobs: Int
  ) throws -> SearchResult {
    var configuration = SearchConfiguration()
    configuration.evaluations = example.evaluations
    configuration.jobs = jobs
    return try GeneticSearch().run(search, configuration)
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
        evaluations: 6_000),
    ]
  }
}

/// The genomes of a search, to be evaluated again without one.
private struct Genomes {
  let list: [[Allele]]

  init(_ archive: GenomeArchive) { list = (0..<archive.count).map { archive[$0] } }

  /// Each thread evaluates its share with an evaluator of its own, and waits for no other.
  func evaluate(_ search: MappingSearch, jobs: Int) {
    DispatchQueue.concurrentPerform(iterations: jobs) { job in
      var evaluator = search.makeEvaluator()
      for place in stride(from: job, to: list.count, by: jobs) {
        let genome = list[place]
        _ = evaluator.evaluate(genome.span)
      }
    }
  }
}

/// A search that counts how long it evaluates; for one thread. A class, so that the search in it is not
/// copied for each genome.
private final class TimedSearch: SearchProblem {
  final class Seconds: @unchecked Sendable {
    var total = 0.0

    /// The time without a call of the system, which would count as the search's own.
    static var now: Double {
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
  }

  let search: MappingSearch
  let seconds = Seconds()

  init(_ search: MappingSearch) { self.search = search }

  var space: GenomeSpace { search.space }
  var objectives: [String] { search.objectives }
  var relatedGenes: [(Int, Int)] { search.relatedGenes }
  func repair(_ genome: inout MutableSpan<Allele>) { search.repair(&genome) }
  func canonicalize(_ genome: inout MutableSpan<Allele>) { search.canonicalize(&genome) }
  func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] { search.seeds(kind, limit: limit) }
  func makeEvaluator() -> Evaluator {
    Evaluator(evaluator: search.makeEvaluator(), seconds: seconds)
  }

  struct Evaluator: GenomeEvaluator {
    var evaluator: PlacementEvaluator
    let seconds: Seconds

    mutating func evaluate(_ genome: Span<Allele>) -> Score {
      let start = Seconds.now
      defer { seconds.total += Seconds.now - start }
      return evaluator.evaluate(genome)
    }
  }
}
