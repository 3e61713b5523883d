import Documents
package import Exploration
package import Search

/// The surroundings of a job while it runs; they do not change its result.
package struct JobContext: Sendable {
  /// An event in the run of a job.
  package enum Event: Sendable {
    /// Something that the user should know, in a line.
    case warning(String)
    /// A phase begins, with the name of its subject.
    case phase(FlowJob.Phase, String)
    /// From now on the job can be canceled, and then keeps its results so far.
    case canCancel
    case searchBegan(ExploreRequest)
    case generation(LogbookRow)
    case searchEnded(ExploreOutcome)
  }

  /// Called with each event of the job, from any thread.
  package var tell: @Sendable (Event) -> Void

  /// Whether the job should end soon.
  package var isCancelled: @Sendable () -> Bool

  /// The command that repeats a job, for reports and records.
  package var command: @Sendable (any Job) throws -> String

  /// A context without a listener that is never canceled and writes a job as its JSON.
  package init(
    tell: @escaping @Sendable (Event) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false },
    command: @escaping @Sendable (any Job) throws -> String = { JobDocument($0).value.json() }
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
