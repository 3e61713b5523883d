import CostModel
import Dataflow
import DataflowConversion
import DataflowFormats
import Diagnostics
import Documents
import MappingModel
import PlatformModel
import Preparation

/// What a command maps, from its options.
struct SubjectOptions {
  let network: NetworkOptions
  let platform: PlatformOptions
  let parameters: ParameterOptions
  let options: ExecutionOptions

  init(
    _ network: NetworkOptions, _ platform: PlatformOptions, _ parameters: ParameterOptions,
    _ options: ExecutionOptions
  ) {
    (self.network, self.platform) = (network, platform)
    (self.parameters, self.options) = (parameters, options)
  }

  /// What is mapped, and which mappings are asked for.
  struct Opened {
    var subject: MappingSubject
    var rules: PlacementRules
    var mapping: Mapping
    /// The name of the network or graph.
    var name: String
    /// The network before any split, with what it costs; nil for a dataflow graph.
    var run: PartitionRun?
    var platform: OpenedPlatform
    /// What the user should know.
    var diagnostics: [Diagnostic]
  }

  /// What was read, before any mapping.
  struct Source {
    var platform: OpenedPlatform
    var buffers: BufferPolicy
    var granularity: Granularity
    var content: Content

    enum Content {
      case graph(SDF3Format.Document)
      case network(PartitionRun)
    }
  }

  var isGraphFile: Bool { GraphFile.looksLikeGraph(path: network.network) }

  /// Reads everything.
  ///
  /// - Parameter view: What is split beside what the mapping splits; those splits are then part of it.
  func open(
    mapping path: String?, view: SubjectViewOptions? = nil, quiet: Bool
  ) throws -> Opened {
    let partition = try view?.partition() ?? .none
    let opened = try source(view).mapped(path, partition)
    Console.warn(opened.diagnostics, quiet: quiet)
    return opened
  }

  /// Reads the platform, and the network, as it is seen, or the graph.
  func source(_ view: SubjectViewOptions? = nil) throws -> Source {
    let opened = try platform.require()
    let buffers = try options.bufferPolicy()
    let content: Source.Content
    if isGraphFile {
      content = .graph(try parameters.document(path: network.network))
    } else {
      content = .network(
        try PartitionRun(
          network: try network.open(),
          options: view?.view.importOptions(network) ?? network.importOptions, platform: opened))
    }
    return Source(
      platform: opened, buffers: buffers, granularity: options.granularity, content: content)
  }
}

extension SubjectOptions.Source {
  /// What is mapped with the splits, merges and rules of a mapping file; without one anything goes.
  ///
  /// - Parameter partition: What is split beside what the file splits.
  func mapped(
    _ path: String?, _ partition: SubjectPartition = .none
  ) throws -> SubjectOptions.Opened {
    var mapping = try path.map { try Mapping(try DocumentNode(path: $0)) } ?? Mapping(blocks: [:])
    let file = path ?? "mapping"
    let subject: MappingSubject
    let diagnostics: [Diagnostic]
    var run: PartitionRun?
    let name: String
    switch content {
    case .graph(let document):
      let graph = document.graph
      guard mapping.splits.isEmpty, mapping.merges.isEmpty else {
        throw MappingError.unknown(
          file: file, path: mapping.splits.isEmpty ? "merges" : "splits",
          expected: "nothing for a dataflow graph", found: "some")
      }
      diagnostics =
        platform.diagnostics + document.diagnostics
        + (platform.model.times?.unmatched(
          blocks: Set(graph.actors.map(\.name)), on: platform.model.platform,
          kind: "actor of the graph") ?? [])
      subject = try MappingSubject(
        graph, platform.model.platform, times: platform.model.times, buffers: buffers)
      name = graph.name
    case .network(var made):
      mapping.splits = try made.splits(partition, after: mapping, file: file)
      let graph = try made.graph.applying(mapping, file: file)
      diagnostics = try made.diagnostics(of: [graph])
      subject = try MappingSubject(
        graph, platform.model, granularity: granularity, buffers: buffers)
      name = made.source.name
      run = made
    }
    return SubjectOptions.Opened(
      subject: subject, rules: try subject.rules(mapping, file: file), mapping: mapping,
      name: name, run: run, platform: platform, diagnostics: diagnostics)
  }
}
