package import Diagnostics

/// Why a job cannot begin.
package enum JobError: UserFacingError {
  /// A search that did not end has left its checkpoint at a path.
  case checkpoint(path: String)
  /// `analyze` without a question.
  case nothingAsked
  /// `report` of something else than a run directory, without a mapping.
  case nothingToReport(input: String)

  /// The error for the user.
  package var message: String {
    switch self {
    case .checkpoint(let path):
      "\(path) is what a search that was ended from outside has left; `resume` goes on with it, `force` "
        + "gives it up"
    case .nothingAsked:
      "analyze: say what to analyse: `throughput`, `periodic`, `bottleneck`, `latency`, `buffers`, `sps`, "
        + "`schedule` or `all`"
    case .nothingToReport(let input):
      "\(input): expected a run directory, or a network with `mapping`"
    }
  }

  /// Where the fault lies.
  package var fault: Fault {
    switch self {
    case .checkpoint: .output
    case .nothingAsked, .nothingToReport: .usage
    }
  }
}
