import Diagnostics
package import Exploration
import Foundation
package import MappingModel
package import Search

/// How mappings are searched.
package struct SearchInput: Hashable, Sendable {
  /// The objectives that mappings are compared by, one to four.
  package var objectives: [Objective] = [.period, .energy]
  /// The method of the search.
  package var method = ExploreRequest.Method.nsga2
  /// The most distinct mappings that are executed; nil for the default of the job, or for no
  /// limit with a time limit or an exhaustive search.
  package var evaluations: Int?
  /// The seconds after which the search ends; nil for no limit.
  package var timeLimit: Double?
  /// The inferences of an execution within the search; nil for as many as the number of blocks asks
  /// for.
  package var inferences: Int?
  /// The seed of the search.
  package var seed: UInt64 = 1
  /// The number of threads; nil for all cores.
  package var jobs: Int?
  /// The number of mappings that survive a generation.
  package var population = 100
  /// The number of new mappings in a generation.
  package var offspring = 100
  /// What the first population is made of.
  package var initial = InitialPopulation.mixed

  /// The defaults: NSGA-II for period and energy.
  package init() {}

  static let keys: [JobKey<SearchInput>] = [
    JobKey("objectives", \.objectives, .objectives),
    JobKey("method", \.method, .word),
    JobKey("evaluations", \.evaluations, .integer(1...Int.max)),
    JobKey("time_limit", \.timeLimit, .seconds),
    JobKey("inferences", \.inferences, .integer(ExecutionInput.inferences)),
    JobKey("seed", \.seed, .seed),
    JobKey("jobs", \.jobs, .integer(1...1024)),
    JobKey("population", \.population, .integer(1...Int.max)),
    JobKey("offspring", \.offspring, .integer(1...Int.max)),
    JobKey("initial", \.initial, .word),
  ]

  /// The request for the search, with the defaults of what is nil here.
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
