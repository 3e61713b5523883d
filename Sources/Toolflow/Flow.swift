import CostModel
import DataflowConversion
package import Diagnostics
package import Exploration
import Foundation
import MappingModel
import NetworkImport
package import NetworkModel
import ONNXFormat
package import Partitioning
import PlatformModel
package import Preparation
package import Reporting
import Search

/// The phases of the main job, in their order.
package enum FlowPhase: String, CaseIterable, Sendable {
  case open, partition, analyze, explore, report
}

/// What the main job is asked to do.
package struct FlowRequest: Sendable {
  /// The limits on the number of blocks, one column of the table each; empty for the network as it
  /// is and as Algorithm 1 leaves it.
  package var limits: [Int]
  /// The splits and merges that are made first.
  package var byHand: PartitionRequest
  /// The number of parts of each split.
  package var step: Int
  /// What is split.
  package var kind: BottleneckPartitioning.Kind
  /// How mappings of each column are searched; nil for not at all.
  package var explore: ExploreRequest?

  package init(
    limits: [Int], byHand: PartitionRequest = PartitionRequest(), step: Int,
    kind: BottleneckPartitioning.Kind
  ) {
    self.limits = limits
    self.byHand = byHand
    self.step = step
    self.kind = kind
  }
}

/// One column of the table: a partitioned network and its evaluation.
package struct FlowColumn: Sendable {
  /// What came out, as numbers.
  package var summary: PartitionSummary
  /// The blocks.
  package var graph: BlockGraph
  /// The CSDF graph and its schedule.
  package var evaluation: PartitionEvaluation
  /// The mappings that were found; nil where none were searched.
  package var exploration: ExploreOutcome?
}

/// The result of the main job.
package struct FlowResult: Sendable {
  /// What was asked for.
  package var request: FlowRequest
  /// The network and the platform.
  package var run: PartitionRun
  /// The columns, in the order of the limits.
  package var columns: [FlowColumn]
  /// What the user should know.
  package var diagnostics: [Diagnostic]
}

extension FlowResult {
  /// Whether mappings were searched and there is none of any column.
  package var isInfeasible: Bool {
    let searched = columns.compactMap(\.exploration)
    return !searched.isEmpty && searched.allSatisfy(\.front.isEmpty)
  }
}

extension FlowRequest {
  /// Runs the phases up to the report.
  ///
  /// - Parameters:
  ///   - shouldStop: Asked now and then by the searches: whether to end them and keep what was found.
  ///   - progress: Called when a phase begins, with what it works on.
  /// - Throws: ``PartitionError``, ``CostError`` or ``DataflowError``.
  package func callAsFunction(
    _ run: PartitionRun, shouldStop: @escaping () -> Bool = { false },
    progress: (FlowPhase, String) -> Void
  ) throws -> FlowResult {
    var run = run
    var columns: [FlowColumn] = []
    for limit in limits.isEmpty ? [0, nil] : limits.map(Optional.some) {
      progress(.partition, limit.map { "limit \($0)" } ?? "until all elements are busy")
      var request = byHand
      request.automatic = BottleneckPartitioning(
        limit: limit, step: step, kind: kind, elementCount: run.elementCount)
      let made = try run.partition(request)
      progress(.analyze, "\(made.network.graph.blocks.count) blocks")
      let clock = ContinuousClock()
      let start = clock.now
      let evaluation = try run.evaluate(made.network.graph)
      let seconds = start.duration(to: clock.now).inSeconds
      let summary = PartitionSummary(
        limit: limit, made, evaluation, evaluationSeconds: seconds, precision: run.precision,
        notes: PlatformNotes(run.model?.platform))
      var column = FlowColumn(
        summary: summary, graph: made.network.graph, evaluation: evaluation)
      if let explore, let model = run.model {
        progress(.explore, "\(made.network.graph.blocks.count) blocks")
        column.add(try explore(made.network.graph, model, shouldStop))
      }
      columns.append(column)
    }
    let diagnostics = try run.diagnostics(of: columns.map(\.graph))
    return FlowResult(request: self, run: run, columns: columns, diagnostics: diagnostics)
  }
}

extension ExploreRequest {
  /// Searches for mappings of a network as it is.
  fileprivate func callAsFunction(
    _ graph: BlockGraph, _ model: CostModel, _ shouldStop: @escaping () -> Bool
  ) throws -> ExploreOutcome {
    var hooks = SearchHooks()
    hooks.shouldStop = shouldStop
    let subject = try MappingSubject(graph, model, granularity: .tensor, buffers: .periodic)
    return try self(
      subject, PlacementRules(subject.problem), mapping: Mapping(blocks: [:]), hooks: hooks)
  }
}

extension FlowColumn {
  /// Adds what a search for mappings has found.
  fileprivate mutating func add(_ outcome: ExploreOutcome) {
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
