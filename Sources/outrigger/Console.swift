import Diagnostics
import Foundation
import Toolflow

/// What commands say to people, beside their result.
enum Console {
  /// Writes warnings to the standard error stream, one line each.
  static func warn(_ diagnostics: [Diagnostic], quiet: Bool) {
    guard !quiet else { return }
    for diagnostic in diagnostics { note("warning: \(diagnostic)") }
  }

  /// Writes what is left of the result.
  ///
  /// - Throws: ``ToolflowError/unwritable(path:reason:)`` where some of it could not be written.
  static func finish() throws {
    guard fflush(nil) == 0 else {
      throw ToolflowError.unwritable(
        path: "the standard output", reason: String(cString: strerror(errno)))
    }
  }

  /// Says that a signal has arrived, and what happens now.
  static func noteInterrupt(quiet: Bool) {
    guard !quiet else { return }
    note("interrupted: what was found is being written; a second time ends at once")
  }

  /// Writes a line to the standard error stream.
  static func note(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
