import Dataflow
import DataflowConversion
import Documents
import MappingModel
import PlatformModel
import Toolflow

/// What a command maps, from its options.
struct SubjectOptions {
  let network: NetworkOptions
  let platform: PlatformOptions
  let parameters: ParameterOptions
  let options: MappingOptions

  init(
    _ network: NetworkOptions, _ platform: PlatformOptions, _ parameters: ParameterOptions,
    _ options: MappingOptions
  ) throws {
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
  }

  var isGraphFile: Bool { GraphFile.looksLikeGraph(path: network.network) }

  /// Reads everything.
  ///
  /// - Parameter view: What is split beside what the mapping splits; those splits are then part of it.
  func open(
    mapping path: String?, view: SubjectViewOptions? = nil, quiet: Bool
  ) throws -> Opened {
    let opened = try platform.require()
    let partition = try view?.partition() ?? .none
    var mapping = try path.map { try Mapping(try DocumentNode(path: $0)) } ?? Mapping(blocks: [:])
    let buffers = try options.bufferPolicy()
    let file = path ?? "mapping"
    let subject: MappingSubject
    var run: PartitionRun?
    let name: String
    if isGraphFile {
      guard options.granularity == .tensor else {
        throw ToolflowError.option(
          name: "--granularity", reason: "a graph file has its phases; it is for networks")
      }
      guard mapping.splits.isEmpty, mapping.merges.isEmpty else {
        throw MappingError.unknown(
          file: file, path: mapping.splits.isEmpty ? "merges" : "splits",
          expected: "nothing for a dataflow graph", found: "some")
      }
      try view?.checkUnused()
      let graph = try parameters.graph(path: network.network)
      Console.warn(opened.diagnostics, quiet: quiet)
      subject = try MappingSubject(
        graph, opened.model.platform, times: opened.model.times, buffers: buffers)
      name = graph.name
    } else {
      try parameters.checkUnused()
      var made = try PartitionRun(
        network: try network.open(),
        options: view?.view.importOptions(network) ?? network.importOptions, platform: opened)
      mapping.splits = try made.splits(partition, after: mapping, file: file)
      let graph = try made.graph.applying(mapping, file: file)
      Console.warn(try made.diagnostics(of: [graph]), quiet: quiet)
      subject = try MappingSubject(
        graph, opened.model, granularity: options.granularity, buffers: buffers)
      name = made.source.name
      run = made
    }
    return Opened(
      subject: subject, rules: try subject.rules(mapping, file: file), mapping: mapping,
      name: name, run: run, platform: opened)
  }
}
