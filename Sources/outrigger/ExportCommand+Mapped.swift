import Diagnostics
import Documents
import Files
import Foundation
import Interchange
import MappingModel
import Preparation
import Simulation
import Toolflow

/// Exports of a network or graph with its platform and mapping.
extension ExportCommand {
  /// Writes a Sesame application, a PREESM project, or the timeline of an execution.
  ///
  /// - Parameter file: The file of a timeline; the others are folders.
  func writeMapped(to file: OutputFile?) throws {
    guard let output else {
      throw RequestError("output", "\(format.rawValue) needs a name")
    }
    if let file { return try writeTimeline(to: file) }
    try writeFolder(output) { try format == .sesame ? sesame($0) : preesm($0) }
  }

  /// The network or graph on its platform; nil where no platform is given.
  private func opened() throws -> (opened: SubjectOptions.Opened, placement: Placement)? {
    guard platform.platform != nil else { return nil }
    let options = SubjectOptions(network, platform, parameters, execution)
    let opened = try options.open(mapping: mapping, quiet: quiet)
    return (opened, opened.subject.problem.balanced(opened.rules))
  }

  private func writeTimeline(to file: OutputFile) throws {
    guard let (opened, placement) = try opened() else {
      throw RequestError("platform", "a timeline needs one")
    }
    let problem = opened.subject.problem
    var simulator = try Simulator(problem)
    let schedule = try simulator.schedule(of: placement, inferences: inferences)
    try file.write { path in
      try TextSink.write(to: path) {
        ChromeTrace.write(schedule, of: problem, placement, to: &$0)
      }
    }
    var evaluator = try MappingEvaluator(problem)
    let evaluation = try evaluator.evaluate(placement, .inferences(inferences)).evaluation
    if let waiting = evaluation.waiting {
      let reason = "the timeline ends there: \(Violation.deadlock(waiting: waiting))"
      Console.warn([Diagnostic(file.path, reason)], quiet: quiet)
    }
  }

  private func sesame(_ folder: RunDirectory) throws {
    let export: SesameExport
    if let (opened, placement) = try opened() {
      let options =
        opened.subject.network.map { SesameExport.Options(network: $0, events: events) }
        ?? SesameExport.Options(events: events)
      export = try SesameExport(
        opened.subject.problem, placement: mapping == nil ? nil : placement, options: options)
    } else {
      export = try SesameExport(try plainGraph(), options: .init(events: events))
    }
    for file in try export.files() { try folder.write(file.text, to: file.path) }
    if traces { try export.writeTraces { try folder.file("traces/trace\($0)") } }
  }

  private func preesm(_ folder: RunDirectory) throws {
    let files: [ExportedFile]
    if let (opened, placement) = try opened() {
      files = try PREESMExport(
        opened.subject.problem, placement: mapping == nil ? nil : placement
      ).files()
    } else {
      files = try PREESMExport(try plainGraph()).files()
    }
    for file in files { try folder.write(file.text, to: file.path) }
  }

  private func writeFolder(_ path: String, _ body: (RunDirectory) throws -> Void) throws {
    let folder = try RunDirectory(path: path, mayReplace: force, marker: "export.json")
    do {
      try body(folder)
      let record = ExportRecord(
        format: format.rawValue,
        command: ShellText.command(["outrigger"] + CommandLine.arguments.dropFirst()))
      try folder.write(try JSONText.encode(record), to: "export.json")
      try folder.commit()
      folder.release()
    } catch {
      folder.discard()
      throw error
    }
  }
}

/// How a folder for another tool was made.
private struct ExportRecord: Encodable {
  var version = outriggerVersion
  var format: String
  var command: String
}
