/// Evaluates all canonical genomes, so that the front of a small space is known for sure.
///
/// Genomes are made one after another and forgotten, so that memory is that of the front; where
/// there are few enough, they are kept. Has no checkpoints.
package struct ExhaustiveSearch: SearchMethod {
  /// The most genomes to evaluate; a greater space is refused before anything is evaluated.
  package var limit = 50_000_000
  /// The most genomes that are kept.
  package var retained = 200_000
  /// How many genomes are evaluated before anybody can stop the search.
  package var batch = 256
  /// The most genomes between two rows of the logbook, which are kept until then.
  private static let longestRow = 1 << 16

  /// The defaults: at most 50 million genomes.
  package init() {}

  /// Evaluates every genome.
  ///
  /// - Throws: ``SearchError`` where there are too many genomes, or what a hook throws.
  package func run(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration, hooks: SearchHooks,
    resuming checkpoint: SearchCheckpoint?
  ) throws -> SearchResult {
    guard checkpoint == nil else {
      throw SearchError.configuration("an exhaustive search cannot go on from a checkpoint")
    }
    guard batch > 0 else { throw SearchError.configuration("the batch is \(batch)") }
    var run = try SearchRun(problem, configuration, hooks)
    let count = problem.space.canonicalCount
    guard let count, count <= Int128(limit) else {
      let text = count.map { "\($0)" } ?? "more than 10^\(problem.space.leastMagnitude)"
      throw SearchError.tooManyGenomes(count: text, limit: limit)
    }
    var enumeration = CanonicalEnumeration(problem.space)
    var first = 0
    while !enumeration.isAtEnd, !run.mustStop() {
      let proposed = run.archive.count
      while run.archive.count - proposed < batch, run.remaining > 0, !enumeration.isAtEnd,
        !run.isLate()
      {
        run.propose(unchanged: enumeration.genome)
        enumeration.advance()
      }
      run.evaluatePending()
      // Ever longer, so that the logbook of a large space stays short.
      guard run.archive.scores.count - first >= min(run.evaluations / 50, Self.longestRow) else {
        continue
      }
      try run.endGeneration(of: first..<run.archive.scores.count) { [] }
      if count > Int128(retained) { run.forgetDominated() }
      first = run.archive.count
    }
    if run.archive.scores.count > first {
      try run.endGeneration(of: first..<run.archive.scores.count) { [] }
    }
    return run.result(genomeCount: count)
  }
}
