import CostModel
package import Dataflow
import DataflowConversion
import Foundation
package import NetworkModel
import ONNXFormat
package import Quantities

/// What a partitioned network needs and gives before it is mapped: the numbers of the deliverable's
/// table of partitions.
///
/// Each block runs on the slowest element that supports it; the schedule is strictly periodic, in
/// whole-tensor mode.
package struct PartitionEvaluation: Sendable {
  /// The CSDF graph of the network.
  package let csdf: CSDFGraph
  /// Its strictly periodic schedule.
  package let schedule: StrictlyPeriodicSchedule
  /// The time between two inferences when every block fires as soon as it can; nil where it is not
  /// known exactly.
  package let selfTimedPeriod: Fraction?
  /// The bytes of weights and of the channels of the strictly periodic schedule.
  package let periodicMemoryBytes: Int
  /// The bytes of weights and of the least channels with which the self-timed execution has its
  /// full speed; nil where they are not known.
  package let selfTimedMemoryBytes: Int?
  /// The energy of one inference: time × active power of each block; nil without a platform.
  package let dynamicEnergy: Joules?
  /// The bytes of all weights.
  package let weightBytes: Int
  /// The bytes of all channels, one tensor each.
  package let bufferBytes: Int
  /// The seconds that a tick stands for; nil without a platform, where an operation is a tick.
  package let secondsPerTick: Double?

  /// The time between two inferences in the strictly periodic schedule; nil without a platform.
  package var period: Seconds? { seconds(Double(schedule.iterationPeriod)) }
  /// The time from the input of an inference to its output in that schedule; nil without a
  /// platform.
  package var latency: Seconds? { seconds(Double(schedule.latency)) }
  /// The time between two inferences in the self-timed execution; nil without a platform, or where
  /// it is not known exactly.
  package var selfTimedSeconds: Seconds? {
    selfTimedPeriod.flatMap { seconds($0.doubleValue) }
  }
  /// The bytes of weights and channels.
  package var memoryBytes: Int { weightBytes + bufferBytes }
}

extension PartitionEvaluation {
  private func seconds(_ ticks: Double) -> Seconds? {
    secondsPerTick.map { Seconds(ticks * $0) }
  }

  /// Evaluates a network before it is mapped.
  ///
  /// - Parameter sharesInputs: Whether a tensor that several blocks read lies in memory once.
  /// - Throws: ``CostError`` or ``DataflowError``.
  /// - Complexity: O(blocks + slices), and the iterations of the self-timed execution.
  package init(
    of graph: BlockGraph, costs table: inout BlockCostTable, sharesInputs: Bool = false
  ) throws {
    let costs = try table.costs(of: graph)
    csdf = try CSDFGraph(graph, ticks: costs.map(\.ticks))
    schedule = try StrictlyPeriodicSchedule(of: csdf)
    selfTimedPeriod =
      try Throughput(of: csdf, capacities: schedule.bufferSizes).period
    dynamicEnergy = table.model == nil ? nil : costs.reduce(.zero) { $0 + $1.dynamicEnergy }
    let memory = NetworkMemory(
      of: graph, costs: costs, table.model, sharesInputs: sharesInputs)
    weightBytes = memory.weightBytes
    bufferBytes = memory.bufferBytes
    periodicMemoryBytes = weightBytes + memory.bytes(of: schedule.bufferSizes)
    let least = try BufferTradeOff(of: csdf, evaluationLimit: Self.tradeOffLimit).fastest
    selfTimedMemoryBytes = least.map { [weightBytes] in
      weightBytes + memory.bytes(of: $0.capacities)
    }
    secondsPerTick = table.model == nil ? nil : 1 / Ticks.perSecond
  }

  /// The most capacities that are tried for the self-timed execution.
  private static let tradeOffLimit = 2000
}
