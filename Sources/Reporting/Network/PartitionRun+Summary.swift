import CostModel
import Partitioning
package import Preparation

extension PartitionRun {
  /// Evaluates a partitioned network and says what came out.
  ///
  /// - Throws: ``CostError`` or ``DataflowError``.
  package mutating func summary(
    limit: Int?, _ result: PartitionResult
  ) throws -> PartitionSummary {
    try column(limit: limit, result).summary
  }

  /// Evaluates a partitioned network.
  ///
  /// - Throws: ``CostError`` or ``DataflowError``.
  package mutating func column(limit: Int?, _ result: PartitionResult) throws -> FlowColumn {
    let clock = ContinuousClock()
    let start = clock.now
    let evaluation = try evaluate(result.network.graph)
    let seconds = start.duration(to: clock.now).inSeconds
    let summary = PartitionSummary(
      limit: limit, result, evaluation, evaluationSeconds: seconds, precision: precision,
      notes: PlatformNotes(model?.platform))
    return FlowColumn(summary, result.network.graph, evaluation)
  }
}
