import ArgumentParser
import CostModel
import Diagnostics
import Documents
import Files
import Foundation
import MappingModel
import Preparation
import Reporting
import Simulation

/// Executes a mapping of a network or of a dataflow graph.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Execute a mapping on a platform: period, latency, energy, power, memory, loads.",
    discussion: """
      The argument is an ONNX network, or a dataflow graph (SDF3 XML, CSDF JSON, PiSDF, the \
      application of a Sesame export) whose actors \
      take the times of --times, or their own. Blocks that --mapping leaves out are placed so that \
      the load is balanced. A mapping that breaks a limit is reported, and the exit code is 1.
      """)

  @OptionGroup var network: NetworkOptions
  @OptionGroup var platform: PlatformOptions
  @OptionGroup var parameters: ParameterOptions
  @OptionGroup var execution: ExecutionOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var result: ResultOptions

  @Option(help: ArgumentHelp("The mapping, JSON or YAML.", valueName: "file"))
  var mapping: String?

  @Option(
    help:
      "How many inferences may pass until the execution repeats exactly; 1000, and up to 4000 until the mean has settled to 2 %, unless given."
  )
  var inferences: Int?

  func run() throws {
    _ = try inferences.map(ExecutionOptions.checked(inferences:))
    let limits = try limits.limits()
    let subject = SubjectOptions(network, platform, parameters, execution)
    let opened = try subject.open(mapping: mapping, quiet: result.quiet)
    let placement = opened.subject.problem.balanced(opened.rules)
    var evaluator = try MappingEvaluator(
      opened.subject.problem, limits: limits)
    var (evaluation, observed): (Evaluation, ObservedExecution)
    do {
      (evaluation, observed) = try evaluator.checked(
        placement, inferences.map { .inferences($0) } ?? .settled)
    } catch let error as SimulationError {
      throw FileError.malformed(path: network.network, reason: error.message)
    }
    if !evaluation.isFeasible {
      evaluation.violations += opened.subject.withoutRoom(opened.rules)
    }
    var summary = SimulationSummary(
      evaluation, observed, opened.subject, opened.subject.mapping(placement, opened.mapping))
    let platform = opened.platform.model.platform
    let notes = PlatformNotes(placement, on: platform)
    let warnings = PowerLimit.warning([evaluation], on: platform)
    Console.warn(warnings, quiet: result.quiet)
    summary.assumedFigures = notes.names
    summary.warnings = (opened.diagnostics + warnings).map(\.description)
    if result.json {
      Console.show(try JSONText.encode(summary))
    } else {
      Console.show(SimulationText.text(summary, evaluation) + notes.text)
    }
    if !evaluation.isFeasible { throw ExitStatus.infeasible }
  }
}
