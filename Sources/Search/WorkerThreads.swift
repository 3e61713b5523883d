import Dispatch
import Foundation
import Synchronization

/// Threads that are called again and again for short pieces of work.
///
/// Between two calls they look out for a short time before they sleep: a generation of fast evaluations is over
/// sooner than a sleeping thread has woken. The thread that calls works too.
final class WorkerThreads: Sendable {
  private let state: State

  /// What the threads share; apart from ``WorkerThreads``, so that they end with it.
  private final class State: Sendable {
    /// How often work was given out; negative when all is over.
    let calls = Atomic(0)
    /// The threads that still work.
    let busy = Atomic(0)
    let sleepers: [Sleeper]
    /// Written before a call is counted, and read behind that only.
    nonisolated(unsafe) var work: (Int) -> Void = { _ in }

    init(_ count: Int) { sleepers = (0..<count).map { _ in Sleeper() } }
  }

  /// Where a thread sleeps.
  private final class Sleeper: Sendable {
    let sleeps = Atomic(false)
    let alarm = DispatchSemaphore(value: 0)

    func wake() {
      if sleeps.exchange(false, ordering: .acquiringAndReleasing) { alarm.signal() }
    }
  }

  /// - Parameter count: How many threads there are beside the one that calls.
  init(_ count: Int) {
    state = State(count)
    for index in 0..<count {
      let thread = Thread { [state] in Self.serve(state, index) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  deinit {
    state.calls.store(-1, ordering: .sequentiallyConsistent)
    for sleeper in state.sleepers { sleeper.wake() }
  }

  /// Does work on all threads, 0 being the one that calls, and waits until all have ended.
  ///
  /// - Parameter first: What the thread that calls does before it works with the others.
  func perform(first: () -> Void, _ work: @escaping (Int) -> Void) {
    state.work = work
    state.busy.store(state.sleepers.count, ordering: .relaxed)
    state.calls.wrappingAdd(1, ordering: .sequentiallyConsistent)
    for sleeper in state.sleepers { sleeper.wake() }
    first()
    work(0)
    var rounds = 0
    while state.busy.load(ordering: .acquiring) > 0 {
      rounds += 1
      if rounds > Self.patience { usleep(20) } else { sched_yield() }
    }
    state.work = { _ in }
  }

  /// How often a thread looks out before it sleeps: some tenths of a millisecond.
  private static let patience = 1000

  private static func serve(_ state: State, _ index: Int) {
    let sleeper = state.sleepers[index]
    var done = 0
    while true {
      var rounds = 0
      while state.calls.load(ordering: .acquiring) == done {
        rounds += 1
        guard rounds > patience else {
          sched_yield()
          continue
        }
        sleeper.sleeps.store(true, ordering: .sequentiallyConsistent)
        // Work given out before it was known that this thread sleeps has woken nobody.
        if state.calls.load(ordering: .sequentiallyConsistent) == done
          || !sleeper.sleeps.exchange(false, ordering: .acquiringAndReleasing)
        {
          sleeper.alarm.wait()
        }
        rounds = 0
      }
      guard state.calls.load(ordering: .acquiring) >= 0 else { return }
      done += 1
      state.work(index + 1)
      state.busy.wrappingSubtract(1, ordering: .releasing)
    }
  }
}
