import Preparation
import Search

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

  /// When the time is over; nil where there is no limit.
  var deadline: ContinuousClock.Instant? { timeLimit.map { start + .seconds($0) } }

  /// The seconds since the search began.
  var seconds: Double { start.duration(to: .now).inSeconds }

  /// How long the last executions may go on when the search was asked to stop, in seconds: those of a small
  /// problem come to their end, and who asked does not wait for long.
  private static let grace = 5.0

  /// Whether to end the last executions, which begin now: when somebody has asked and waits, or when writing the
  /// files, for which one thread executes again what all threads have executed, would pass the limit.
  func lastExecutions() -> () -> Bool {
    let begin = seconds
    return {
      if shouldStop(), seconds - begin > Self.grace { return true }
      guard let timeLimit else { return false }
      return seconds + (seconds - begin) * jobs >= timeLimit
    }
  }
}
