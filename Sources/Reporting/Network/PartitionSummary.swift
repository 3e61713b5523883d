import Dataflow
import NetworkModel
import Partitioning
package import Preparation
import Quantities

/// What `partition` says about a partitioned network; one column of the table of `flow`.
package struct PartitionSummary: Codable, Sendable {
  /// The limit that was asked for.
  package var limit: Int?
  /// The number of blocks, Input, Output and Concat included.
  package var partitions: Int
  /// Processors that the strictly periodic schedule needs.
  package var processors: Int
  /// Σ execution time / period.
  package var utilization: Double
  /// Times in seconds are there with a platform only.
  package var periodS: Double?
  package var latencyS: Double?
  package var selfTimedPeriodS: Double?
  /// The same in ticks: picoseconds, or operations without a platform.
  package var periodTicks: Int64
  package var latencyTicks: Int64
  /// As an exact fraction "n/d"; missing where it is not known exactly.
  package var selfTimedPeriodTicks: String?
  /// Dynamic energy of one inference, with a platform.
  package var energyJ: Double?
  /// Weights and one tensor per channel.
  package var memoryBytes: Int
  package var weightBytes: Int
  package var bufferBytes: Int
  /// Weights and the channels of the strictly periodic schedule.
  package var periodicMemoryBytes: Int
  /// Weights and the least channels with which the self-timed execution has its full speed.
  package var selfTimedMemoryBytes: Int?
  /// The time that the partitioning and the evaluation took.
  package var transformS: Double
  package var evaluationS: Double
  package var splits: [String: Int]
  package var stopReason: String
  /// The block with the longest time.
  package var bottleneck: String
  /// The names of the blocks, in topological order.
  package var blocks: [String]
  /// How the values are stored.
  package var precision: String
  /// The shortest period of the mappings that were found, and the least energy, of whichever mapping.
  package var mappedPeriodS: Double?
  package var mappedEnergyJ: Double?
  /// How many mappings were executed.
  package var mappingEvaluations: Int?
  /// Where mappings were searched and none is feasible, why the best candidate is not.
  package var mappingViolations: [String]?
  /// The figures of the platform that it rests on and that nobody measured.
  package var assumedFigures: [String]?
  /// What the user should know, where nothing around this says it.
  package var warnings: [String]?
}

extension PartitionSummary {
  /// Summarises a result.
  package init(
    limit: Int?, _ result: PartitionResult, _ evaluation: PartitionEvaluation,
    evaluationSeconds: Double, precision: String, notes: PlatformNotes
  ) {
    let graph = result.network.graph
    self.init(
      limit: limit, partitions: graph.blocks.count,
      processors: evaluation.schedule.processors,
      utilization: evaluation.schedule.utilization, periodS: evaluation.period?.value,
      latencyS: evaluation.latency?.value, selfTimedPeriodS: evaluation.selfTimedSeconds?.value,
      periodTicks: evaluation.schedule.iterationPeriod,
      latencyTicks: evaluation.schedule.latency,
      selfTimedPeriodTicks: evaluation.selfTimedPeriod?.description,
      energyJ: evaluation.dynamicEnergy?.value,
      memoryBytes: evaluation.memoryBytes,
      weightBytes: evaluation.weightBytes, bufferBytes: evaluation.bufferBytes,
      periodicMemoryBytes: evaluation.periodicMemoryBytes,
      selfTimedMemoryBytes: evaluation.selfTimedMemoryBytes,
      transformS: result.seconds, evaluationS: evaluationSeconds,
      splits: Self.partCounts(graph), stopReason: result.network.stopReason.rawValue,
      bottleneck: graph.blocks[evaluation.schedule.bottleneck.actor.index].name,
      blocks: graph.blocks.map(\.name), precision: precision, assumedFigures: notes.names)
  }

  /// For each block of the unsplit network that is in parts, their number.
  private static func partCounts(_ graph: BlockGraph) -> [String: Int] {
    var counts: [String: Int] = [:]
    for block in graph.blocks where !block.steps.isEmpty { counts[block.origin, default: 0] += 1 }
    return counts.filter { $0.value > 1 }
  }
}
