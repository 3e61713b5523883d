import Diagnostics
package import Exploration
import Foundation
package import MappingModel
package import Search

/// How mappings are searched.
package struct SearchInput: Hashable, Sendable {
  package var objectives: [Objective] = [.period, .energy]
  /// How candidates are chosen.
  package var method = ExploreRequest.Method.nsga2
  /// The most different mappings that are executed; nil for what the method and the time limit suggest.
  package var evaluations: Int?
  /// The time after which the search ends, in seconds.
  package var timeLimit: Double?
  /// How many inferences an execution within the search has.
  package var inferences: Int?
  package var seed: UInt64 = 1
  /// The number of threads; nil for all cores.
  package var jobs: Int?
  /// The mappings that survive a generation, and the new ones of each.
  package var population = 100
  package var offspring = 100
  /// What the search begins with.
  package var initial = InitialPopulation.mixed

  package init() {}

  static let keys: [JobKey<SearchInput>] = [
    JobKey("objectives", \.objectives, .objectives),
    JobKey("method", \.method, .word),
    JobKey("evaluations", \.evaluations, .integer()),
    JobKey("time_limit", \.timeLimit, .seconds),
    JobKey("inferences", \.inferences, .integer(ExecutionInput.inferences)),
    JobKey("seed", \.seed, .seed),
    JobKey("jobs", \.jobs, .integer()),
    JobKey("population", \.population, .integer()),
    JobKey("offspring", \.offspring, .integer()),
    JobKey("initial", \.initial, .word),
  ]

  /// The search that is asked for.
  package func request() -> ExploreRequest {
    var request = ExploreRequest()
    request.method = method
    request.objectives = objectives
    request.inferences = inferences
    request.configuration.seed = seed
    request.configuration.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    request.configuration.timeLimit = timeLimit
    request.configuration.evaluations =
      evaluations ?? (method == .exhaustive || timeLimit != nil ? nil : 10_000)
    request.genetic.population = population
    request.genetic.offspring = offspring
    request.genetic.initial = initial
    return request
  }
}

extension JobForm where Value == [Objective] {
  /// One to four different objectives.
  static let objectives = commaList { names, key in
    let known = Objective.allCases.map(\.rawValue)
    let kinds = try names.map { name in
      guard let objective = Objective(rawValue: name) else {
        throw RequestError(
          key,
          "expected some of \(known.joined(separator: ", ")), found \"\(name)\""
            + name.similar(in: known).asQuestion)
      }
      return objective
    }
    guard Set(kinds).count == kinds.count, (1...ObjectiveVector.limit).contains(kinds.count) else {
      throw RequestError(
        key, "expected one to four different ones, found \"\(names.joined(separator: ","))\"")
    }
    return kinds
  } write: {
    $0.map(\.rawValue)
  }
}
