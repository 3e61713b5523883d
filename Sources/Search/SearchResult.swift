/// The result of a search.
package struct SearchResult: Sendable {
  /// The feasible genomes that no other one evaluated dominates, in the order of their objectives;
  /// of equal ones the first.
  package var front: [Candidate]
  /// Where nothing feasible was found, the genome with the least violation.
  package var leastInfeasible: Candidate?
  /// How many distinct genomes were evaluated.
  package var evaluations: Int
  /// How many genomes were proposed that had been evaluated before.
  package var cacheHits: Int
  /// How many generations or batches it took.
  package var generations: Int
  /// Why the search ended.
  package var stopReason: StopReason
  /// A row for each generation.
  package var logbook: [LogbookRow]
  /// All genomes and scores in the order of evaluation, or none where the space was too large to
  /// keep them.
  package var evaluated: GenomeArchive
  /// The exact number of canonical genomes, where the method counts them.
  package var genomeCount: Int128?
  /// The seconds that one of the last evaluations took, all threads together.
  package var secondsOfOne = 0.0

  /// A genome and its score.
  package struct Candidate: Hashable, Sendable {
    /// The allele of each gene, in canonical form.
    package var genome: [Allele]
    /// The score of the genome.
    package var score: Score

    /// A genome with its score.
    package init(genome: [Allele], score: Score) {
      self.genome = genome
      self.score = score
    }
  }

  /// Why a search ended.
  package enum StopReason: String, Sendable {
    /// The evaluations are used up.
    case evaluations
    /// The time is used up.
    case time
    /// Every genome was evaluated, or no way to a new one was found.
    case exhausted
    /// The user stopped it.
    case stopped
  }
}
