package import Diagnostics

/// Why a search cannot start or be resumed.
package enum SearchError: UserFacingError, Equatable {
  /// The space of genomes contradicts itself.
  case space(String)
  /// There is nothing to choose.
  case nothing(String)
  /// A setting makes no sense.
  case configuration(String)
  /// There are too many genomes to try all of them.
  case tooManyGenomes(count: String, limit: Int)
  /// A checkpoint cannot be read.
  case damagedCheckpoint(String)
  /// A checkpoint belongs to another search.
  case foreignCheckpoint(String)
  /// A file cannot be read or written.
  case file(path: String, reason: String)

  /// The error for the user.
  package var message: String {
    switch self {
    case .space(let reason): "the search space is not valid: \(reason)"
    case .configuration(let reason), .nothing(let reason): reason
    case .tooManyGenomes(let count, let limit):
      "there are \(count) different candidates, too many to try all of them; at most \(limit) are "
        + "allowed: use another method or raise the limit"
    case .damagedCheckpoint(let reason): "the checkpoint is damaged: \(reason)"
    case .foreignCheckpoint(let reason): "the checkpoint belongs to another search: \(reason)"
    case .file(let path, let reason): "\(path): \(reason)"
    }
  }

  /// Where the fault lies.
  package var fault: Fault {
    switch self {
    case .configuration, .tooManyGenomes: .usage
    case .space, .nothing: .infeasible
    case .damagedCheckpoint, .foreignCheckpoint: .input
    case .file: .output
    }
  }
}
