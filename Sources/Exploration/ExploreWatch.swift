import Search

/// The time of a search, and when its last executions must end.
struct ExploreWatch {
  let clock: WorkClock
  private let start: Double
  private let timeLimit: Double?
  private let jobs: Double
  private let shouldStop: () -> Bool

  init(_ configuration: SearchConfiguration, _ hooks: SearchHooks) {
    (timeLimit, jobs) = (configuration.timeLimit, Double(configuration.jobs))
    (clock, shouldStop) = (hooks.clock, hooks.shouldStop)
    start = clock.seconds
  }

  /// The seconds since the search began.
  var seconds: Double { clock.seconds - start }

  /// The time in which everything that belongs to the search has to end, so that there is some for its front.
  var search: TimeBudget { TimeBudget(timeLimit.map { $0 * 0.75 - seconds }, clock) }

  /// The time in which a search is prepared that need not be prepared to the end.
  var preparation: TimeBudget { TimeBudget(timeLimit.map { $0 / 4 - seconds }, clock) }

  /// The time of the last executions, which begin now: half of what is left, so that there is some for the files.
  var executions: TimeBudget { TimeBudget(secondsLeft.map { $0 / 2 }, clock) }

  /// The time that is left of the limit.
  var secondsLeft: Double? { timeLimit.map { max(0, $0 - seconds) } }

  /// The limit of the search that begins now: what is left, and time for one look at least.
  var timeLeft: Double? { timeLimit.map { max($0 / 100, $0 - seconds) } }

  /// Whether most of the limit is left.
  var isEarly: Bool { timeLimit.map { seconds < $0 / 4 } ?? true }

  /// How long the last executions may go on when the search was asked to stop, in seconds: those of a small
  /// problem come to their end, and who asked does not wait for long.
  private static let grace = 5.0

  /// The most points that a thread executes before the next look at the clock.
  private static let longestRound = 4

  /// How many points may be executed next in the last executions, which begin now: none when somebody has asked to
  /// stop and waits, or when these executions and writing the files, for which every point is executed once more,
  /// would pass the limit.
  ///
  /// - Parameters:
  ///   - count: The points of the front.
  ///   - short: What an execution of the search takes a thread, in seconds.
  ///   - expected: What a last execution may take, until one is done.
  /// - Returns: Given how many were executed, how many may be executed next.
  func lastExecutions(of count: Int, short: Double, expected: Double) -> (Int) -> Int {
    let begin = seconds
    return { done in
      let spent = seconds - begin
      if shouldStop(), spent > Self.grace { return 0 }
      guard let timeLimit else { return Self.longestRound * Int(jobs) }
      let each = done > 0 ? spent * jobs / Double(done) : expected
      let rounds = (1...Self.longestRound).last { rounds in
        let executed = done + rounds * Int(jobs)
        let again = Double(min(executed, count)) * each + Double(max(0, count - executed)) * short
        return seconds + Double(rounds) * each + again / jobs < timeLimit
      }
      // What is expected may be far off, and who executes looks at the clock: the first points are tried.
      return (rounds ?? (done == 0 && seconds < timeLimit ? 1 : 0)) * Int(jobs)
    }
  }
}
