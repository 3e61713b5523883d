import Foundation
import Search

/// Genetic search beside the published results of DEAP and pymoo on two mapping problems, and what
/// the search itself costs: `swift run -c release Benchmarks search`.
enum SearchBenchmark {
  private static let budgets = [1_000, 2_000, 5_000, 10_000, 20_000]

  /// An instance with its reference point and what NSGA-II of DEAP and of pymoo reach: medians of
  /// five seeds of the hypervolume, as a share of the rectangle up to the reference point.
  private struct Published {
    var name: String
    var reference: ObjectiveVector
    var deap: [Double]
    var pymoo: [Double]
  }

  private static let published = [
    Published(
      name: "T30P4", reference: ObjectiveVector(1655.30, 1513.02),
      deap: [0.3194, 0.3534, 0.3888, 0.3959, 0.3990],
      pymoo: [0.3238, 0.3646, 0.3927, 0.3970, 0.3999]),
    Published(
      name: "T100P8", reference: ObjectiveVector(6051.01, 8950.26),
      deap: [0.3398, 0.4109, 0.4851, 0.5176, 0.5409],
      pymoo: [0.3446, 0.4170, 0.4922, 0.5234, 0.5384]),
  ]

  static func run() throws {
    try SearchOverhead.run()
    try runInstances()
  }

  private static func runInstances() throws {
    let path = #filePath.replacing("SearchBenchmark.swift", with: "ga-problems.json")
    let instances = try JSONDecoder().decode(
      [String: SearchInstance].self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
    for row in published {
      guard let instance = instances[row.name] else { continue }
      let problem = try SearchInstanceProblem(instance)
      print("\(row.name): hypervolume after so many evaluations, medians of 5 seeds")
      line("evaluations", budgets.map { "\($0)" })
      line("DEAP, published", row.deap.map(text))
      line("pymoo, published", row.pymoo.map(text))
      for initial in [InitialPopulation.random, .mixed] {
        var search = GeneticSearch()
        search.initial = initial
        let runs = try (1...5).map { try hypervolumes(search, problem, row.reference, seed: $0) }
        line(
          "ours, \(initial == .random ? "random start" : "seeds")",
          budgets.indices.map { place in text(runs.map { $0[place] }.sorted()[2]) })
      }
    }
  }

  /// The hypervolume of all points so far after each of the budgets, all from one run.
  private static func hypervolumes(
    _ search: GeneticSearch, _ problem: SearchInstanceProblem, _ reference: ObjectiveVector,
    seed: UInt64
  ) throws -> [Double] {
    var configuration = SearchConfiguration()
    configuration.evaluations = budgets.max()
    configuration.seed = seed
    let result = try search.run(problem, configuration)
    let volume = Hypervolume(reference: reference, objectiveCount: 2)
    return budgets.map { budget in
      volume(result.evaluated.scores.prefix(budget).map(\.objectives))
        / (reference[0] * reference[1])
    }
  }

  private static func text(_ value: Double) -> String { String(format: "%.4f", value) }

  private static func line(_ name: String, _ values: [String]) {
    let columns = values.map { String(repeating: " ", count: max(1, 9 - $0.count)) + $0 }
    print("  " + name.padding(toLength: 22, withPad: " ", startingAt: 0) + columns.joined())
  }
}
