import ArgumentParser
import Exploration
import MappingModel
import Search
import Toolflow

/// How mappings are searched.
struct SearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "One to four of period, latency, energy, power, memory, cost.", valueName: "a,b,…"))
  var objectives: String = SearchInput().objectives.map(\.rawValue).joined(separator: ",")

  @Option(help: "How candidates are chosen: nsga2, exhaustive or random.")
  var method: ExploreRequest.Method = SearchInput().method

  @Option(parsing: .unconditional, help: "The most different mappings that are executed.")
  var evaluations: Int?

  @Option(
    name: .customLong("time-limit"), parsing: .unconditional,
    help: ArgumentHelp(
      "The time after which the search ends, the last executions of the front included: 90, 90s, 2min, 1h.",
      valueName: "time"))
  var timeLimit: Timespan?

  @Option(
    parsing: .unconditional,
    help: "How many inferences an execution within the search has; the front has 1000.")
  var inferences: Int?

  @Option(help: "Where the random numbers begin.")
  var seed: UInt64 = SearchInput().seed

  @Option(parsing: .unconditional, help: "The number of threads; all cores by default.")
  var jobs: Int?

  @Option(parsing: .unconditional, help: "The mappings that survive a generation.")
  var population: Int = SearchInput().population

  @Option(parsing: .unconditional, help: "The new mappings of a generation.")
  var offspring: Int = SearchInput().offspring

  @Option(help: "What the search begins with: mixed, subset, single or random.")
  var initial: InitialPopulation = SearchInput().initial
}

extension ExploreRequest.Method: ExpressibleByArgument {}

extension InitialPopulation: ExpressibleByArgument {}
