import Diagnostics

/// What can be wrong with what a command is asked to do.
package enum ToolflowError: UserFacingError {
  /// No network is found under a path or name.
  case networkNotFound(name: String, known: KnownNames)
  /// A network's file is read, but what it says breaks a rule.
  case network(path: String, reason: String)
  /// A file of ours does not hold what it should.
  case malformed(path: String, reason: String)
  /// A file or folder exists and may not be replaced.
  case exists(path: String)
  /// Another process is writing the file or folder.
  case inUse(path: String, by: String)
  /// A search that did not end has left its checkpoint.
  case checkpoint(path: String)
  /// A file cannot be written.
  case unwritable(path: String, reason: String)
  /// An option has an impossible value.
  case option(name: String, reason: String)

  package var message: String {
    switch self {
    case .networkNotFound(let name, let known): known.message(missing: name)
    case .network(let path, let reason), .malformed(let path, let reason): "\(path): \(reason)"
    case .exists(let path): "\(path) exists; --force replaces it"
    case .inUse(let path, let process):
      "\(path) is being written by \(process); wait for it, or name another --output"
    case .checkpoint(let path):
      "\(path) is what a search that was ended from outside has left; --resume goes on with it, --force "
        + "gives it up"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .option(let name, let reason): "\(name): \(reason)"
    }
  }

  package var fault: Fault {
    switch self {
    case .networkNotFound, .network, .malformed: .input
    case .exists, .inUse, .checkpoint, .unwritable: .output
    case .option: .usage
    }
  }
}
