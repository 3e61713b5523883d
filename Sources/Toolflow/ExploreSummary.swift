import Exploration
import MappingModel

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
  package var hypervolume: Double
  package var referencePoint: [String: Double]
  /// The number of different mappings, where it is known and fits.
  package var mappingCount: Double?
  package var feasible: Bool
  /// Where nothing feasible was found, why the best candidate is not.
  package var violations: [String]

  /// A point of the front.
  package struct Point: Encodable, Sendable {
    package var periodS: Double?
    package var latencyS: Double?
    package var energyJ: Double?
    package var powerW: Double?
    package var peakPowerW: Double?
    package var memoryBytes: Int
    package var cost: Double
    package var exact: Bool
    package var boundBy: String
    package var mapping: MappingDocument

    package init(_ evaluation: Evaluation, _ mapping: Mapping) {
      periodS = evaluation.period?.value
      latencyS = evaluation.latency?.value
      energyJ = evaluation.energy?.value
      powerW = evaluation.power?.value
      peakPowerW = evaluation.peakPower?.value
      memoryBytes = evaluation.memoryBytes
      cost = evaluation.cost
      exact = evaluation.isExact
      boundBy = evaluation.bound.description
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
    hypervolume = outcome.hypervolume
    referencePoint = [:]
    for (index, kind) in kinds.enumerated() {
      referencePoint[kind.rawValue] = outcome.reference[index]
    }
    mappingCount = outcome.mappingCount.map { Double($0) }
    feasible = !points.isEmpty
    violations = outcome.violations.map(\.description)
  }
}
