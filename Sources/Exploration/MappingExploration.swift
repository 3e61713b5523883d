package import MappingModel
package import Search
import Simulation

/// What a search for mappings has found: a front whose points were all executed until they repeat, or
/// for as long as may be.
package struct MappingExploration: Sendable {
  /// A mapping of the front.
  package struct Point: Sendable {
    /// The genome that the search evaluated.
    package var genome: [Allele]
    /// The placement that the genome stands for.
    package var placement: Placement
    /// The score of the longest execution of the point.
    package var score: Score
    /// Whether the point was executed long enough, and not only as the search executes.
    package var isSettled: Bool
  }

  /// The points of the front, in the order of their objectives.
  package var front: [Point]
  /// The search behind it.
  package var result: SearchResult
  /// The scores of all evaluated genomes, those of the front as they were executed last.
  package var scores: [Score]

  /// The inferences of an execution within a search.
  package static func searchInferences(_ inferences: Int?, blocks: Int) -> Int {
    inferences ?? (blocks > 500 ? 20 : 100)
  }
}

extension MappingExploration {
  /// Executes the points of the front longer, and takes the front of all evaluated points again, until
  /// every point of the front was executed long enough.
  ///
  /// - Parameters:
  ///   - jobs: How many threads execute.
  ///   - next: How many points may be executed next, from how many were; with 0 the others are
  ///     left as the search executed them.
  ///   - isOver: Whether to leave an execution, whose point then keeps its score.
  package init(
    _ result: SearchResult, of search: MappingSearch, jobs: Int,
    next: (Int) -> Int = { _ in .max }, isOver: (@Sendable () -> Bool)? = nil
  ) {
    var longer = search
    longer.options.extent = .settled
    longer.shouldStop = isOver
    self.init(
      result, longer, jobs: jobs, next: next, isOver: isOver, placement: search.placement)
  }

  /// The same for a search whose genomes say more than a placement.
  ///
  /// - Parameters:
  ///   - longer: The search with executions that are long enough, and are left where `isOver` says so.
  ///   - placement: The placement that a genome of the front stands for.
  package init(
    _ result: SearchResult, _ longer: some SearchProblem, jobs: Int,
    next: (Int) -> Int = { _ in .max }, isOver: (() -> Bool)? = nil,
    placement: ([Allele]) -> Placement
  ) {
    let evaluation = ParallelEvaluation(jobs: jobs, longer.makeEvaluator)
    var scores: [Score]
    // Without an archive there are only the points of the front.
    let genomes: [[Allele]]
    if result.evaluated.count > 0 {
      genomes = []
      scores = result.evaluated.scores
    } else {
      genomes = result.front.map(\.genome)
      scores = result.front.map(\.score)
    }
    func genome(_ index: Int) -> [Allele] {
      genomes.isEmpty ? result.evaluated[index] : genomes[index]
    }
    var isFinal: Set<Int> = []
    var (executed, isStopped) = (0, false)
    while true {
      var front = ParetoFront<Int>(objectiveCount: longer.objectives.count)
      for (index, score) in scores.enumerated() where score.isFeasible {
        front.insert(score.objectives, index)
      }
      let open = front.points.map(\.payload).filter { !isFinal.contains($0) }
      guard !open.isEmpty, !isStopped else {
        self.result = result
        self.scores = scores
        self.front = front.points.map { point in
          let genome = genome(point.payload)
          return Point(
            genome: genome, placement: placement(genome), score: Score(point.objectives),
            isSettled: isFinal.contains(point.payload))
        }
        return
      }
      // All of them before the front is taken again, so that the number of jobs changes nothing.
      var rest = open[...]
      while !rest.isEmpty {
        let batch = rest.prefix(next(executed))
        guard !batch.isEmpty else {
          isStopped = true
          break
        }
        let scored = evaluation.evaluate(
          batch.flatMap(genome), geneCount: longer.space.geneCount, while: {})
        // What was known of a point is not lost to an execution that came to no end.
        for (index, score) in zip(batch, scored) where score.isKnown {
          scores[index] = score
          isFinal.insert(index)
        }
        if isOver?() == true || scored.contains(where: { !$0.isKnown }) {
          isStopped = true
          break
        }
        executed += batch.count
        rest = rest.dropFirst(batch.count)
      }
    }
  }
}
