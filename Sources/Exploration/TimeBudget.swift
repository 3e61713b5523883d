package import Search

/// The rest of a time limit for work that has several parts.
package struct TimeBudget: Sendable {
  private let clock: WorkClock
  /// When the time is over; nil where there is no limit.
  private let end: Double?

  /// A budget that begins now.
  ///
  /// - Parameter seconds: The seconds that all parts have together; nil for no limit.
  package init(_ seconds: Double?, _ clock: WorkClock) {
    self.clock = clock
    end = seconds.map { clock.seconds + $0 }
  }

  /// No limit.
  package static let endless = TimeBudget(nil, .wall)

  /// Whether the time is over; never without a limit.
  package var isOver: Bool { !leaves(0) }

  /// Whether there is time for work that takes so many seconds.
  func leaves(_ seconds: Double) -> Bool { end.map { clock.seconds + seconds < $0 } ?? true }

  /// Says when the time is over; nil where there is no limit.
  var ends: (@Sendable () -> Bool)? {
    guard end != nil else { return nil }
    return { [self] in isOver }
  }

  /// The seconds that work takes.
  func seconds(_ work: () -> Void) -> Double {
    let begin = clock.seconds
    work()
    return clock.seconds - begin
  }

  /// Says when the next of so many parts that are left has had as long as it may take, so that each of them gets some
  /// of the time; nil where there is no limit.
  package func share(of parts: Int) -> (@Sendable () -> Bool)? {
    guard let end else { return nil }
    let now = clock.seconds
    let until = now + max(0, end - now) / Double(max(1, parts))
    return { [clock] in clock.seconds >= until }
  }
}
