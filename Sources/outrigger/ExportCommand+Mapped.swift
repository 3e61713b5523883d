import Diagnostics
import Foundation
import Interchange
import MappingModel
import Simulation
import Toolflow

/// Exports of a network or graph with its platform and mapping.
extension ExportCommand {
  /// Writes a Sesame application, a PREESM project, or the timeline of an execution.
  func writeMapped() throws {
    guard view == .block else {
      throw ToolflowError.option(name: "--view", reason: "\(format.rawValue) exports blocks")
    }
    guard partitions == nil, try partition.byHand().isEmpty else {
      throw ToolflowError.option(
        name: "--partitions",
        reason:
          "\(format.rawValue) takes splits from the mapping; onnx writes a partitioned network")
    }
    guard let output else {
      throw ToolflowError.option(name: "--output", reason: "\(format.rawValue) needs a name")
    }
    switch format {
    case .perfetto: try writeTimeline(to: output)
    case .sesame: try writeFolder(output) { try sesame($0) }
    default: try writeFolder(output) { try preesm($0) }
    }
  }

  /// The network or graph on its platform; nil where no platform is given.
  private func opened() throws -> (opened: SubjectOptions.Opened, placement: Placement)? {
    guard platform.platform != nil else {
      guard mapping == nil else {
        throw ToolflowError.option(name: "--mapping", reason: "it needs a --platform")
      }
      return nil
    }
    let options = try SubjectOptions(network, platform, parameters, mappingOptions)
    let opened = try options.open(mapping: mapping, quiet: quiet)
    return (opened, opened.subject.problem.balanced(opened.rules))
  }

  private func writeTimeline(to output: String) throws {
    guard let (opened, placement) = try opened() else {
      throw ToolflowError.option(name: "--platform", reason: "a timeline needs one")
    }
    let problem = opened.subject.problem
    var simulator = try Simulator(problem)
    let schedule = try simulator.schedule(of: placement, inferences: inferences)
    try TextSink.write(to: output) {
      ChromeTrace.write(schedule, of: problem, placement, to: &$0)
    }
    var evaluator = try MappingEvaluator(problem)
    let evaluation = evaluator.evaluate(placement, .inferences(inferences)).evaluation
    if let waiting = evaluation.waiting {
      let reason = "the timeline ends there: \(Violation.deadlock(waiting: waiting))"
      Console.warn([Diagnostic(output, reason)], quiet: quiet)
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
