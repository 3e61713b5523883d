package import CostModel
import DataflowConversion
import Documents
package import MappingModel
package import NetworkModel
package import PlatformModel

/// A network with the splits and merges of a mapping, and the element of each of its blocks.
///
/// A view of what `simulate` executes: mapping files are read and checked by ``MappingSubject/rules(_:file:)``.
package struct MappedNetwork: Sendable {
  /// The blocks after the splits and merges of the mapping.
  package let graph: BlockGraph
  /// For each block its element; nil for inputs, outputs and what costs nothing.
  package let placement: [ElementID?]
  /// What the blocks cost.
  package let model: CostModel
}

extension MappedNetwork {
  /// Applies a mapping to a network.
  ///
  /// - Parameter file: What errors call the mapping.
  /// - Throws: ``MappingError``, also for a block that it leaves out and that may run on several elements.
  package init(_ mapping: Mapping, _ graph: BlockGraph, _ model: CostModel, file: String) throws {
    let graph = try graph.applying(mapping, file: file)
    let subject = try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic)
    let rules = try subject.rules(mapping, file: file)
    self.graph = graph
    self.model = model
    placement = try graph.blockIDs.map { id in
      guard !graph.isFree(id) else { return nil }
      let allowed = rules.allowed[id.index]
      guard allowed.count == 1 else {
        throw MappingError.unmapped(
          file: file, block: graph[id].name,
          elements: allowed.map { model.platform.elements[$0].name })
      }
      return ElementID(allowed[0])
    }
  }

  /// Reads a mapping from a file and applies it.
  ///
  /// - Throws: ``DocumentError`` or ``MappingError``.
  package init(path: String, _ graph: BlockGraph, _ model: CostModel) throws {
    try self.init(try Mapping(try DocumentNode(path: path)), graph, model, file: path)
  }

  /// How long an inference keeps the parts of the platform busy.
  ///
  /// - Throws: ``CostError``.
  package func load() throws -> MappingLoad { try model.load(of: graph, placement: placement) }
}
