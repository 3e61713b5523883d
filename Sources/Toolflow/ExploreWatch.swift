import Exploration

/// The time of a search, and when its last executions must end.
struct ExploreWatch {
  private let start = ContinuousClock.now
  private let timeLimit: Double?
  private let jobs: Double
  private let shouldStop: () -> Bool

  init(_ configuration: SearchConfiguration, _ hooks: SearchHooks) {
    (timeLimit, jobs) = (configuration.timeLimit, Double(configuration.jobs))
    shouldStop = hooks.shouldStop
  }

  /// The seconds since the search began.
  var seconds: Double { start.duration(to: .now).inSeconds }

  /// Whether to end the last executions, which begin now: asked to, or when writing the files, for which one
  /// thread executes again what all threads have executed, would pass the limit.
  func lastExecutions() -> () -> Bool {
    let begin = seconds
    return {
      if shouldStop() { return true }
      guard let timeLimit else { return false }
      return seconds + (seconds - begin) * jobs >= timeLimit
    }
  }
}
