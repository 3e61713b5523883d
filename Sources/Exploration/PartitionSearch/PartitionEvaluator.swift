import MappingModel
import Preparation
package import Search
import Simulation

/// Scores genomes of a ``PartitionSearch``; remembers the problems of the splits and merges that it
/// met last, because making one takes as long as executing many mappings.
package struct PartitionEvaluator: GenomeEvaluator {
  private let search: PartitionSearch
  private var problems: [Problem] = []
  private var last = 0
  private var clock = 0
  /// The elements of the alleles, gene after gene, and at last no element.
  private let elements: [Int]
  private let starts: [Int]

  /// The most problems that are remembered.
  private static let limit = 64

  private struct Problem {
    let key: [Allele]
    /// Nil where there is no such network, or no element for one of its blocks.
    var evaluator: MappingEvaluator?
    var placement: Placement
    let genes: [Int]
    var use: Int
  }

  init(_ search: PartitionSearch) {
    self.search = search
    var (elements, starts): ([Int], [Int]) = ([], [])
    for list in search.layout.elements {
      starts.append(elements.count)
      elements += list + [-1]
    }
    (self.elements, self.starts) = (elements, starts)
  }

  /// The score of the partitioning and placement that a genome stands for; unknown where there is
  /// none.
  package mutating func evaluate(_ genome: Span<Allele>) -> Score {
    guard let index = find(genome) else { return .unknown }
    clock += 1
    problems[index].use = clock
    guard problems[index].evaluator != nil else { return .unknown }
    for block in problems[index].genes.indices {
      let gene = problems[index].genes[block]
      guard gene >= 0 else { continue }
      problems[index].placement.elements[block] = elements[starts[gene] + Int(genome[gene])]
    }
    let (placement, options) = (problems[index].placement, search.unsplit.options)
    guard let measures = problems[index].evaluator?.measure(placement, options) else {
      return .unknown
    }
    return Score(measures, search.unsplit.kinds)
  }

  /// The place of the problem of a genome; nil where there is no time to make it.
  private mutating func find(_ genome: Span<Allele>) -> Int? {
    if last < problems.count, matches(last, genome) { return last }
    for index in problems.indices where matches(index, genome) {
      last = index
      return index
    }
    let key = search.key(genome)
    guard search.canMake(key) else { return nil }
    let problem = make(key)
    if problems.count < Self.limit {
      problems.append(problem)
      last = problems.count - 1
    } else {
      last = problems.indices.min { problems[$0].use < problems[$1].use } ?? 0
      problems[last] = problem
    }
    return last
  }

  private func matches(_ index: Int, _ genome: Span<Allele>) -> Bool {
    for (place, gene) in search.layout.structure.enumerated()
    where problems[index].key[place] != genome[gene] {
      return false
    }
    return true
  }

  private func make(_ key: [Allele]) -> Problem {
    let variant = search.variants[key]
    let mappings = search.subject(of: variant, key)
    var evaluator = mappings.flatMap {
      try? MappingEvaluator($0.problem, limits: search.unsplit.limits)
    }
    evaluator?.shouldStop = search.unsplit.shouldStop
    return Problem(
      key: key, evaluator: evaluator,
      placement: Placement(elements: variant.genes.map { _ in -1 }), genes: variant.genes, use: 0)
  }
}
