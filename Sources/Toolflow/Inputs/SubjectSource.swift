import CostModel
import Dataflow
package import DataflowConversion
package import DataflowFormats
package import Diagnostics
import Documents
package import MappingModel
import PlatformModel
package import Preparation

/// A network or a dataflow graph with its platform, read before any mapping.
package struct SubjectSource: Sendable {
  /// The platform that it is mapped onto.
  package var platform: OpenedPlatform
  /// How much each channel holds.
  package var buffers: BufferPolicy
  /// What a firing of a network's block works on.
  package var granularity: Granularity
  /// The network or the graph.
  package var content: Content

  /// A network or a dataflow graph.
  package enum Content: Sendable {
    case graph(SDF3Format.Document)
    case network(PartitionRun)
  }

  /// Reads the platform, and the network or the graph.
  ///
  /// - Parameter view: The graph that a network becomes.
  /// - Throws: The error of a file that cannot be read, or `RequestError` without a platform.
  package init(
    _ subject: SubjectInput, _ platform: PlatformInput, _ execution: ExecutionInput,
    view: NetworkView = .block
  ) throws {
    let opened = try platform.require()
    self.platform = opened
    (buffers, granularity) = (execution.buffers, execution.granularity)
    content =
      subject.isGraph
      ? .graph(try subject.document())
      : .network(
        try PartitionRun(
          network: try subject.network(), options: view.importOptions(subject), platform: opened))
  }
}

/// What is mapped, and the rules that its mappings keep.
package struct OpenedSubject: Sendable {
  /// The problem with the names of its blocks.
  package var subject: MappingSubject
  /// The elements that each block may run on, and what else is fixed.
  package var rules: PlacementRules
  /// The mapping as its file says it, with the splits beside it; empty without a file.
  package var mapping: Mapping
  /// The name of the network or graph.
  package var name: String
  /// The network before any split, with what it costs; nil for a dataflow graph.
  package var run: PartitionRun?
  /// The platform that it is mapped onto.
  package var platform: OpenedPlatform
  /// The warnings for the user.
  package var diagnostics: [Diagnostic]
}

extension SubjectSource {
  /// What is mapped with the splits, merges and rules of a mapping file; without a file every
  /// mapping is allowed.
  ///
  /// - Parameter partition: What is split beside what the file splits.
  /// - Throws: The error of a mapping that does not fit the network or the graph.
  package func mapped(
    _ path: String?, _ partition: SubjectPartition = .none
  ) throws -> OpenedSubject {
    var mapping = try path.map { try Mapping(try DocumentNode(path: $0)) } ?? Mapping(blocks: [:])
    let file = path ?? "mapping"
    switch content {
    case .graph(let document): return try mapped(document, mapping, file: file)
    case .network(var run):
      mapping.splits = try run.splits(partition, after: mapping, file: file)
      let graph = try run.graph.applying(mapping, file: file)
      let diagnostics = try run.diagnostics(of: [graph])
      let subject = try MappingSubject(
        graph, platform.model, granularity: granularity, buffers: buffers)
      return OpenedSubject(
        subject: subject, rules: try subject.rules(mapping, file: file), mapping: mapping,
        name: run.source.name, run: run, platform: platform, diagnostics: diagnostics)
    }
  }

  private func mapped(
    _ document: SDF3Format.Document, _ mapping: Mapping, file: String
  ) throws -> OpenedSubject {
    let (graph, model) = (document.graph, platform.model)
    guard mapping.splits.isEmpty, mapping.merges.isEmpty else {
      throw MappingError.unknown(
        file: file, path: mapping.splits.isEmpty ? "merges" : "splits",
        expected: "nothing for a dataflow graph", found: "some")
    }
    let unmatched = model.times?.unmatched(
      blocks: Set(graph.actors.map(\.name)), on: model.platform, kind: "actor of the graph")
    let subject = try MappingSubject(graph, model.platform, times: model.times, buffers: buffers)
    return OpenedSubject(
      subject: subject, rules: try subject.rules(mapping, file: file), mapping: mapping,
      name: graph.name, run: nil, platform: platform,
      diagnostics: platform.diagnostics + document.diagnostics + (unmatched ?? []))
  }
}
