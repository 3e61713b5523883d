package import Exploration
import MappingModel
package import NetworkModel
import Partitioning
package import Preparation
import Search

/// One column of the main job's table: a partitioned network with its schedule and mappings.
package struct FlowColumn: Sendable {
  /// The column in numbers.
  package var summary: PartitionSummary
  /// The blocks.
  package var graph: BlockGraph
  /// The CSDF graph and its schedule.
  package var evaluation: PartitionEvaluation
  /// The mappings that were found; nil where none were searched.
  package private(set) var exploration: ExploreOutcome?

  /// A column whose mappings were not searched yet.
  package init(_ summary: PartitionSummary, _ graph: BlockGraph, _ evaluation: PartitionEvaluation)
  {
    (self.summary, self.graph, self.evaluation) = (summary, graph, evaluation)
  }

  /// Whether the blocks of a partitioned network are those of this column.
  package func hasBlocks(of result: PartitionResult) -> Bool {
    summary.blocks == result.network.graph.blocks.map(\.name)
  }

  /// The same column for another limit that has led to the same blocks.
  package func again(limit: Int?, _ result: PartitionResult) -> FlowColumn {
    var column = self
    column.summary.limit = limit
    column.summary.stopReason = result.network.stopReason.rawValue
    column.summary.transformS = result.seconds
    return column
  }

  /// Takes the figures of the mappings as their last executions give them.
  package mutating func take(_ explored: ExploreSummary) {
    let best = explored.front.filter { $0.periodS != nil }
      .min { ($0.periodS ?? 0) < ($1.periodS ?? 0) }
    guard let best else { return }
    if summary.mappedPeriodS != nil {
      summary.mappedPeriodS = best.periodS
      summary.mappedPeriodUncertaintyS = best.periodUncertaintyS
    }
    if summary.mappedEnergyJ != nil {
      summary.mappedEnergyJ = explored.front.compactMap(\.energyJ).min()
    }
    summary.unsettledMappings = explored.unsettled
  }

  /// Adds the mappings of a search.
  package mutating func add(_ outcome: ExploreOutcome) {
    exploration = outcome
    func least(_ objective: Objective) -> Double? {
      outcome.request.objectives.firstIndex(of: objective).flatMap { index in
        outcome.front.map { $0.objectives[index] }.min()
      }
    }
    summary.mappedPeriodS = least(.period)
    summary.mappedEnergyJ = least(.energy)
    summary.mappingEvaluations = outcome.evaluations
    if outcome.front.isEmpty {
      summary.mappingViolations = outcome.violations.map(\.description)
    }
  }
}
