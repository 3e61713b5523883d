import CostModel
import MappingModel
import NetworkModel
import Partitioning
import PlatformModel
import Preparation
import Search

/// The genes of a search for a partitioning and a mapping.
///
/// For each block, in their order: how it is split, where it is the head of a chain; whether the next
/// block is merged into it; the element of each part that it may have; and the element of the block
/// that adds partial sums. Which element genes mean anything depends on the splits and merges; those
/// that mean nothing have a choice of their own, "no element".
struct PartitionGenes: Sendable {
  /// How a block can be split.
  struct Head: Sendable {
    var block: Int
    var gene: Int
    /// The splits of alleles 1, 2, …; 0 leaves the block as it is.
    var choices: [Choice]
  }

  struct Choice: Hashable, Sendable {
    var axis: SplitAxis
    var parts: Int
  }

  /// A block that can be merged with the only one that reads it.
  struct Merge: Sendable {
    var head: Int
    var tail: Int
    var gene: Int
  }

  private(set) var heads: [Head] = []
  private(set) var merges: [Merge] = []
  /// For each block the genes of the elements of its parts; empty for one that takes none.
  private(set) var slots: [Range<Int>] = []
  /// For each block the gene of the element that adds its partial sums.
  private(set) var sums: [Int?] = []
  /// The genes that choose splits and merges, the splits first.
  let structure: [Int]
  /// For each gene the elements that its alleles stand for; empty for one that is part of
  /// ``structure``. The allele behind the last stands for no element.
  let elements: [[Int]]
  /// For each element gene the one that a missing element is taken from, and how many places further
  /// it lies in the list of elements; the genes of first parts come after the one before them.
  let origins: [(gene: Int, shift: Int)?]
  let space: GenomeSpace
  /// The blocks that nobody had time to look at: they are not split and not merged.
  let unseenBlocks: Int

  /// - Parameter goesOn: Asked before each block: whether there is time to look what it can be split into.
  init(
    _ network: PartitionableNetwork, _ options: PartitionSearchOptions,
    while goesOn: () -> Bool = { true }
  ) throws {
    let possible = PossibleTransformations(network, options, while: goesOn)
    unseenBlocks = possible.unseen
    var table = GeneTable()
    for block in network.blocks.blocks.indices {
      if let choices = possible.choices[block] {
        heads.append(Head(block: block, gene: table.addChoice(choices.labels), choices: choices))
      }
      if let tail = possible.tails[block] {
        let gene = table.addChoice([.apart, .merged])
        merges.append(Merge(head: block, tail: tail, gene: gene))
      }
      let allowed = network.rules.allowed[block]
      let first = table.domains.count
      for slot in 0..<(allowed.isEmpty ? 0 : possible.counts[block]) {
        table.addElement(allowed, slot > 0 ? (first, slot) : nil)
      }
      slots.append(first..<table.domains.count)
      let adders = possible.sumElements[block]
      sums.append(adders.map { _ in table.domains.count })
      if let adders { table.addElement(adders, (first, 0)) }
    }
    (elements, origins) = (table.elements, table.origins)
    structure = heads.map(\.gene) + merges.map(\.gene)
    // Measured times may differ between elements of one type.
    let classes =
      network.model.times == nil
      ? network.subject.problem.interchangeableElements(network.rules) : []
    guard slots.contains(where: { !$0.isEmpty }) else {
      throw SearchError.configuration("no block of the network takes any time")
    }
    space = try GenomeSpace(
      domains: table.numbers(elementCount: network.model.platform.elements.count),
      interchangeable: classes)
  }

  /// What an allele means, the same in all genes; the order of the labels is that of the cases.
  enum Label: Hashable, Comparable, Sendable {
    /// The element with this number.
    case element(Int)
    case noElement
    /// A block that the next one is not merged into, or is.
    case apart, merged
    case unsplit
    /// Parts along the axis with this place among all axes.
    case split(axis: Int, parts: Int)
  }

  /// The allele of an element gene that stands for no element.
  func noElement(_ gene: Int) -> Allele { Allele(elements[gene].count) }

  /// The genes of blocks that read one another, part by part.
  func relatedGenes(_ blocks: BlockGraph) -> [(Int, Int)] {
    blocks.edges.flatMap { edge -> [(Int, Int)] in
      let (source, target) = (slots[edge.slice.source.index], slots[edge.target.index])
      guard let first = source.first, let last = target.first else { return [] }
      return zip(source, target).map { ($0, $1) }
        + source.dropFirst(target.count).map { ($0, last) }
        + target.dropFirst(source.count).map { (first, $0) }
    }
  }
}

extension [PartitionGenes.Choice] {
  fileprivate var labels: [PartitionGenes.Label] {
    [.unsplit]
      + map { .split(axis: SplitAxis.allCases.firstIndex(of: $0.axis) ?? 0, parts: $0.parts) }
  }
}

