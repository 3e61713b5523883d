import Diagnostics

/// What can be wrong with what a command is asked to do.
package enum ToolflowError: UserFacingError {
  /// No network is found under a path or name.
  case networkNotFound(name: String, known: [String])
  /// A network's file is read, but what it says breaks a rule.
  case network(path: String, reason: String)
  /// A file of ours does not hold what it should.
  case malformed(path: String, reason: String)
  /// A file or folder exists and may not be replaced.
  case exists(path: String)
  /// A file cannot be written.
  case unwritable(path: String, reason: String)
  /// An option has an impossible value.
  case option(name: String, reason: String)

  package var message: String {
    switch self {
    case .networkNotFound(let name, let known):
      "there is no file \"\(name)\""
        + (known.isEmpty
          ? " (./setup brings the networks of the model zoo)"
          : " and no network of that name; known names are \(known.joined(separator: ", "))")
    case .network(let path, let reason), .malformed(let path, let reason): "\(path): \(reason)"
    case .exists(let path): "\(path) exists; --force replaces it"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .option(let name, let reason): "\(name): \(reason)"
    }
  }
}
