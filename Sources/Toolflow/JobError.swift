package import Diagnostics

/// Why a job cannot begin.
package enum JobError: UserFacingError {
  /// A search that did not end has left its checkpoint.
  case checkpoint(path: String)

  package var message: String {
    switch self {
    case .checkpoint(let path):
      "\(path) is what a search that was ended from outside has left; `resume` goes on with it, `force` "
        + "gives it up"
    }
  }

  package var fault: Fault { .output }
}
