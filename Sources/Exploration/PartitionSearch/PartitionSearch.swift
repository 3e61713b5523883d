import MappingModel
import NetworkModel
import Preparation
package import Search
import Simulation

/// The search for a partitioning and a mapping at once: genes for splits and merges, and for the
/// element of each part that there may be.
package struct PartitionSearch: SearchProblem {
  let network: PartitionableNetwork
  let layout: PartitionGenes
  let variants: VariantCache
  /// The search for mappings of the network as it is.
  var unsplit: MappingSearch
  /// The genes of parts that share a channel.
  package let relatedGenes: [(Int, Int)]
  private let seedKeys: [[Allele]]
  /// The time for everything that belongs to the search, executions included.
  var budget: TimeBudget {
    didSet { unsplit.shouldStop = budget.ends }
  }

  /// A search over splits, merges and placements of a network.
  ///
  /// - Parameters:
  ///   - objectives: One to four objectives.
  ///   - limits: The limits that mappings have to keep.
  ///   - extent: How long an execution takes where the state does not repeat.
  ///   - watch: Says when executions are left, and the preparation of the search; nil for never.
  /// - Throws: ``SearchError`` where there is nothing to choose, ``SimulationError`` for a platform with
  ///   too many links.
  init(
    _ network: PartitionableNetwork, _ options: PartitionSearchOptions, objectives: [Objective],
    limits: MappingEvaluator.Limits, extent: ExecutionExtent,
    _ watch: ExploreWatch? = nil
  ) throws {
    let preparation = watch?.preparation ?? .endless
    budget = watch?.search ?? .endless
    self.network = network
    unsplit = try MappingSearch(
      network.subject.problem, network.rules, objectives: objectives, limits: limits,
      extent: extent)
    unsplit.shouldStop = budget.ends
    layout = try PartitionGenes(network, options) { !preparation.isOver }
    variants = VariantCache(layout, network)
    relatedGenes = layout.relatedGenes(network.blocks)
    seedKeys = PartitionSeeds(network, layout).keys { !preparation.isOver }
  }

  /// The choices of each gene.
  package var space: GenomeSpace { layout.space }
  /// The names of the objectives, one to four.
  package var objectives: [String] { unsplit.objectives }
  /// An evaluator that keeps problems of its own.
  package func makeEvaluator() -> PartitionEvaluator { PartitionEvaluator(self) }

  /// What is mapped where splits and merges are made; nil where they cannot be.
  func subject(of variant: PartitionVariant, _ key: [Allele]) -> MappingSubject? {
    guard key.contains(where: { $0 > 0 }) else { return network.subject }
    guard let graph = variant.graph else { return nil }
    var subject: MappingSubject?
    variants.note(seconds: budget.seconds { subject = try? network.subject(of: graph) })
    return subject
  }

  /// Whether there is time to make what is mapped where splits and merges are made.
  func canMake(_ key: [Allele]) -> Bool {
    key.contains { $0 > 0 } ? budget.leaves(variants.mostSeconds) : !budget.isOver
  }

  /// The splits and merges of a genome.
  func key(_ genome: Span<Allele>) -> [Allele] { layout.structure.map { genome[$0] } }
}

// MARK: - Canonical form

extension PartitionSearch {
  private func variant(_ genome: borrowing MutableSpan<Allele>) -> PartitionVariant {
    var key: [Allele] = []
    key.reserveCapacity(layout.structure.count)
    for gene in layout.structure { key.append(genome[gene]) }
    return variants[key]
  }

  /// Gives blocks that a genome has no element for one: a part that follows the first one in the list
  /// of elements, others that of the block before.
  package func repair(_ genome: inout MutableSpan<Allele>) {
    let variant = variant(genome)
    var last: Int?
    for gene in genome.indices where variant.isUsed[gene] && !layout.elements[gene].isEmpty {
      if genome[gene] == layout.noElement(gene) {
        genome[gene] = substitute(gene, after: last, genome)
      }
      last = gene
    }
  }

