package import Diagnostics

/// What can be wrong with a file or folder that is read or made.
package enum FileError: UserFacingError, Hashable {
  /// A file cannot be opened or read.
  case unreadable(path: String, reason: String)
  /// A file can be read but does not hold what it should.
  case malformed(path: String, reason: String)
  /// A file or folder exists and may not be replaced.
  case exists(path: String)
  /// Another process is writing the file or folder.
  case inUse(path: String, by: String)
  /// A file cannot be written.
  case unwritable(path: String, reason: String)

  /// The path and the reason, with a way out where there is one.
  package var message: String {
    switch self {
    case .unreadable(let path, let reason), .malformed(let path, let reason): "\(path): \(reason)"
    case .exists(let path): "\(path) exists; `force` replaces it"
    case .inUse(let path, let process):
      "\(path) is being written by \(process); wait for it, or name another `output`"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    }
  }

  /// What is read is a fault of the input, what is written one of the output.
  package var fault: Fault {
    switch self {
    case .unreadable, .malformed: .input
    case .exists, .inUse, .unwritable: .output
    }
  }
}
