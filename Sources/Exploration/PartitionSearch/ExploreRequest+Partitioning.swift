import MappingModel
import NetworkModel
import Preparation
package import Search
import Simulation

extension ExploreRequest {
  /// Searches for partitionings and mappings of a network at once.
  ///
  /// - Throws: ``SearchError`` or ``SimulationError``.
  package func callAsFunction(
    _ network: PartitionableNetwork, _ options: PartitionSearchOptions, hooks: SearchHooks,
    resuming checkpoint: SearchCheckpoint? = nil
  ) throws -> ExploreOutcome {
    let watch = ExploreWatch(configuration, hooks)
    let inferences = MappingExploration.searchInferences(
      inferences, blocks: network.blocks.blocks.count)
    let search = try PartitionSearch(
      network, options, objectives: objectives, limits: limits,
      extent: .inferences(inferences), watch)
    let reference = search.unsplit.reference(while: { watch.isEarly })
    let configuration = configured(reference, inferences, watch)
    let result = try run(search, configuration, hooks, checkpoint)
    let points = PartitionPoints(search)
    var longer = search
    longer.unsplit.options.extent = .settled
    longer.budget = watch.executions
    let exploration = MappingExploration(
      result, longer, jobs: configuration.jobs, next: lastExecutions(result, inferences, watch),
      isOver: longer.budget.ends, placement: points.placement)
    var outcome = ExploreOutcome(
      request: self, front: exploration.front.compactMap { points.designPoint($0, inferences) },
      result, exploration, reference)
    outcome.hasOwnBlocks = true
    outcome.unseenBlocks = search.layout.unseenBlocks
    // Genomes are counted with all that their splits leave without a meaning.
    if outcome.mappingCount != nil {
      outcome.mappingCount =
        result.stopReason == .exhausted ? Int128(result.evaluations) : nil
    }
    if exploration.front.isEmpty, let candidate = result.leastInfeasible {
      if let point = points.designPoint(candidate, extent(ofOne: inferences)) {
        try outcome.add(point, without: [])
      } else {
        outcome.violations = [.impossible(reason: "the splits and merges cannot be made together")]
      }
    }
    outcome.end(watch)
    return outcome
  }
}

/// What the genomes of a front stand for.
private struct PartitionPoints {
  let search: PartitionSearch

  init(_ search: PartitionSearch) { self.search = search }

  private func variant(_ genome: [Allele]) -> PartitionVariant {
    search.variants[search.key(genome.span)]
  }

  private func subject(_ genome: [Allele]) -> MappingSubject? {
    search.subject(of: variant(genome), search.key(genome.span))
  }

  func placement(_ genome: [Allele]) -> Placement {
    search.placement(genome, of: variant(genome))
  }

  /// - Parameter inferences: How long the search executes.
  func designPoint(_ point: MappingExploration.Point, _ inferences: Int) -> DesignPoint? {
    designPoint(
      .init(genome: point.genome, score: point.score),
      point.isSettled ? .settled : .inferences(inferences))
  }

  func designPoint(
    _ candidate: SearchResult.Candidate, _ extent: ExecutionExtent
  ) -> DesignPoint? {
    let (variant, placement) = (variant(candidate.genome), placement(candidate.genome))
    guard let subject = subject(candidate.genome) else { return nil }
    let shape = Mapping(blocks: [:], splits: variant.splits, merges: variant.merges)
    return DesignPoint(
      subject: subject, placement: placement, mapping: subject.mapping(placement, shape),
      objectives: candidate.score.objectives, extent: extent)
  }
}
