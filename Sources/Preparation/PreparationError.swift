import Diagnostics

/// Why a network cannot be opened.
package enum PreparationError: UserFacingError {
  /// No network is found under a path or name.
  case networkNotFound(name: String, known: KnownNames)
  /// A network's file is read, but what it says breaks a rule.
  case network(path: String, reason: String)

  /// The network and the reason, with known names where it was not found.
  package var message: String {
    switch self {
    case .networkNotFound(let name, let known): known.message(missing: name)
    case .network(let path, let reason): "\(path): \(reason)"
    }
  }
}
