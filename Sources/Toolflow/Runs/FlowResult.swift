package import Diagnostics
import Exploration
package import Preparation
package import Reporting

/// The values of the main job up to its last phase.
package struct FlowResult: Sendable {
  /// The job itself.
  package let job: FlowJob
  /// The network and the platform.
  package var run: PartitionRun
  /// The columns, in the order of the limits; none before the network is partitioned.
  package var columns: [FlowColumn] = []
  /// The warnings for the user.
  package var diagnostics: [Diagnostic] = []

  init(job: FlowJob, run: PartitionRun) { (self.job, self.run) = (job, run) }
}

extension FlowResult {
  /// Whether a phase belongs to the job.
  package func hasReached(_ phase: FlowPhase) -> Bool {
    let phases = FlowPhase.allCases.prefix { $0 != phase }
    return !phases.contains(job.until)
  }

  /// Whether mappings were searched and there is none of any column.
  package var isInfeasible: Bool {
    let searched = columns.compactMap(\.exploration)
    return !searched.isEmpty && searched.allSatisfy(\.front.isEmpty)
  }
}
