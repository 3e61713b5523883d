import Dispatch
import Foundation
import Synchronization

/// Whether the user has asked to stop, with Ctrl-C; the second time ends the program at once.
///
/// A class, because it gives the signal back when it is gone.
final class Interrupt {
  private let presses = Presses()
  private let source: any DispatchSourceSignal

  /// How often Ctrl-C was pressed; a class, because the signal arrives on another thread.
  private final class Presses: Sendable {
    let count = Atomic<Int>(0)
  }

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [presses] in
      if presses.count.wrappingAdd(1, ordering: .relaxed).newValue > 1 { _exit(130) }
    }
    source.resume()
  }

  deinit {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }

  /// Whether Ctrl-C was pressed.
  var isRequested: Bool { presses.count.load(ordering: .relaxed) > 0 }
}
