package import Diagnostics

/// Why a job cannot begin.
package enum JobError: UserFacingError {
  /// A search that did not end has left its checkpoint.
  case checkpoint(path: String)
  /// An analysis is asked for nothing.
  case nothingAsked
  /// A report is asked for of something else than a run directory, and of no mapping.
  case nothingToReport(input: String)

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

  package var fault: Fault {
    switch self {
    case .checkpoint: .output
    case .nothingAsked, .nothingToReport: .usage
    }
  }
}
