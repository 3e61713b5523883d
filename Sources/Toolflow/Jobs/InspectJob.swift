import CostModel
import Diagnostics
import Documents
import Figures
import Files
import NetworkImport
import NetworkModel
import Partitioning
import PlatformModel
package import Preparation
package import Reporting

/// The contents of a network or a platform, and the costs of blocks.
package struct InspectJob: Job {
  /// The job `inspect`.
  package static let kind = JobKind.inspect

  /// A network, or a platform.
  package var subject = SubjectInput()
  /// The platform that gives blocks their costs; without one there are none.
  package var platform = PlatformInput()
  /// The splits and merges by hand of what is shown.
  package var partition = PartitionInput()
  /// The graph whose nodes and edges are shown.
  package var view = NetworkView.block
  /// The path of a mapping, whose load is reported.
  package var mapping: String?
  /// An SVG file for a drawing.
  package var output = OutputInput()

  /// The keys of the job, in the order in which they are written.
  package static let keys: [JobKey<InspectJob>] =
    SubjectInput.keys.of(\.subject) + PlatformInput.keys.of(\.platform)
    + PartitionInput.handKeys.of(\.partition) + [
      JobKey("view", \.view, .word), JobKey("mapping", \.mapping, .text, isPath: true),
    ] + OutputInput.keys.of(\.output)

  /// A job with all defaults, without an input.
  package init() {}

  /// A network in numbers and as text, or a platform.
  package enum Outcome: JobOutcome {
    case network(NetworkSummary, text: String)
    case platform(OpenedPlatform)

    /// The network in numbers, or the platform file, as JSON.
    package func json() throws -> String {
      switch self {
      case .network(let summary, _): try JSONText.encode(summary)
      case .platform(let opened):
        PlatformFormat.document(of: opened.model.platform).json() + "\n"
      }
    }

    /// The network or the platform as text.
    package func text() -> String {
      switch self {
      case .network(_, let text): text
      case .platform(let opened):
        PlatformText.text(opened.model.platform, path: opened.path)
      }
    }
  }

  /// Describes the network or the platform, and draws it where a file is named.
  ///
  /// - Throws: The error of a file, or `RequestError` for keys that do not fit.
  package func run(in context: JobContext) throws -> Outcome {
    let file = try output.file()
    if let path = PlatformInput.path(ofPlatform: subject.path) {
      let opened = try OpenedPlatform(path)
      try file?.write(GraphDrawing(opened.model.platform).figure().svgFile())
      context.warn(opened.diagnostics)
      return .platform(opened)
    }
    guard output.path == nil || view != .neuron else {
      throw RequestError(
        "output", "neurons are too many to draw; export dot or csv writes them")
    }
    return try describe(
      try subject.network(), on: try platform.open(), drawing: file, context)
  }

  /// Describes the contents of a network.
  ///
  /// - Parameter file: An SVG file for a drawing.
  func describe(
    _ source: NetworkSource, on opened: OpenedPlatform?, drawing file: OutputFile? = nil,
    _ context: JobContext
  ) throws -> Outcome {
    let layers = try source.blocks(.layers)
    var run = try PartitionRun(
      network: source, options: view.importOptions(subject), platform: opened)
    let seen = try run.partition(partition.byHand).network.graph
    let mapped = try mapping.map { path in
      guard let model = opened?.model else {
        throw RequestError("mapping", "it needs a `platform`")
      }
      return try MappedNetwork(path: path, seen, model)
    }
    let graph = mapped?.graph ?? seen
    var summary = NetworkSummary(source, view: graph, layers: layers, opened?.model)
    let neurons = view == .neuron ? try NeuronGraph(graph) : nil
    if let neurons { summary.count(neurons, of: graph) }
    summary.warnings += try run.platformWarnings(of: [graph]).map(\.description)
    let load = try mapped?.load()
    if let load { summary.add(load) }
    try file?.write(GraphDrawing(graph).figure().svgFile())
    context.warn(summary.warnings)
    var text = InspectText.text(source, summary, graph, opened?.model, neurons: neurons)
    if let mapped, let load { text += "\n" + LoadText.text(mapped, load) }
    return .network(summary, text: text + PlatformNotes(opened?.model.platform).text)
  }
}
