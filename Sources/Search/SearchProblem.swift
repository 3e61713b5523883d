/// The value of a gene: a number below the gene's number of choices.
package typealias Allele = UInt16

/// A space of genomes with their scores.
///
/// A genome is a list of alleles, one for each gene. Searches evaluate only genomes that have been
/// repaired and then brought into their canonical form, and no such genome twice; both must be
/// functions of the genome alone, and doing both again must change nothing.
package protocol SearchProblem: Sendable {
  /// The evaluator of genomes, one for each thread.
  associatedtype Evaluator: GenomeEvaluator

  /// The genes, their choices, and which choices are interchangeable.
  var space: GenomeSpace { get }
  /// The names of the objectives, one to four, each to be minimised.
  var objectives: [String] { get }
  /// Pairs of genes that are better off with the same label, such as blocks that share a channel:
  /// a hint for variation.
  var relatedGenes: [(Int, Int)] { get }
  /// Changes a genome that breaks simple rules into one nearby that does not.
  func repair(_ genome: inout MutableSpan<Allele>)
  /// Brings a genome into the form that stands for all genomes of equal meaning.
  func canonicalize(_ genome: inout MutableSpan<Allele>)
  /// Good genomes of one kind to begin with, the best to have first, always in the same order.
  func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]]
  /// An evaluator; every thread has its own.
  func makeEvaluator() -> Evaluator
}

/// Scores genomes one after another; may keep whatever memory it needs.
package protocol GenomeEvaluator: SendableMetatype {
  /// The score of a genome in canonical form, the same whatever was evaluated before.
  mutating func evaluate(_ genome: Span<Allele>) -> Score
}

/// Where an initial genome comes from.
package enum SeedKind: String, CaseIterable, Sendable {
  /// All genes on one choice, such as a mapping onto a single element.
  case single
  /// The load balanced over a subset of the choices.
  case subset
  /// Constructed step by step by a rule that knows the objectives, such as a list schedule.
  case constructed
}

extension SearchProblem {
  /// No hint.
  package var relatedGenes: [(Int, Int)] { [] }
  /// No repair, where every genome is allowed.
  package func repair(_ genome: inout MutableSpan<Allele>) {}
  /// The canonical form of the space: interchangeable choices in the order of their first
  /// appearance.
  package func canonicalize(_ genome: inout MutableSpan<Allele>) { space.canonicalize(&genome) }
  /// Genomes of a single choice; none of the other kinds.
  package func seeds(_ kind: SeedKind, limit: Int) -> [[Allele]] {
    kind == .single ? space.uniformGenomes(limit: limit) : []
  }
}
