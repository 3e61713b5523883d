import Dispatch
import Files
import Foundation
import Synchronization

/// What happens when the program is to end: Ctrl-C (SIGINT), SIGTERM from `timeout`, batch systems and
/// containers, SIGHUP when the terminal goes away unless `nohup` said that it is ignored.
///
/// The first signal ends a search that goes on and keeps what it has found; without a search, and the
/// second time, it ends the program at once, which leaves nothing half-written. What follows within half a second is no
/// second time: `timeout` signals a program and then the group it belongs to.
final class Interrupt: Sendable {
  /// The one of the program, from its start to its end.
  static let shared = Interrupt()

  /// The signals that end the program.
  static let signals = [SIGINT, SIGTERM, SIGHUP]

  private static let pause = Duration.milliseconds(500)

  private let state = Mutex(State())

  private struct State {
    /// The first signal that arrived, and when.
    var received: Int32?
    var moment = ContinuousClock.now
    /// Whether a search looks out for signals, and what it is called when one has arrived.
    var onFirst: (@Sendable () -> Void)?
  }

  /// Begins to look out for signals.
  ///
  /// - Returns: What must be kept as long as it should.
  func install() -> [any DispatchSourceSignal] {
    // Ctrl-\ ends any program at once, also one that was started to ignore or to hold that back.
    signal(SIGQUIT, SIG_DFL)
    var quit = sigset_t()
    sigemptyset(&quit)
    sigaddset(&quit, SIGQUIT)
    pthread_sigmask(SIG_UNBLOCK, &quit, nil)
    let old = signal(SIGHUP, SIG_IGN)
    let isIgnored = unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    return Self.signals.filter { $0 != SIGHUP || !isIgnored }.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in arrive(number) }
      source.resume()
      return source
    }
  }

  private func arrive(_ number: Int32) {
    let (tell, endsNow) = state.withLock { state -> ((@Sendable () -> Void)?, Bool) in
      guard state.received != nil else {
        (state.received, state.moment) = (number, .now)
        return (state.onFirst, state.onFirst == nil)
      }
      return (nil, state.moment.duration(to: .now) > Self.pause)
    }
    if endsNow { Leftovers.exit(ExitStatus.interrupted(number).code) }
    tell?()
  }

  /// From now on the first signal is only noted.
  ///
  /// - Parameter body: Called when it arrives, on another thread.
  func onFirst(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.onFirst = body } }

  /// The first signal that arrived; nil for none.
  var received: Int32? { state.withLock { $0.received } }
}
