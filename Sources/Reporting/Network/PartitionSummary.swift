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
  /// The utilization: the sum of execution time over period of all actors.
  package var utilization: Double
  /// The period of the strictly periodic schedule in seconds; nil without a platform.
  package var periodS: Double?
  /// The latency of the strictly periodic schedule in seconds; nil without a platform.
  package var latencyS: Double?
  /// The period of the self-timed execution in seconds; nil without a platform or where it is not
  /// known.
  package var selfTimedPeriodS: Double?
  /// The period of the strictly periodic schedule in ticks: picoseconds, or operations without a
  /// platform.
  package var periodTicks: Int64
  /// The latency of the strictly periodic schedule in ticks.
  package var latencyTicks: Int64
  /// The period of the self-timed execution in ticks, as an exact fraction "n/d"; nil where it is
  /// not known exactly.
  package var selfTimedPeriodTicks: String?
  /// The joules that computing takes in one inference; nil without a platform.
  package var energyJ: Double?
  /// The bytes of the weights and of one tensor per channel.
  package var memoryBytes: Int
  /// The bytes of all weights.
  package var weightBytes: Int
  /// The bytes of all channels, one tensor each.
  package var bufferBytes: Int
  /// The bytes of the weights and of the channels of the strictly periodic schedule.
  package var periodicMemoryBytes: Int
  /// The bytes of the weights and of the least channels with which the self-timed execution has its
  /// shortest period; nil where they are not known.
  package var selfTimedMemoryBytes: Int?
  /// The seconds that the partitioning took.
  package var transformS: Double
  /// The seconds that the evaluation took.
  package var evaluationS: Double
  /// The number of parts of each split block, by the name of the unsplit block.
  package var splits: [String: Int]
  /// Why the partitioning stopped.
  package var stopReason: String
  /// The block with the longest time.
  package var bottleneck: String
  /// The names of the blocks, in topological order.
  package var blocks: [String]
  /// How the values are stored.
  package var precision: String
  /// The shortest period in seconds of the mappings that were found; nil without any, or where the
  /// period is no objective.
  package var mappedPeriodS: Double?
  /// By how many seconds that period may be off, where it is a mean; nil where it is exact.
  package var mappedPeriodUncertaintyS: Double?
  /// The mappings whose last executions time or a signal has cut short; nil for none.
  package var unsettledMappings: Int?
  /// The least energy in joules of the mappings that were found, maybe of another mapping; nil
  /// without any, or where the energy is no objective.
  package var mappedEnergyJ: Double?
  /// The number of mappings that were executed; nil where none were searched.
  package var mappingEvaluations: Int?
  /// The limits that the best candidate breaks, where mappings were searched and none is feasible;
  /// nil otherwise.
  package var mappingViolations: [String]?
  /// The names of the platform's figures that the result depends on and that are assumed, not
  /// measured.
  package var assumedFigures: [String]?
  /// The warnings for the user; nil where a summary around this one has them.
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
