import MappingModel
import NetworkModel
import Partitioning
import Preparation
import Search

/// A network as some of its blocks are split and merged, and which gene says where each block runs.
struct PartitionVariant: Sendable {
  /// The blocks; nil where they cannot be made.
  private(set) var graph: BlockGraph?
  /// All splits and merges, in the order in which they are made.
  private(set) var splits: [Mapping.Split]
  private(set) var merges: [[String]]
  /// For each block the gene of its element, -1 for one that takes none.
  private(set) var genes: [Int] = []
  /// For each gene whether it changes anything: a split or merge that was made, an element of a block
  /// that there is.
  private(set) var isUsed: [Bool]

  /// Makes the splits and merges that the alleles of ``PartitionGenes/structure`` choose.
  ///
  /// What cannot be made any more, as where a block was split along with the one before it, is left
  /// out.
  init(_ key: [Allele], _ layout: PartitionGenes, _ network: PartitionableNetwork) {
    splits = network.mapping.splits
    merges = network.mapping.merges
    isUsed = [Bool](repeating: false, count: layout.space.geneCount)
    var maker = VariantMaker(network, layout)
    for (head, allele) in zip(layout.heads, key) where allele > 0 {
      guard let split = maker.split(head, head.choices[Int(allele) - 1]) else { continue }
      splits.append(split)
      isUsed[head.gene] = true
    }
    guard maker.mergeAsAsked() else {
      // As the genome says, so that it is told apart from those that can be made.
      for gene in layout.structure { isUsed[gene] = true }
      return
    }
    for (merge, allele) in zip(layout.merges, key.dropFirst(layout.heads.count)) where allele > 0 {
      guard let pairs = maker.merge(merge) else { continue }
      merges += pairs
      isUsed[merge.gene] = true
    }
    genes = maker.genes
    for gene in genes where gene >= 0 { isUsed[gene] = true }
    graph = maker.graph
  }
}

/// Splits and merges blocks one after another and keeps track of what they were.
private struct VariantMaker {
  private(set) var graph: BlockGraph
  private let network: PartitionableNetwork
  private let layout: PartitionGenes
  /// For each block of the unsplit network the names of its parts.
  private var parts: [[String]]
  /// The genes of blocks by name.
  private var owners: [String: Int] = [:]
  /// The blocks of the unsplit network by name.
  private var places: [String: Int] = [:]

  init(_ network: PartitionableNetwork, _ layout: PartitionGenes) {
    (self.network, self.layout) = (network, layout)
    graph = network.split
    let blocks = network.blocks.blocks
    parts = blocks.map { [$0.name] }
    for (index, block) in blocks.enumerated() {
      places[block.name] = index
      if let gene = layout.slots[index].first { owners[block.name] = gene }
    }
  }

  /// For each block its gene.
  var genes: [Int] { graph.blocks.map { $0.steps.isEmpty ? -1 : owners[$0.name] ?? -1 } }

  private func block(_ name: String) -> BlockID? {
    graph.blockIDs.first { graph[$0].name == name }
  }

  mutating func split(
    _ head: PartitionGenes.Head, _ choice: PartitionGenes.Choice
  ) -> Mapping.Split? {
    let name = network.blocks[BlockID(head.block)].name
    guard let id = block(name),
      let split = try? graph.split(id, into: choice.parts, along: choice.axis)
    else { return nil }
    if let sum = split.sum { owners[sum] = layout.sums[head.block] }
    for (block, names) in split.replaced {
      guard let place = places[block] else {
        // A part of a part.
        for name in names { owners[name] = owners[block] }
        continue
      }
      let slots = layout.slots[place]
      parts[place] = names
      guard !slots.isEmpty else { continue }
      for (index, name) in names.enumerated() {
        owners[name] = slots.lowerBound + min(index, slots.count - 1)
      }
    }
    graph = split.graph
    return Mapping.Split(block: name, parts: choice.parts, along: choice.axis.inMappings)
  }

  /// Makes the merges of the mapping.
  mutating func mergeAsAsked() -> Bool {
    for names in network.mapping.merges {
      guard
        let merged = try? graph.merging(names.map({ try graph.requiredBlock(named: $0) }))
      else { return false }
      graph = merged
    }
    return true
  }

  /// Merges the parts of two blocks pair by pair.
  mutating func merge(_ merge: PartitionGenes.Merge) -> [[String]]? {
    let (heads, tails) = (parts[merge.head], parts[merge.tail])
    guard heads.count == tails.count, !heads.isEmpty else { return nil }
    var merged = self
    for (head, tail) in zip(heads, tails) {
      guard let first = merged.block(head), let second = merged.block(tail),
        let graph = try? merged.graph.merging([first, second])
      else { return nil }
      merged.graph = graph
      merged.owners["\(head)+\(tail)"] = owners[head]
    }
    merged.parts[merge.tail] = zip(heads, tails).map { "\($0)+\($1)" }
    merged.parts[merge.head] = []
    self = merged
    return zip(heads, tails).map { [$0, $1] }
  }
}
