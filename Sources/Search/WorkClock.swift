import Dispatch

/// Where a search reads the time.
package struct WorkClock: Sendable {
  private let read: @Sendable () -> Double

  /// - Parameter read: The seconds since some moment, never fewer than before; asked from all threads.
  package init(_ read: @escaping @Sendable () -> Double) { self.read = read }

  package var seconds: Double { read() }

  /// The clock of the machine.
  package static let wall = WorkClock { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 }
}
