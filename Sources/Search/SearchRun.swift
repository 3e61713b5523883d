import RandomNumbers

/// What all methods of search share while they run: what was evaluated, the front, the budget, the
/// logbook.
///
/// Not generic over the problem, which is asked once for a genome or a batch: what is done for each
/// gene is the same for all problems, and is compiled for none in particular.
struct SearchRun {
  let problem: any SearchProblem
  let space: GenomeSpace
  let configuration: SearchConfiguration
  let hooks: SearchHooks
  var archive: GenomeArchive
  var front: ParetoFront<Int>
  /// The infeasible genome with the least violation.
  private var leastInfeasible: Int?
  /// Those of the genomes evaluated last that came into the front.
  private(set) var entered: [Int] = []
  private(set) var cacheHits = 0
  var generation = 0
  private var logbook: [LogbookRow] = []
  private let indicator: Hypervolume?
  private var hypervolume = 0.0
  private let evaluation: any BatchEvaluation
  /// What the evaluation of a genome took of late, all threads together; nil before the first.
  private var secondsOfOne: Double?
  /// Whether the search was stopped while genomes waited that belong to the generation.
  private var isCut = false
  /// How many genomes were evaluated and are no longer in the archive.
  private var forgotten = 0
  /// How many genomes and how many scores earlier records of the checkpoint hold.
  private var recorded = (genomes: 0, scores: 0)
  private let start: Double
  private var earlierSeconds = 0.0
  private(set) var stopReason: SearchResult.StopReason?

  init(
    _ problem: some SearchProblem, _ configuration: SearchConfiguration, _ hooks: SearchHooks
  ) throws(SearchError) {
    try configuration.check()
    let count = problem.objectives.count
    guard (1...ObjectiveVector.limit).contains(count) else {
      throw .configuration("there are \(count) objectives; from 1 to 4 are expected")
    }
    space = problem.space
    guard space.geneCount > 0 else { throw .space("it has no genes") }
    (self.problem, self.configuration, self.hooks) = (problem, configuration, hooks)
    start = hooks.clock.seconds
    archive = GenomeArchive(geneCount: space.geneCount)
    front = ParetoFront(objectiveCount: count)
    indicator = configuration.reference.map { Hypervolume(reference: $0, objectiveCount: count) }
    evaluation = ParallelEvaluation(jobs: configuration.jobs, problem.makeEvaluator)
  }
}

// MARK: - Evaluation

extension SearchRun {
  /// How many genomes may still be evaluated, those that wait for it left out.
  var remaining: Int { budget - archive.count - forgotten }

  /// How many genomes were evaluated.
  var evaluations: Int { archive.scores.count + forgotten }

  private var budget: Int { configuration.evaluations ?? .max }

  /// Repairs the draft of the archive and brings it into canonical form; a new genome waits for
  /// evaluation.
  ///
  /// - Parameter countsHits: Whether a genome that is not new counts as found in the cache.
  /// - Returns: Whether the genome is new.
  @discardableResult
  mutating func proposeDraft(countsHits: Bool = true) -> Bool {
    archive.withDraft { [problem] genome in
      problem.repair(&genome)
      problem.canonicalize(&genome)
    }
    let isNew = archive.keepDraft().isNew
    if !isNew, countsHits { cacheHits += 1 }
    return isNew
  }

  /// Proposes a genome if neither repair nor canonical form changes it.
  mutating func propose(unchanged genome: [Allele]) {
    setDraft(genome)
    let isUnchanged = archive.withDraft { [problem] draft in
      problem.repair(&draft)
      problem.canonicalize(&draft)
      return draft.indices.allSatisfy { draft[$0] == genome[$0] }
    }
    if isUnchanged { _ = archive.keepDraft() }
  }

  /// Makes a list of alleles the draft.
  mutating func setDraft(_ genome: [Allele]) {
    archive.withDraft { draft in
      for gene in draft.indices { draft[gene] = genome[gene] }
    }
  }

