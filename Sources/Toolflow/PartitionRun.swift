import CostModel
import Diagnostics
import NetworkImport
import NetworkModel
import PlatformModel

/// A network on a platform, ready to be partitioned and evaluated.
package struct PartitionRun: Sendable {
  /// The network as it was opened.
  package let source: NetworkSource
  /// Its blocks before any split.
  package let graph: BlockGraph
  private let platformDiagnostics: [Diagnostic]
  private var costs: BlockCostTable

  /// - Throws: ``ONNXError`` where the network cannot be seen as blocks.
  package init(
    network source: NetworkSource, options: ImportOptions,
    platform: (model: CostModel, diagnostics: [Diagnostic])?
  ) throws {
    self.source = source
    graph = try source.blocks(options)
    costs = BlockCostTable(platform?.model)
    platformDiagnostics = platform?.diagnostics ?? []
  }

  /// The cost model of the platform.
  package var model: CostModel? { costs.model }

  /// The number of elements of the platform; 1 without one.
  package var elementCount: Int { costs.model?.platform.elements.count ?? 1 }

  /// The name of the number format.
  package var precision: String { (costs.model?.precision ?? .model).description }

  /// What the user should know about the network and the platform.
  package mutating func diagnostics() throws -> [Diagnostic] {
    source.resolved.diagnostics + platformDiagnostics + (try costs.fallbackWarnings(of: graph))
  }

  /// Partitions the network.
  ///
  /// - Throws: ``PartitionError`` or ``CostError``.
  package mutating func partition(_ request: PartitionRequest) throws -> PartitionResult {
    try request(graph, costs: &costs)
  }

  /// Evaluates a partitioned network.
  ///
  /// - Throws: ``CostError`` or ``DataflowError``.
  package mutating func evaluate(_ graph: BlockGraph) throws -> PartitionEvaluation {
    try PartitionEvaluation(of: graph, costs: &costs)
  }

  /// Evaluates a partitioned network and says what came out.
  ///
  /// - Throws: ``CostError`` or ``DataflowError``.
  package mutating func summary(
    limit: Int?, _ result: PartitionResult
  ) throws -> PartitionSummary {
    let clock = ContinuousClock()
    let start = clock.now
    let evaluation = try evaluate(result.network.graph)
    let seconds = start.duration(to: clock.now).inSeconds
    return PartitionSummary(
      limit: limit, result, evaluation, evaluationSeconds: seconds, precision: precision)
  }
}

extension Duration {
  /// The duration in seconds.
  package var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
