package import Exploration
package import MappingModel
import Quantities
import Search

/// What `explore` says of a search.
package struct ExploreSummary: Encodable, Sendable {
  /// The names of the objectives, in the order of the request.
  package var objectives: [String]
  /// The method of the search: `nsga2`, `exhaustive` or `random`.
  package var method: String
  /// The points of the front.
  package var front: [Point]
  /// The number of distinct candidates that were evaluated.
  package var evaluations: Int
  /// The number of proposed candidates that had been evaluated before.
  package var cacheHits: Int
  /// The number of generations or batches.
  package var generations: Int
  /// The seconds that the search took, without reading the network.
  package var seconds: Double
  /// Why the search ended: `evaluations`, `time`, `exhausted` or `stopped`.
  package var stopReason: String
  /// The points of the front whose last executions time or a signal has cut short; missing for none.
  package var unsettled: Int?
  /// The hypervolume of the front up to ``referencePoint``.
  package var hypervolume: Double
  /// The corner of the hypervolume: a value for each objective, by its name.
  package var referencePoint: [String: Double]
  /// The number of different mappings, where it is known and fits.
  package var mappingCount: Double?
  /// Whether a feasible mapping was found.
  package var feasible: Bool
  /// Where nothing feasible was found, why the best candidate is not.
  package var violations: [String]
  /// Earlier searches that this one was compared with; nil for none.
  package var beside: [Earlier]?
  /// The names of the platform's figures that the result depends on and that are assumed, not
  /// measured.
  package var assumedFigures: [String]?
  /// The warnings for the user.
  package var warnings: [String] = []

  /// An earlier search, its front up to the same reference point.
  package struct Earlier: Encodable, Sendable {
    /// The name of its run directory.
    package var run: String
    /// The hypervolume of its front up to the reference point of this search.
    package var hypervolume: Double
    /// This search's hypervolume as a share of it; missing where it is 0.
    package var share: Double?
  }

  /// A point of the front.
  package struct Point: Encodable, Sendable {
    /// The seconds between two inferences; nil in a deadlock.
    package var periodS: Double?
    /// By how much the mean may be off; left out where the period is exact.
    package var periodUncertaintyS: Double?
    /// The seconds of one inference alone on the idle platform; nil in a deadlock.
    package var latencyS: Double?
    /// The joules of one inference; nil in a deadlock.
    package var energyJ: Double?
    /// The average power in watts; nil in a deadlock and where nothing takes time.
    package var powerW: Double?
    /// The highest power at one instant in watts; nil where it was not measured.
    package var peakPowerW: Double?
    /// The bytes of weights and channels in all memories.
    package var memoryBytes: Int
    /// The cost of the elements in use, in the unit of the platform file.
    package var cost: Double
    /// Whether the period is that of an exact repetition, not a mean.
    package var exact: Bool
    /// What bounds the period, in a word or two.
    package var boundBy: String
    /// The mapping, as in mapping files.
    package var mapping: MappingDocument
    /// The measures of a mapping by lines when each channel holds two inferences; nil for other
    /// mappings.
    package var withTwoInferences: RoomierBuffers?

    /// A point from the evaluation of its mapping.
    package init(_ evaluation: Evaluation, _ mapping: Mapping) {
      periodS = evaluation.period?.value
      periodUncertaintyS = evaluation.isExact ? nil : evaluation.periodUncertainty.value
      latencyS = evaluation.latency?.value
      energyJ = evaluation.energy?.value
      powerW = evaluation.power?.value
      peakPowerW = evaluation.peakPower?.value
      memoryBytes = evaluation.memoryBytes
      cost = evaluation.cost
      exact = evaluation.isExact
      boundBy = evaluation.boundName
      self.mapping = MappingDocument(mapping)
    }
  }

  /// The summary of a search whose front has these points.
  package init(_ outcome: ExploreOutcome, points: [Point]) {
    let kinds = outcome.request.objectives
    objectives = kinds.map(\.rawValue)
    method = outcome.request.method.rawValue
    front = points
    evaluations = outcome.evaluations
    cacheHits = outcome.cacheHits
    generations = outcome.generations
    seconds = outcome.seconds
    stopReason = outcome.stopReason.rawValue
    unsettled = outcome.unsettled > 0 ? outcome.unsettled : nil
    hypervolume = outcome.hypervolume
    referencePoint = [:]
    for (index, kind) in kinds.enumerated() {
      referencePoint[kind.rawValue] = outcome.reference[index]
    }
    mappingCount = outcome.mappingCount.map { Double($0) }
    feasible = !points.isEmpty
    violations = outcome.violations.map(\.description)
  }

  /// Adds the hypervolumes of earlier searches.
  package mutating func hold(against earlier: [EarlierExploration], _ outcome: ExploreOutcome) {
    guard !earlier.isEmpty else { return }
    let volume = Hypervolume(reference: outcome.reference, objectiveCount: objectives.count)
    beside = earlier.map { run in
      let other = volume(run.front)
      return Earlier(
        run: run.name, hypervolume: other, share: other > 0 ? outcome.hypervolume / other : nil)
    }
  }
}
