package import Exploration
package import MappingModel
import Quantities
import Search

/// What `explore` says of a search.
package struct ExploreSummary: Encodable, Sendable {
  package var objectives: [String]
  package var method: String
  package var front: [Point]
  package var evaluations: Int
  package var cacheHits: Int
  package var generations: Int
  package var seconds: Double
  package var stopReason: String
  /// The points of the front whose last executions time or a signal has cut short; missing for none.
  package var unsettled: Int?
  package var hypervolume: Double
  package var referencePoint: [String: Double]
  /// The number of different mappings, where it is known and fits.
  package var mappingCount: Double?
  package var feasible: Bool
  /// Where nothing feasible was found, why the best candidate is not.
  package var violations: [String]
  /// Earlier searches that this one was held against.
  package var beside: [Earlier]?
  /// The figures of the platform that it rests on and that nobody measured.
  package var assumedFigures: [String]?
  /// What the user should know.
  package var warnings: [String] = []

  /// An earlier search, its front up to the same reference point.
  package struct Earlier: Encodable, Sendable {
    /// The name of its run directory.
    package var run: String
    package var hypervolume: Double
    /// This search's hypervolume as a share of it; missing where it is 0.
    package var share: Double?
  }

  /// A point of the front.
  package struct Point: Encodable, Sendable {
    package var periodS: Double?
    /// By how much the mean may be off; left out where the period is exact.
    package var periodUncertaintyS: Double?
    package var latencyS: Double?
    package var energyJ: Double?
    package var powerW: Double?
    package var peakPowerW: Double?
    package var memoryBytes: Int
    package var cost: Double
    package var exact: Bool
    package var boundBy: String
    package var mapping: MappingDocument
    /// Of a mapping by lines, what it is worth when each channel holds two inferences.
    package var withTwoInferences: RoomierBuffers?

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

  /// Adds what earlier searches have found.
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
