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
  package var platform: OpenedPlatform
  package var buffers: BufferPolicy
  package var granularity: Granularity
  package var content: Content

  package enum Content: Sendable {
    case graph(SDF3Format.Document)
    case network(PartitionRun)
  }

  /// Reads the platform, and the network or the graph.
  ///
  /// - Parameter view: What a network is seen as.
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

/// What is mapped, and which mappings are asked for.
package struct OpenedSubject: Sendable {
  package var subject: MappingSubject
  package var rules: PlacementRules
  package var mapping: Mapping
  /// The name of the network or graph.
  package var name: String
  /// The network before any split, with what it costs; nil for a dataflow graph.
  package var run: PartitionRun?
  package var platform: OpenedPlatform
  /// What the user should know.
  package var diagnostics: [Diagnostic]
}

extension SubjectSource {
  /// What is mapped with the splits, merges and rules of a mapping file; without one anything goes.
  ///
  /// - Parameter partition: What is split beside what the file splits.
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
