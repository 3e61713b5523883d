import Diagnostics

/// Why a YAML or JSON document could not be read.
package enum DocumentError: UserFacingError, Hashable {
  /// The file is missing, a folder, or closed to us.
  case unreadable(file: String, reason: String)
  /// The bytes are neither YAML nor JSON; `reason` names the line where it is known.
  case malformed(file: String, reason: String)
  /// A value is not what was expected at its key path.
  case invalid(file: String, path: String, expected: String, found: String)
  /// A key that must be there is not.
  case missing(file: String, path: String, key: String)
  /// A key that means nothing, or is there twice.
  case key(file: String, path: String, reason: String)

  /// The file, the key path, and what was expected there.
  package var message: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .malformed(let file, let reason): "\(file): \(reason)"
    case .invalid(let file, let path, let expected, let found):
      "\(file): \(path.isEmpty ? "top level" : path): expected \(expected), found \(found)"
    case .missing(let file, let path, let key):
      "\(file): \(path.isEmpty ? "top level" : path): the key \"\(key)\" is missing"
    case .key(let file, let path, let reason): "\(file): \(path): \(reason)"
    }
  }
}
