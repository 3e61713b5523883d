import Diagnostics
import Files
import Foundation

/// What commands say to people, beside their result.
enum Console {
  /// Writes warnings to the standard error stream, one line each.
  static func warn(_ diagnostics: [Diagnostic], quiet: Bool) {
    guard !quiet else { return }
    for diagnostic in diagnostics { note("warning: \(diagnostic)") }
  }

  /// Writes what is left of the result.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)`` where some of it could not be written.
  static func finish() throws {
    guard fflush(nil) == 0 else {
      throw FileError.unwritable(
        path: "the standard output", reason: String(cString: strerror(errno)))
    }
  }

  /// Says that a signal has arrived, and what happens now.
  static func noteInterrupt(quiet: Bool) {
    guard !quiet else { return }
    note("interrupted: what was found is being written; a second time ends at once")
  }

  /// Writes a result, keys of requests as the options that set them.
  static func show(_ text: String) { print(text.withOptions, terminator: "") }

  /// Writes a line to the standard error stream, keys of requests as the options that set them.
  static func note(_ line: String) {
    FileHandle.standardError.write(Data((line.withOptions + "\n").utf8))
  }
}
