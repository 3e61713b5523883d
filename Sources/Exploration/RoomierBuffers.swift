import Dataflow
import DataflowConversion
import MappingModel
import Preparation
package import Simulation

/// The measures of a mapping by lines when each channel holds two inferences.
///
/// The buffers of the strictly periodic schedule suppose an element for each block; on shared elements they cost
/// time and save much memory, so that both are shown.
package struct RoomierBuffers: Encodable, Sendable {
  /// The seconds between two inferences; nil in a deadlock.
  package var periodS: Double?
  /// By how much the mean may be off; left out where the period is exact.
  package var periodUncertaintyS: Double?
  /// The bytes of weights and channels in all memories.
  package var memoryBytes: Int
  /// Whether the mapping still keeps all limits.
  package var feasible: Bool

  /// Whether a mapping is by lines and has periodic buffers.
  package static func matter(to point: DesignPoint) -> Bool {
    point.subject.granularity == .line && point.subject.buffers == .periodic
  }

  /// Executes a mapping once more with larger channels.
  ///
  /// - Returns: nil for a mapping that is not by lines or has other buffers than the periodic ones.
  /// - Throws: ``DataflowError`` where a capacity does not fit.
  package init?(_ point: DesignPoint, _ evaluator: inout MappingEvaluator) throws {
    guard Self.matter(to: point) else { return nil }
    var placement = point.placement
    let graph = point.subject.problem.graph
    for (index, capacity) in try MappingProblem.capacities(of: graph, .inferences(2)).enumerated()
    where placement.capacities[index] == nil && !graph.channels[index].isSelfEdge {
      placement.capacities[index] = capacity
    }
    let measures = evaluator.measure(
      placement, MeasureOptions(findsLatency: false, extent: .settled.hurried()))
    guard measures.memory.isFinite else { return nil }
    periodS = measures.period
    periodUncertaintyS = measures.periodUncertainty > 0 ? measures.periodUncertainty : nil
    memoryBytes = Int(measures.memory)
    feasible = measures.violation == 0
  }
}
