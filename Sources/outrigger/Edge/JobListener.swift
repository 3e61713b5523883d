import Diagnostics
import Foundation
import Synchronization
import Toolflow

/// Shows people what a job tells while it runs.
final class JobListener: Sendable {
  private let isQuiet: Bool
  /// How a search goes; nil before one has begun.
  private let progress = Mutex<SearchProgress?>(nil)

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  @Sendable func hear(_ event: JobContext.Event) {
    switch event {
    case .canCancel:
      Interrupt.shared.onFirst { [isQuiet] in Console.noteInterrupt(quiet: isQuiet) }
    case .warning(let text):
      if !isQuiet { Console.note("warning: \(text)") }
    case .phase(let phase, let subject):
      if !isQuiet, isatty(STDERR_FILENO) != 0 { Console.note("\(phase.rawValue): \(subject)") }
    case .searchBegan(let request):
      progress.withLock { $0 = SearchProgress(request, isShown: !isQuiet) }
    case .generation(let row): progress.withLock { $0?.show(row) }
    case .searchEnded(let outcome): progress.withLock { $0?.end(outcome) }
    }
  }
}