/// Genes as they are added, one after another.
private struct GeneTable {
  var domains: [[PartitionGenes.Label]] = []
  var elements: [[Int]] = []
  var origins: [(gene: Int, shift: Int)?] = []

  mutating func addElement(_ list: [Int], _ origin: (gene: Int, shift: Int)?) {
    elements.append(list)
    origins.append(origin)
    domains.append(list.map { .element($0) } + [.noElement])
  }

  /// Adds a gene that chooses splits or merges.
  mutating func addChoice(_ labels: [PartitionGenes.Label]) -> Int {
    elements.append([])
    origins.append(nil)
    domains.append(labels)
    return domains.count - 1
  }

  /// For each gene the numbers of its labels: an element keeps its own, the others follow in their order.
  func numbers(elementCount: Int) -> [[Int]] {
    let others = Set(domains.joined().filter { $0 > .element(elementCount - 1) }).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(others, elementCount...))
    return domains.map { domain in
      domain.map { label in
        if case .element(let element) = label { element } else { places[label] ?? elementCount }
      }
    }
  }
}

/// What the blocks of a network can be split into and merged with.
private struct PossibleTransformations {
  var choices: [Int: [PartitionGenes.Choice]] = [:]
  /// For each block that can be merged with its only reader this reader.
  var tails: [Int: Int] = [:]
  /// For each block the most parts that it has after any one split.
  var counts: [Int]
  /// For each block that can be split into partial sums the elements that add them.
  var sumElements: [Int: [Int]] = [:]
  var unseen = 0

  init(
    _ network: PartitionableNetwork, _ options: PartitionSearchOptions, while goesOn: () -> Bool
  ) {
    counts = network.blocks.blocks.map { _ in 1 }
    let ids = Array(network.blocks.blockIDs)
    let split = ids.prefix { id in
      guard goesOn() else { return false }
      findSplits(id, network, options)
      return true
    }
    unseen = ids.count - split.count
    guard options.searchesMerges else { return }
    let outgoing = network.blocks.outgoingEdges()
    let merged = ids.prefix { id in
      guard goesOn() else { return false }
      findMerge(id, outgoing[id.index], network)
      return true
    }
    unseen = max(unseen, ids.count - merged.count)
  }

  private mutating func findSplits(
    _ id: BlockID, _ network: PartitionableNetwork, _ options: PartitionSearchOptions
  ) {
    let (graph, block) = (network.blocks, id.index)
    guard !network.rules.allowed[block].isEmpty, graph.chainHead(of: id) == id,
      network.split.blocks.contains(where: { $0.name == graph[id].name })
    else { return }
    let possible = graph.possibleSplits(of: id, limit: options.maxParts)
    var list: [PartitionGenes.Choice] = []
    for axis in SplitAxis.allCases where options.axes.contains(axis) {
      let counts = PartitionSearchOptions.counts(possible[axis] ?? [])
      guard let most = counts.last,
        let split = try? graph.split(id, into: most, along: axis)
      else { continue }
      if axis == .inputs {
        guard let elements = sumElements(id, counts, network) else { continue }
        sumElements[block] = elements
      }
      for (name, _) in split.replaced {
        guard let other = graph.block(named: name)?.index else { continue }
        self.counts[other] = max(self.counts[other], most)
      }
      list += counts.map { .init(axis: axis, parts: $0) }
    }
    if !list.isEmpty { choices[block] = list }
  }

  /// The elements that add up the partial sums of a block, into how many it may be split; those where
  /// the block may run, if there are such. Nil where there are none.
  private func sumElements(
    _ id: BlockID, _ counts: [Int], _ network: PartitionableNetwork
  ) -> [Int]? {
    let graph = network.blocks
    var elements = Set(network.model.platform.elements.indices)
    // Two parts are added by one operator, more by another.
    for parts in Set([counts[0], counts[counts.count - 1]]) {
      guard let split = try? graph.split(id, into: parts, along: .inputs), let name = split.sum,
        let sum = split.graph.block(named: name)
      else { return nil }
      elements.formIntersection(network.elements(for: sum, in: split.graph))
    }
    let wanted = elements.intersection(network.rules.allowed[id.index])
    return elements.isEmpty ? nil : (wanted.isEmpty ? elements : wanted).sorted()
  }

  private mutating func findMerge(
    _ id: BlockID, _ edges: [BlockEdge], _ network: PartitionableNetwork
  ) {
    guard let tail = edges.first?.target, edges.allSatisfy({ $0.target == tail }),
      choices[tail.index] == nil, !network.isRuled(id.index), !network.isRuled(tail.index),
      !network.rules.allowed[id.index].isEmpty,
      let merged = try? network.blocks.merging([id, tail])
    else { return }
    let name = "\(network.blocks[id].name)+\(network.blocks[tail].name)"
    guard let block = merged.blockIDs.first(where: { merged[$0].name == name }),
      network.elements(for: block, in: merged).contains(where: {
        network.rules.allowed[id.index].contains($0)
      })
    else { return }
    tails[id.index] = tail.index
  }
}
