import CostModel
import Dataflow
import DataflowConversion
import DataflowFormats
import Diagnostics
import Documents
import Files
package import Interchange
import NetworkImport
import NetworkModel
import ONNXFormat
import Partitioning
import PlatformModel
import Preparation
import Reporting

/// The job that writes a network, a graph or a platform in a format of another tool.
package struct ExportJob: Job {
  /// The job `export`.
  package static let kind = JobKind.export

  /// The format that is written.
  package var format = ExportFormat.onnx
  /// A network, a dataflow graph or a platform.
  package var subject = SubjectInput()
  /// The platform; what it is for depends on the format.
  package var platform = PlatformInput()
  /// The splits and merges before the export.
  package var partition = PartitionInput()
  /// The graph that a network becomes.
  package var view = NetworkView.block
  /// What a firing works on, and how much channels hold in a timeline.
  package var execution = ExecutionInput()
  /// The path of a mapping; nil for none.
  package var mapping: String?
  /// Whether an event of a Sesame application moves a token or a burst of them.
  package var events = SesameExport.Events.burst
  /// Whether traces of a Sesame application are written.
  package var traces = false
  /// The most inferences in a timeline.
  package var inferences = 8
  /// The number of blocks up to which the network is split first; nil for no automatic split.
  package var partitions: Int?
  /// A file or folder; without a path, text goes to the standard output.
  package var output = OutputInput()

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<ExportJob>] =
    [JobKey("format", \.format, .word)] + SubjectInput.keys.of(\.subject)
    + PlatformInput.keys.of(\.platform) + PartitionInput.handKeys.of(\.partition)
    + PartitionInput.automaticKeys.of(\.partition) + [JobKey("view", \.view, .word)]
    + ExecutionInput.executionKeys.of(\.execution) + [
      JobKey("mapping", \.mapping, .text, isPath: true),
      JobKey("events", \.events, .word), JobKey("traces", \.traces, .flag),
      JobKey("inferences", \.inferences, .integer(ExecutionInput.inferences)),
      JobKey("partitions", \.partitions, .integer(0...Int.max)),
    ] + OutputInput.keys.of(\.output)

  /// A job with all defaults, without an input.
  package init() {}

  /// The empty outcome: all that there is was written to the file or to the standard output.
  package struct Outcome: JobOutcome {
    /// Nothing.
    package func json() -> String { "" }

    /// Nothing.
    package func text() -> String { "" }
  }

  /// Writes the export.
  ///
  /// - Throws: `RequestError` for keys that do not fit the format, or the error of a file.
  package func run(in context: JobContext) throws -> Outcome {
    guard view != .neuron || format == .dot || format == .csv else {
      throw RequestError("view", "neurons are exported as dot or csv")
    }
    if format.isOfMappings {
      try MappedExport(self, context).write()
      return Outcome()
    }
    let file = try output.file()
    switch Situation(.export, input: subject.path, format: format).subject {
    case .platform: try write(try platformText(context), to: file)
    case .network: try writeNetwork(to: file, context)
    default:
      let document = try subject.document()
      context.warn(document.diagnostics)
      try write(try text(of: document), to: file)
    }
    return Outcome()
  }
}

extension ExportJob {
  private func writeNetwork(to file: OutputFile?, _ context: JobContext) throws {
    var run = try PartitionRun(
      network: try subject.network(), options: view.importOptions(subject),
      platform: try platform.open())
    var request = partition.byHand
    if let partitions {
      request.automatic = partition.automatic(limit: partitions, elementCount: run.elementCount)
    }
    let graph = try run.partition(request).network.graph
    context.warn(try run.diagnostics(of: [graph]))
    switch format {
    case .onnx:
      guard let file else { throw RequestError("output", "an ONNX file needs a name") }
      try file.write { try ONNXModel(exporting: graph).write(to: $0) }
    case .dot, .csv: try writeView(of: graph, to: file)
    case .times:
      guard let model = run.model else {
        throw RequestError("platform", "a table of times needs one")
      }
      try write(TimesTable.text(graph, model), to: file)
    case .sdf3, .csdfJSON:
      let csdf = try run.dataflow(of: graph, granularity: execution.granularity)
      let graph = try format == .sdf3 ? csdf.withSequentialActors() : csdf
      try write(try text(of: SDF3Format.Document(graph: graph)), to: file)
    case .platform, .sesame, .preesm, .perfetto: break
    }
  }

  /// Writes the nodes and edges of the view one by one: there may be millions.
  private func writeView(of graph: BlockGraph, to file: OutputFile?) throws {
    let neurons = view == .neuron ? try NeuronGraph(graph) : nil
    func write(to path: String?) throws {
      try TextSink.write(to: path) { sink in
        switch (format, neurons) {
        case (.dot, let neurons?): DOT.write(neurons, of: graph, to: &sink)
        case (.dot, nil): sink.write(DOT.text(graph))
        case (_, let neurons?): EdgeList.write(neurons, of: graph, to: &sink)
        case (_, nil): EdgeList.write(graph, to: &sink)
        }
      }
    }
    if let file { try file.write { try write(to: $0) } } else { try write(to: nil) }
  }

  /// The platform that the input names, with a comment that says where it comes from.
  private func platformText(_ context: JobContext) throws -> String {
    let opened = try OpenedPlatform(subject.path)
    context.warn(opened.diagnostics)
    let document = PlatformFormat.document(of: opened.model.platform)
    if output.path?.lowercased().hasSuffix(".json") == true { return document.json() + "\n" }
    let file = opened.path.nameOfPath.singleLine
    return try document.yaml(header: "Made from \(file); docs/platforms.md explains the keys.")
  }

  private func text(of document: SDF3Format.Document) throws -> String {
    switch format {
    case .sdf3: try SDF3Format.write(document)
    case .csdfJSON: try CSDFJSONFormat.write(document)
    default: DOT.text(document.graph)
    }
  }

  private func write(_ text: String, to file: OutputFile?) throws {
    if let file { return try file.write(text) }
    try TextSink.write(to: nil) { $0.write(text.hasSuffix("\n") ? text : text + "\n") }
  }
}
