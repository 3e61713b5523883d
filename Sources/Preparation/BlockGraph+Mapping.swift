package import MappingModel
package import NetworkModel
import Partitioning

extension BlockGraph {
  /// The network with the splits and merges of a mapping.
  ///
  /// - Parameter file: What errors call the mapping.
  /// - Throws: ``MappingError`` or ``PartitionError``.
  package func applying(_ mapping: Mapping, file: String) throws -> BlockGraph {
    var graph = self
    func apply(_ path: String, _ change: () throws -> BlockGraph) throws {
      do {
        graph = try change()
      } catch let error as PartitionError {
        throw MappingError.partition(file: file, path: path, reason: error.message)
      }
    }
    for split in mapping.splits {
      try apply("splits.\(split.block)") {
        try graph.splitting(
          try graph.requiredBlock(named: split.block), into: split.parts,
          along: SplitAxis(split.along))
      }
    }
    for (index, names) in mapping.merges.enumerated() {
      try apply("merges[\(index)]") {
        try graph.merging(try names.map { try graph.requiredBlock(named: $0) })
      }
    }
    return graph
  }
}
