import Documents
package import Exploration
package import Search

/// What surrounds a job while it runs; nothing of it changes what comes out.
package struct JobContext: Sendable {
  /// What a job tells while it runs.
  package enum Event: Sendable {
    /// Something that the user should know, in a line.
    case warning(String)
    /// A phase begins, with what it works on.
    case phase(FlowPhase, String)
    /// From now on the job asks whether it is cancelled, and keeps what it has found if so.
    case canCancel
    case searchBegan(ExploreRequest)
    case generation(LogbookRow)
    case searchEnded(ExploreOutcome)
  }

  /// Called with what the job tells, from any thread.
  package var tell: @Sendable (Event) -> Void

  /// Whether the job should end soon.
  package var isCancelled: @Sendable () -> Bool

  /// How a job is asked for again, given the shortest document of it, as reports and records say it.
  package var command: @Sendable (JobDocument) -> String

  /// A context that tells nobody, cancels nothing, and calls a job by its JSON.
  package init(
    tell: @escaping @Sendable (Event) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false },
    command: @escaping @Sendable (JobDocument) -> String = { $0.value.json() }
  ) {
    (self.tell, self.isCancelled, self.command) = (tell, isCancelled, command)
  }
}

extension JobContext {
  /// Tells warnings, each in a line.
  func warn(_ warnings: some Sequence<some CustomStringConvertible>) {
    for warning in warnings { tell(.warning(warning.description)) }
  }
}