  /// Makes a random genome the draft.
  mutating func setRandomDraft(_ random: inout RandomSource) {
    archive.withDraft { [space] draft in
      for gene in draft.indices { draft[gene] = Allele(random.below(space.choices[gene])) }
    }
  }

  /// Evaluates the genomes that wait, piece by piece: where the search must stop between two pieces, the rest
  /// goes on waiting.
  ///
  /// - Parameter work: What is done during the first piece; it may propose genomes, which then wait.
  /// - Returns: The genomes that were evaluated.
  @discardableResult
  mutating func evaluatePending(
    while work: (inout SearchRun) -> Void = { _ in }
  ) -> Range<Int> {
    let pending = archive.pending.prefix(budget - evaluations)
    entered.removeAll(keepingCapacity: true)
    var done = pending.lowerBound
    // Where nothing new was left to propose, what waits is evaluated all the same.
    let wasEnding = stopReason != nil
    while done < pending.upperBound {
      let isFirst = done == pending.lowerBound
      if !isFirst, !wasEnding, mustStop() {
        isCut = true
        break
      }
      let piece = done..<min(pending.upperBound, done + pieceLength)
      evaluate(piece) { if isFirst { work(&$0) } }
      done = piece.upperBound
    }
    return pending.lowerBound..<done
  }

  private mutating func evaluate(_ piece: Range<Int>, while work: (inout SearchRun) -> Void) {
    let begin = hooks.clock.seconds
    let genes = Array(archive.genes[archive.places(piece)])
    let evaluation = evaluation
    archive.scores += evaluation.evaluate(genes, geneCount: archive.geneCount) { work(&self) }
    for index in piece { note(index) }
    secondsOfOne = (hooks.clock.seconds - begin) / Double(piece.count)
  }

  /// How many genomes are evaluated between two looks at the clock: what takes a tenth of a second, and as many
  /// as there are threads while that is not known.
  private var pieceLength: Int {
    guard let secondsOfOne, secondsOfOne > 0 else { return configuration.jobs }
    return max(configuration.jobs, Int(min(1e6, 0.1 / secondsOfOne)))
  }

  /// Takes a scored genome into the front.
  private mutating func note(_ index: Int) {
    let score = archive.scores[index]
    guard score.isFeasible else {
      if leastInfeasible.map({ score.violation < archive.scores[$0].violation }) ?? true {
        leastInfeasible = index
      }
      return
    }
    guard !front.covers(score.objectives) else { return }
    if let indicator {
      hypervolume += indicator.contribution(
        of: score.objectives, to: front.points.lazy.map(\.objectives))
    }
    front.insert(score.objectives, index)
    entered.append(index)
  }
}

extension SearchRun {
  /// Removes all genomes from the archive that the result does not need.
  mutating func forgetDominated() {
    var kept = GenomeArchive(geneCount: archive.geneCount)
    func keep(_ index: Int) -> Int {
      let genome = archive[index]
      kept.withDraft { draft in
        for gene in draft.indices { draft[gene] = genome[gene] }
      }
      kept.scores.append(archive.scores[index])
      return kept.keepDraft().index
    }
    front = front.map(keep)
    leastInfeasible = leastInfeasible.map(keep)
    forgotten += archive.scores.count - kept.count
    archive = kept
  }
}

// MARK: - Going on and ending

extension SearchRun {
  /// Whether the search must end now; remembers why. Something is evaluated in whatever time there is.
  mutating func mustStop() -> Bool {
    if stopReason != nil { return true }
    if hooks.shouldStop() {
      stopReason = .stopped
    } else if evaluations >= budget {
      stopReason = .evaluations
    } else if let limit = configuration.timeLimit, limit == 0 || evaluations > 0, isOver(limit) {
      stopReason = .time
    }
    return stopReason != nil
  }

  /// Whether there is no time for more proposals, each of which may ask for a network to be split; never before there
  /// is one. A generation that lacks them is cut short.
  mutating func isLate() -> Bool {
    guard archive.count > 0 else { return false }
    let isLate = hooks.shouldStop() || configuration.timeLimit.map(isOver) ?? false
    if isLate { isCut = true }
    return isLate
  }

