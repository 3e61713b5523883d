import CostModel
import Diagnostics
import Documents
import Files
import MappingModel
import Preparation
package import Reporting
import Simulation

/// The execution of a mapping of a network or of a dataflow graph.
package struct SimulateJob: Job {
  /// The job `simulate`.
  package static let kind = JobKind.simulate

  /// The network or the dataflow graph, and how it is read.
  package var subject = SubjectInput()
  /// The platform that the mapping is for.
  package var platform = PlatformInput()
  /// How the mapping is executed, and which limits it has to keep.
  package var execution = ExecutionInput()
  /// The path of the mapping; nil for none. Blocks that it leaves out are placed so that the load
  /// is balanced.
  package var mapping: String?
  /// How many inferences may pass until the execution repeats; nil for as many as the mean needs to settle.
  package var inferences: Int?

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<SimulateJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform)
    + ExecutionInput.executionKeys.of(\.execution) + ExecutionInput.limitKeys.of(\.execution) + [
      JobKey("mapping", \.mapping, .text, isPath: true),
      JobKey("inferences", \.inferences, .integer(ExecutionInput.inferences)),
    ]

  /// A job with all defaults, without an input.
  package init() {}

  /// The measures of the mapping, for programs and for people.
  package struct Outcome: JobOutcome {
    /// The measures of the execution.
    package var summary: SimulationSummary
    /// Whether the mapping keeps all limits.
    package let isFeasible: Bool
    private let details: String

    fileprivate init(_ summary: SimulationSummary, isFeasible: Bool, text: String) {
      (self.summary, self.isFeasible, details) = (summary, isFeasible, text)
    }

    /// The measures as JSON.
    package func json() throws -> String { try JSONText.encode(summary) }

    /// The measures as text.
    package func text() -> String { details }
  }

  /// Executes the mapping.
  ///
  /// - Throws: The error of a file or a key, or of a graph that cannot be executed.
  package func run(in context: JobContext) throws -> Outcome {
    let limits = try execution.limits()
    let opened = try SubjectSource(subject, platform, execution).mapped(mapping)
    context.warn(opened.diagnostics)
    let placement = opened.subject.problem.balanced(opened.rules)
    var evaluator = try MappingEvaluator(opened.subject.problem, limits: limits)
    var (evaluation, observed): (Evaluation, ObservedExecution)
    do {
      (evaluation, observed) = try evaluator.checked(
        placement, inferences.map { .inferences($0) } ?? .settled)
    } catch let error as SimulationError {
      throw FileError.malformed(path: subject.path, reason: error.message)
    }
    if !evaluation.isFeasible {
      evaluation.violations += opened.subject.withoutRoom(opened.rules)
    }
    let platform = opened.platform.model.platform
    let notes = PlatformNotes(placement, on: platform)
    let warnings = PowerLimit.warning([evaluation], on: platform)
    context.warn(warnings)
    var summary = SimulationSummary(
      evaluation, observed, opened.subject, opened.subject.mapping(placement, opened.mapping))
    summary.assumedFigures = notes.names
    summary.warnings = (opened.diagnostics + warnings).map(\.description)
    return Outcome(
      summary, isFeasible: evaluation.isFeasible,
      text: SimulationText.text(summary, evaluation) + notes.text)
  }
}
