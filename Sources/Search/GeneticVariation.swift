import Foundation
import RandomNumbers

/// Makes a new genome of two; a class, so that no list is counted for each genome.
final class GeneticVariation: Sendable {
  /// How often two parents are crossed; else the first one is only mutated.
  let crossover: Double
  /// How likely each gene is to change.
  let mutation: Double
  private let space: GenomeSpace
  /// The genes related to each gene: those of gene *g* from `starts[g]` to `starts[g + 1]`.
  private let related: [Int]
  private let starts: [Int]
  /// The logarithm of the likelihood that a gene does not change.
  private let logKept: Double

  init(_ problem: some SearchProblem, crossover: Double, mutation: Double?) {
    space = problem.space
    let count = problem.space.geneCount
    self.crossover = crossover
    self.mutation = min(mutation ?? 1 / Double(count), 0.999_999)
    var lists = [[Int]](repeating: [], count: count)
    for (one, other) in problem.relatedGenes
    where lists.indices.contains(one) && lists.indices.contains(other) {
      lists[one].append(other)
      lists[other].append(one)
    }
    related = Array(lists.joined())
    starts = lists.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    logKept = log1p(-self.mutation)
  }
}

extension GeneticVariation {
  /// Makes the draft a child of two parents.
  ///
  /// - Parameter changes: How many genes change in the end, beside mutation.
  func breed(
    _ one: Span<Allele>, _ other: Span<Allele>, _ draft: inout MutableSpan<Allele>,
    _ random: inout RandomSource, changes: Int
  ) {
    defer {
      for _ in 0..<changes { change(random.below(draft.count), &draft, &random) }
    }
    guard random.fraction() < crossover else {
      for gene in draft.indices { draft[gene] = one[gene] }
      switch random.below(4) {
      case 0: moveRun(&draft, &random)
      case 1: replaceLabel(&draft, &random)
      // A copy would be no new genome.
      default: mutate(&draft, &random, atLeastOne: true)
      }
      return
    }
    if random.next() & 1 == 0 {
      crossUniformly(one, other, &draft, &random)
    } else {
      crossSegment(one, other, &draft, &random)
    }
    mutate(&draft, &random, atLeastOne: false)
  }

  /// Each gene from either parent (Syswerda 1989, "Uniform crossover in genetic algorithms", ICGA).
  private func crossUniformly(
    _ one: Span<Allele>, _ other: Span<Allele>, _ draft: inout MutableSpan<Allele>,
    _ random: inout RandomSource
  ) {
    var bits: UInt64 = 0
    for gene in draft.indices {
      if gene & 63 == 0 { bits = random.next() }
      draft[gene] = bits & 1 == 0 ? one[gene] : other[gene]
      bits >>= 1
    }
  }

  /// Two-point crossover, a run of genes from the second parent: genes nearby belong together where a
  /// problem numbers them along its dataflow.
  private func crossSegment(
    _ one: Span<Allele>, _ other: Span<Allele>, _ draft: inout MutableSpan<Allele>,
    _ random: inout RandomSource
  ) {
    let (first, second) = (random.below(draft.count + 1), random.below(draft.count + 1))
    for gene in draft.indices { draft[gene] = one[gene] }
    for gene in min(first, second)..<max(first, second) { draft[gene] = other[gene] }
  }

  /// Gives a run of genes the label of one of their choices.
  private func moveRun(_ draft: inout MutableSpan<Allele>, _ random: inout RandomSource) {
    let (first, second) = (random.below(draft.count), random.below(draft.count))
    let allele = Allele(random.below(space.choices[first]))
    for gene in min(first, second)...max(first, second) {
      if let same = space.allele(of: gene, like: first, with: allele) { draft[gene] = same }
    }
  }

  /// Gives all genes that have one label another one: no single gene may gain by it alone.
  private func replaceLabel(_ draft: inout MutableSpan<Allele>, _ random: inout RandomSource) {
    let first = random.below(draft.count)
    let (old, new) = (draft[first], Allele(random.below(space.choices[first])))
    for gene in draft.indices where space.allele(of: gene, like: first, with: old) == draft[gene] {
      if let same = space.allele(of: gene, like: first, with: new) { draft[gene] = same }
    }
  }

  private func mutate(
    _ draft: inout MutableSpan<Allele>, _ random: inout RandomSource, atLeastOne: Bool
  ) {
    var gene = atLeastOne ? random.below(draft.count) : skip(&random)
    let first = gene
    if atLeastOne {
      change(gene, &draft, &random)
      gene = skip(&random)
    }
    while gene < draft.count {
      if !atLeastOne || gene != first { change(gene, &draft, &random) }
      gene += 1 + skip(&random)
    }
  }

  /// How many genes stay as they are before the next one changes.
  private func skip(_ random: inout RandomSource) -> Int {
    Int(min(log1p(-random.fraction()) / logKept, 1e9))
  }

  /// Gives a gene another allele: sometimes the label of a related gene, else any.
  private func change(
    _ gene: Int, _ draft: inout MutableSpan<Allele>, _ random: inout RandomSource
  ) {
    let relatives = starts[gene]..<starts[gene + 1]
    if !relatives.isEmpty, random.next() & 1 == 0 {
      let other = related[relatives.lowerBound + random.below(relatives.count)]
      if let allele = space.allele(of: gene, like: other, with: draft[other]), allele != draft[gene]
      {
        draft[gene] = allele
        return
      }
    }
    let choices = space.choices[gene]
    guard choices > 1 else { return }
    let next = Int(draft[gene]) + 1 + random.below(choices - 1)
    draft[gene] = Allele(next < choices ? next : next - choices)
  }
}
