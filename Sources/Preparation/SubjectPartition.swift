import CostModel
package import MappingModel
import NetworkModel
import Partitioning

/// What is split before mappings are searched, beside what their mapping file splits.
package enum SubjectPartition: Hashable, Sendable {
  /// Nothing.
  case none
  /// The bottleneck, again and again, up to a number of blocks.
  case limit(Int)
  /// Every block that computes feature maps, into one part for each.
  case neurons
}

extension PartitionRun {
  /// All splits that a search begins with, those of the mapping first.
  ///
  /// - Parameter file: What errors call the mapping.
  /// - Throws: ``MappingError``, ``PartitionError`` or ``CostError``.
  package mutating func splits(
    _ partition: SubjectPartition, after mapping: Mapping, file: String
  ) throws -> [Mapping.Split] {
    let byHand = Mapping(blocks: [:], splits: mapping.splits)
    switch partition {
    case .none: return mapping.splits
    case .limit(let limit):
      let split = try graph.applying(byHand, file: file)
      var request = PartitionRequest()
      request.automatic = BottleneckPartitioning(limit: limit, elementCount: elementCount)
      let made = try self.partition(request, of: split)
      return mapping.splits + made.network.splits.map(Mapping.Split.init)
    case .neurons:
      let made = try graph.applying(byHand, file: file).splittingIntoNeurons()
      return mapping.splits + made.splits.map(Mapping.Split.init)
    }
  }
}

extension PartitionRequest {
  /// The splits of what came out as a mapping file has them, so that a mapping makes the same blocks again; none where
  /// blocks were merged first, which mapping files do last.
  package func shape(of result: PartitionResult) -> Mapping {
    let isMerged = !merges.isEmpty || mergesPatterns
    return Mapping(
      blocks: [:], splits: isMerged ? [] : result.network.splits.map(Mapping.Split.init))
  }
}

extension Mapping.Split {
  /// A split as a mapping has it.
  fileprivate init(_ split: PartitionedNetwork.Split) {
    self.init(block: split.block, parts: split.parts, along: split.axis.inMappings)
  }
}