  private func isOver(_ limit: Double) -> Bool { seconds >= limit - secondsBehind(limit) }

  /// The seconds of a limit that are left for what comes behind the search: a quarter at least, half at most.
  private func secondsBehind(_ limit: Double) -> Double {
    guard configuration.workBehind > 0 else { return 0 }
    let expected = (secondsOfOne ?? 0) * configuration.workBehind * Double(front.count)
    return min(limit / 2, max(limit / 4, expected))
  }

  /// Ends the search because nothing new is left.
  mutating func exhaust() { stopReason = .exhausted }

  private var seconds: Double { earlierSeconds + hooks.clock.seconds - start }

  /// Ends a generation: writes its row and its record of the checkpoint, which one that was cut short has not:
  /// whoever goes on from there does all of it.
  ///
  /// - Parameters:
  ///   - members: The genomes whose objectives the means are of.
  ///   - state: The state that the method needs to be resumed.
  mutating func endGeneration(of members: some Sequence<Int>, state: () -> [UInt8]) throws {
    let row = row(of: members)
    logbook.append(row)
    generation += 1
    if let write = hooks.onCheckpoint, !isCut {
      try write(
        SearchCheckpoint.Record(row: row, state: state()).encoded(
          archive, from: recorded, space, objectiveCount: front.objectiveCount))
      recorded = (archive.count, archive.scores.count)
    }
    try hooks.onGeneration(row)
  }

  private func row(of members: some Sequence<Int>) -> LogbookRow {
    var (sum, feasible) = (ObjectiveVector(0), 0.0)
    for index in members where archive.scores[index].isFeasible {
      for objective in 0..<front.objectiveCount {
        sum[objective] += archive.scores[index].objectives[objective]
      }
      feasible += 1
    }
    var minimum = front.points.first?.objectives
    for point in front.points { minimum = minimum?.minimum(point.objectives) }
    let mean = ObjectiveVector(sum.values(count: front.objectiveCount).map { $0 / feasible })
    return LogbookRow(
      generation: generation, evaluations: evaluations, cacheHits: cacheHits, minimum: minimum,
      mean: feasible > 0 ? mean : nil, frontSize: front.count,
      hypervolume: indicator.map { _ in hypervolume }, seconds: seconds)
  }

  /// What was found.
  func result(genomeCount: Int128? = nil) -> SearchResult {
    let candidate = { (index: Int) in
      SearchResult.Candidate(genome: archive[index], score: archive.scores[index])
    }
    var evaluated = forgotten == 0 ? archive : GenomeArchive(geneCount: archive.geneCount)
    evaluated.removePending()
    return SearchResult(
      front: front.points.map { candidate($0.payload) },
      leastInfeasible: front.isEmpty ? leastInfeasible.map(candidate) : nil,
      evaluations: evaluations, cacheHits: cacheHits, generations: generation,
      stopReason: stopReason ?? .exhausted, logbook: logbook,
      evaluated: evaluated,
      genomeCount: genomeCount, secondsOfOne: secondsOfOne ?? 0)
  }
}

// MARK: - Checkpoints

extension SearchRun {
  /// Writes what a checkpoint begins with.
  func beginCheckpoint(_ identity: SearchCheckpoint.Identity) throws {
    try hooks.onCheckpoint?(identity.encoded)
  }

  /// Goes back to where a checkpoint ends.
  mutating func restore(_ checkpoint: SearchCheckpoint) throws(SearchError) {
    try checkpoint.restore(&archive, space, objectiveCount: front.objectiveCount)
    guard evaluations <= budget else {
      throw .configuration(
        "the checkpoint has \(evaluations) evaluations, more than the \(budget) asked for")
    }
    for index in archive.scores.indices { note(index) }
    logbook = checkpoint.records.map(\.row)
    generation = logbook.count
    cacheHits = logbook.last?.cacheHits ?? 0
    earlierSeconds = logbook.last?.seconds ?? 0
    recorded = (archive.count, archive.scores.count)
  }
}
