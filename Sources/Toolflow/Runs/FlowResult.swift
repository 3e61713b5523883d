package import Diagnostics
import Exploration
package import Preparation
package import Reporting

/// What the main job has made, up to its last phase.
package struct FlowResult: Sendable {
  /// What was asked for.
  package let job: FlowJob
  /// The network and the platform.
  package var run: PartitionRun
  /// The columns, in the order of the limits; none before the network is partitioned.
  package var columns: [FlowColumn] = []
  /// What the user should know.
  package var diagnostics: [Diagnostic] = []

  init(job: FlowJob, run: PartitionRun) { (self.job, self.run) = (job, run) }
}

extension FlowResult {
  /// Whether a phase belongs to the job.
  package func hasReached(_ phase: FlowJob.Phase) -> Bool {
    let phases = FlowJob.Phase.allCases.prefix { $0 != phase }
    return !phases.contains(job.until)
  }

  /// Whether mappings were searched and there is none of any column.
  package var isInfeasible: Bool {
    let searched = columns.compactMap(\.exploration)
    return !searched.isEmpty && searched.allSatisfy(\.front.isEmpty)
  }
}