  private func substitute(
    _ gene: Int, after last: Int?, _ genome: borrowing MutableSpan<Allele>
  ) -> Allele {
    guard let origin = layout.origins[gene] else { return like(last, gene, genome) ?? 0 }
    guard origin.shift > 0 else { return like(origin.gene, gene, genome) ?? 0 }
    let count = layout.elements[gene].count
    return Allele((Int(genome[origin.gene]) + origin.shift) % count)
  }

  /// The allele with the element of another gene.
  private func like(
    _ other: Int?, _ gene: Int, _ genome: borrowing MutableSpan<Allele>
  ) -> Allele? {
    guard let other,
      let allele = space.allele(of: gene, like: other, with: genome[other]),
      allele != layout.noElement(gene)
    else { return nil }
    return allele
  }

  /// Takes back what changes nothing, then uses interchangeable elements in order of their first
  /// appearance.
  package func canonicalize(_ genome: inout MutableSpan<Allele>) {
    let variant = variant(genome)
    for gene in genome.indices where !variant.isUsed[gene] {
      genome[gene] = layout.elements[gene].isEmpty ? 0 : layout.noElement(gene)
    }
    space.canonicalize(&genome)
  }
}

// MARK: - What genomes stand for

extension PartitionSearch {
  /// The placement that a genome stands for, of the blocks of its network.
  func placement(_ genome: [Allele], of variant: PartitionVariant) -> Placement {
    Placement(
      elements: variant.genes.map { gene in
        guard gene >= 0, genome[gene] < layout.noElement(gene) else { return -1 }
        return layout.elements[gene][Int(genome[gene])]
      })
  }

  /// The genome of a placement of the network that splits and merges give.
  func genome(_ placement: Placement, _ key: [Allele], _ variant: PartitionVariant) -> [Allele] {
    var genome = layout.elements.indices.map { layout.noElement($0) }
    for (gene, allele) in zip(layout.structure, key) { genome[gene] = allele }
    for (gene, element) in zip(variant.genes, placement.elements) where gene >= 0 {
      let allele = layout.elements[gene].firstIndex(of: element)
      genome[gene] = allele.map { Allele($0) } ?? layout.noElement(gene)
    }
    return genome
  }

  /// What may be searched for in the network that splits and merges give: where its blocks may run.
  func mappings(of variant: PartitionVariant, _ key: [Allele]) -> MappingSearch? {
    guard let subject = subject(of: variant, key) else { return nil }
    var rules = PlacementRules(subject.problem)
    for (block, gene) in variant.genes.enumerated() where !rules.allowed[block].isEmpty {
      guard gene >= 0 else { return nil }
      rules.allowed[block].removeAll { !layout.elements[gene].contains($0) }
      guard !rules.allowed[block].isEmpty else { return nil }
    }
    var search = try? MappingSearch(
      subject.problem, rules, objectives: unsplit.kinds, limits: unsplit.limits,
      extent: unsplit.options.extent)
    search?.shouldStop = unsplit.shouldStop
    return search
  }

  /// Seeds of the network as it is and of its promising splits, in turns.
  package func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] {
    let key = [Allele](repeating: 0, count: layout.structure.count)
    let plain = variants[key]
    var lists = [
      unsplit.seeds(kind, limit: limit).map { genome(unsplit.placement($0), key, plain) }
    ]
    // One element has nothing to share with others.
    for key in kind == .single ? [] : seedKeys where canMake(key) {
      let variant = variants[key]
      guard let mappings = mappings(of: variant, key) else { continue }
      lists.append(
        mappings.seeds(kind, limit: Self.seedLimit).map {
          genome(mappings.placement($0), key, variant)
        })
    }
    let longest = lists.map(\.count).max() ?? 0
    let turns = (0..<longest).flatMap { turn in
      lists.filter { turn < $0.count }.map { $0[turn] }
    }
    return Array(turns.prefix(max(0, limit)))
  }

  /// The most seeds of one kind with the same splits.
  private static let seedLimit = 12
}
