import RandomNumbers

/// Finds genomes that have not been evaluated: at random, and where that fails by going through
/// all.
struct FreshGenomes {
  /// Goes through all genomes; begun when it is needed. Its place is not part of a checkpoint: whatever
  /// it has passed has been evaluated, so it finds the same genomes when it begins again.
  private var enumeration: CanonicalEnumeration?

  /// Whether genomes are gone through, and no longer drawn.
  var isEnumerating: Bool { enumeration != nil }

  /// Goes through all genomes from the first on.
  mutating func enumerate(_ space: GenomeSpace) { enumeration = CanonicalEnumeration(space) }

  /// How many random genomes in a row may be known before all are gone through.
  private static let attempts = 100
  /// The same where there are too many to go through.
  private static let lastAttempts = 2000
  /// The most genomes that are gone through.
  private static let enumerable: Int128 = 10_000_000

  /// Proposes a new genome.
  ///
  /// - Returns: Whether one was found; if not, there is none, or next to none.
  mutating func propose(
    _ run: inout SearchRun, _ random: inout RandomSource
  ) -> Bool {
    if enumeration == nil {
      for _ in 0..<Self.attempts {
        run.setRandomDraft(&random)
        if run.proposeDraft() { return true }
      }
      guard let count = run.space.canonicalCount, count <= Self.enumerable else {
        for _ in 0..<Self.lastAttempts {
          run.setRandomDraft(&random)
          if run.proposeDraft() { return true }
        }
        return false
      }
      enumerate(run.space)
    }
    while let next = enumeration, !next.isAtEnd {
      run.setDraft(next.genome)
      enumeration?.advance()
      if run.proposeDraft(countsHits: false) { return true }
    }
    return false
  }
}
