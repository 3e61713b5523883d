import NetworkModel
import Partitioning
import Preparation
import Search

/// Splits and merges to begin a search with: those of Algorithm 1 of ALOHA deliverable D3.2
/// (``BottleneckPartitioning``) for limits up to three times the blocks, as far as there are genes for them.
struct PartitionSeeds {
  let network: PartitionableNetwork
  let layout: PartitionGenes

  init(_ network: PartitionableNetwork, _ layout: PartitionGenes) {
    (self.network, self.layout) = (network, layout)
  }

  /// The alleles of ``PartitionGenes/structure``, each list once, never those that change nothing.
  ///
  /// - Parameter goesOn: Whether there is time for the next limit; called before each.
  func keys(while goesOn: () -> Bool) -> [[Allele]] {
    var keys: [[Allele]] = []
    for share in [1.3, 2, 3] where goesOn() {
      let counts = partCounts(limit: Int(share * Double(network.blocks.blocks.count)))
      for axis in SplitAxis.allCases { keys.append(key(counts, along: axis)) }
    }
    if !layout.merges.isEmpty {
      let unsplit = [Allele](repeating: 0, count: layout.heads.count)
      let merged = unsplit + layout.merges.map { _ in 1 }
      keys = [merged] + keys
    }
    var seen: Set<[Allele]> = [[Allele](repeating: 0, count: layout.structure.count)]
    return keys.filter { seen.insert($0).inserted }
  }

  /// Into how many parts Algorithm 1 splits each block, in all.
  private func partCounts(limit: Int) -> [Int] {
    var request = PartitionRequest()
    request.automatic = BottleneckPartitioning(limit: limit)
    var costs = BlockCostTable(network.model)
    guard let result = try? request(network.blocks, costs: &costs) else { return [] }
    var counts = network.blocks.blocks.map { _ in 1 }
    var places: [String: Int] = [:]
    for (index, block) in network.blocks.blocks.enumerated() { places[block.name] = index }
    var graph = network.blocks
    for split in result.network.splits {
      guard let place = places[split.block], let id = graph.block(named: split.block),
        let next = try? graph.split(id, into: split.parts, along: split.axis)
      else { return counts }
      counts[place] += split.parts - 1
      // Parts of parts count for the block that they are of.
      for name in next.replaced.first?.parts ?? [] { places[name] = place }
      graph = next.graph
    }
    return counts
  }

  /// Splits of as many parts or a little fewer: along an axis, or as kernels where that cannot be.
  private func key(_ counts: [Int], along axis: SplitAxis) -> [Allele] {
    let splits = layout.heads.map { head -> Allele in
      guard head.block < counts.count else { return 0 }
      let fitting = head.choices.indices.filter { head.choices[$0].parts <= counts[head.block] }
      let best =
        fitting.last { head.choices[$0].axis == axis }
        ?? fitting.last { head.choices[$0].axis == head.choices[0].axis }
      return best.map { Allele($0 + 1) } ?? 0
    }
    return splits + layout.merges.map { _ in 0 }
  }
}
