import Diagnostics
import Files

/// Why a platform could not be read or found.
package enum PlatformError: UserFacingError, Hashable {
  /// The file is missing, a folder, or closed to us.
  case unreadable(file: String, reason: String)
  /// The file is not JSON, or a part of it has the wrong type; `reason` starts with the key path.
  case malformed(file: String, reason: String)
  /// A value is of the right type and still makes no sense.
  case invalid(file: String, path: String, expected: String, found: String)
  /// No file and no shipped platform has this name.
  case notFound(name: String, available: [String])
  /// The parts of a platform contradict each other.
  case inconsistent(platform: String, reason: String)

  /// The file or platform, the key path where there is one, and what was expected.
  package var message: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason)"
    case .malformed(let file, let reason):
      "\(file): \(reason)"
    case .invalid(let file, let path, let expected, let found):
      "\(file): \(path): expected \(expected), found \(found)"
    case .notFound(let name, let available):
      "no platform file or name \"\(name)\"; "
        + (available.isEmpty
          ? "no platforms are installed" : "known names: \(available.joined(separator: ", "))")
        + name.stemOfPath.similar(in: available).asQuestion
    case .inconsistent(let platform, let reason):
      "platform \(platform): \(reason)"
    }
  }
}
