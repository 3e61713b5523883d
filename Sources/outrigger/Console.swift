import Diagnostics
import Foundation

/// What commands say to people, beside their result.
enum Console {
  /// Writes warnings to the standard error stream, one line each.
  static func warn(_ diagnostics: [Diagnostic], quiet: Bool) {
    guard !quiet else { return }
    for diagnostic in diagnostics { note("warning: \(diagnostic)") }
  }

  /// Writes a line to the standard error stream.
  static func note(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
