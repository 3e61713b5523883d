import Dispatch

/// The clock of a search.
package struct WorkClock: Sendable {
  private let read: @Sendable () -> Double

  /// A clock that reads the time by a function.
  ///
  /// - Parameter read: The seconds since some moment, never fewer than before; called from all
  ///   threads.
  package init(_ read: @escaping @Sendable () -> Double) { self.read = read }

  /// The seconds since the moment at which the clock starts.
  package var seconds: Double { read() }

  /// The monotonic clock of the machine.
  package static let wall = WorkClock { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
