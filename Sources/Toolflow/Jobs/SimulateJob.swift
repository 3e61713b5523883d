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
  package static let kind = JobKind.simulate

  package var subject = SubjectInput()
  package var platform = PlatformInput()
  package var execution = ExecutionInput()
  /// The path of the mapping; what it leaves out, or all without one, is placed so that the load is balanced.
  package var mapping: String?
  /// How many inferences may pass until the execution repeats; nil for as many as the mean needs to settle.
  package var inferences: Int?

  package static let keys: [JobKey<SimulateJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform)
    + ExecutionInput.executionKeys.of(\.execution) + ExecutionInput.limitKeys.of(\.execution) + [
      JobKey("mapping", \.mapping, .text, isPath: true),
      JobKey("inferences", \.inferences, .integer(ExecutionInput.inferences)),
    ]

  package init() {}

  package struct Outcome: JobOutcome {
    package var summary: SimulationSummary
    package let isFeasible: Bool
    private let details: String

    fileprivate init(_ summary: SimulationSummary, isFeasible: Bool, text: String) {
      (self.summary, self.isFeasible, details) = (summary, isFeasible, text)
    }

    package func json() throws -> String { try JSONText.encode(summary) }

    package func text() -> String { details }
  }

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
