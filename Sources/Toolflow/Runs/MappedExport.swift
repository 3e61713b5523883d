import Dataflow
import Diagnostics
import Documents
import Files
import Interchange
import MappingModel
import Preparation
import Simulation

/// The export of a network or graph with its platform and mapping: a Sesame application, a PREESM project, or
/// the timeline of an execution.
struct MappedExport {
  private let job: ExportJob
  private let context: JobContext
  private let path: String

  init(_ job: ExportJob, _ context: JobContext) throws {
    (self.job, self.context) = (job, context)
    guard let path = job.output.path else {
      throw RequestError("output", "\(job.format.rawValue) needs a name")
    }
    self.path = path
  }

  func write() throws {
    if job.format.isFolder {
      try writeFolder { try job.format == .sesame ? sesame($0) : preesm($0) }
    } else {
      try writeTimeline()
    }
  }

  /// The network or graph on its platform; nil where no platform is given.
  private func opened() throws -> (opened: OpenedSubject, placement: Placement)? {
    guard job.platform.platform != nil else { return nil }
    let opened = try SubjectSource(job.subject, job.platform, job.execution).mapped(job.mapping)
    context.warn(opened.diagnostics)
    return (opened, opened.subject.problem.balanced(opened.rules))
  }

  /// The dataflow graph of the input, without a platform.
  private func plainGraph() throws -> CSDFGraph {
    if job.subject.isGraph { return try job.subject.graph(context) }
    var run = try PartitionRun(
      network: try job.subject.network(), options: job.subject.importOptions, platform: nil)
    context.warn(try run.diagnostics(of: [run.graph]))
    return try run.dataflow(of: run.graph, granularity: job.execution.granularity)
  }

  private func writeTimeline() throws {
    let file = try OutputFile(path, force: job.output.force)
    guard let (opened, placement) = try opened() else {
      throw RequestError("platform", "a timeline needs one")
    }
    let problem = opened.subject.problem
    var simulator = try Simulator(problem)
    let schedule = try simulator.schedule(of: placement, inferences: job.inferences)
    try file.write { path in
      try TextSink.write(to: path) {
        ChromeTrace.write(schedule, of: problem, placement, to: &$0)
      }
    }
    var evaluator = try MappingEvaluator(problem)
    let evaluation = try evaluator.evaluate(placement, .inferences(job.inferences)).evaluation
    if let waiting = evaluation.waiting {
      let reason = "the timeline ends there: \(Violation.deadlock(waiting: waiting))"
      context.warn([Diagnostic(file.path, reason)])
    }
  }

  private func sesame(_ folder: RunDirectory) throws {
    let export: SesameExport
    if let (opened, placement) = try opened() {
      let options =
        opened.subject.network.map { SesameExport.Options(network: $0, events: job.events) }
        ?? SesameExport.Options(events: job.events)
      export = try SesameExport(
        opened.subject.problem, placement: job.mapping == nil ? nil : placement, options: options)
    } else {
      export = try SesameExport(try plainGraph(), options: .init(events: job.events))
    }
    for file in try export.files() { try folder.write(file.text, to: file.path) }
    if job.traces { try export.writeTraces { try folder.file("traces/trace\($0)") } }
  }

  private func preesm(_ folder: RunDirectory) throws {
    let files: [ExportedFile]
    if let (opened, placement) = try opened() {
      files = try PREESMExport(
        opened.subject.problem, placement: job.mapping == nil ? nil : placement
      ).files()
    } else {
      files = try PREESMExport(try plainGraph()).files()
    }
    for file in files { try folder.write(file.text, to: file.path) }
  }

  private func writeFolder(_ body: (RunDirectory) throws -> Void) throws {
    let folder = try RunDirectory(path: path, mayReplace: job.output.force, marker: "export.json")
    do {
      try body(folder)
      let record = ExportRecord(
        format: job.format.rawValue, command: context.command(JobDocument(shortest: job)))
      try folder.write(try JSONText.encode(record), to: "export.json")
      try folder.commit()
      folder.release()
    } catch {
      folder.discard()
      throw error
    }
  }
}

/// The record of how a folder for another tool was exported.
private struct ExportRecord: Encodable {
  var version = outriggerVersion
  var format: String
  var command: String
}
