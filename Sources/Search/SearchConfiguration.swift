/// The settings that every method of search has.
package struct SearchConfiguration: Sendable {
  /// The most distinct genomes to evaluate; nil for no limit.
  package var evaluations: Int? = 10_000
  /// The most seconds to spend, those before a resumed checkpoint included; nil for no limit.
  package var timeLimit: Double?
  /// How many times as long as a genome's evaluation takes what is done with each point of the front when the
  /// search has ended; that much of the time limit is left, a quarter of it at least and half at most; none for 0.
  package var workBehind = 0.0
  /// The number of threads that evaluate. Changes no result.
  package var jobs = 1
  /// The seed of the random numbers.
  package var seed: UInt64 = 1
  /// The reference point of the hypervolume in the logbook; nil for no hypervolume.
  package var reference: ObjectiveVector?
  /// What the problem is, part by part, in words that differ where problems do: a checkpoint is resumed
  /// only with the identity it was made with.
  package var identity: [String] = []

  /// The defaults: 10,000 evaluations on one thread.
  package init() {}

  /// - Throws: ``SearchError/configuration(_:)`` for settings that make no sense.
  func check() throws(SearchError) {
    if let evaluations, evaluations < 1 {
      throw .configuration(
        "a search of \(evaluations) evaluations was asked for; at least 1 is expected")
    }
    if let timeLimit, !(timeLimit >= 0) {
      throw .configuration("the time limit is \(timeLimit) s; 0 or more is expected")
    }
    guard (1...1024).contains(jobs) else {
      throw .configuration("\(jobs) jobs were asked for; from 1 to 1024 are expected")
    }
  }
}

/// The functions that a search calls while it runs.
package struct SearchHooks {
  /// Whether to stop and keep what was found; called between batches.
  package var shouldStop: () -> Bool = { false }
  /// The clock that time limits are measured with.
  package var clock = WorkClock.wall
  /// Called with the row of every generation; an error ends the search.
  package var onGeneration: (LogbookRow) throws -> Void = { _ in }
  /// Given bytes to append to the checkpoint: once what it begins with, then a record after each
  /// generation; nil for no checkpoint.
  package var onCheckpoint: (([UInt8]) throws -> Void)?

  /// Hooks that do nothing.
  package init() {}
}

/// A way to search.
package protocol SearchMethod: Sendable {
  /// Searches until the configuration, the hooks or the size of the space end it.
  ///
  /// The result depends on the problem, the method and the configuration, not on the number of
  /// jobs, unless time ends the search.
  ///
  /// - Parameter checkpoint: What an earlier run of the same search has left; goes on from there.
  /// - Throws: ``SearchError`` before the search begins, or what a hook throws.
  func run(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration, hooks: SearchHooks,
    resuming checkpoint: SearchCheckpoint?
  ) throws -> SearchResult
}

extension SearchMethod {
  /// Searches from the start.
  package func run(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration,
    hooks: SearchHooks = SearchHooks()
  ) throws -> SearchResult {
    try run(problem, configuration, hooks: hooks, resuming: nil)
  }
}
