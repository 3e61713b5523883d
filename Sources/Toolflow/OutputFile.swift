import Diagnostics
import Foundation

/// A file that a command is to write.
package enum OutputFile {
  /// Checks, before work starts, that a file may be written.
  ///
  /// - Throws: ``ToolflowError`` where it exists and may not be replaced, or its folder is not there.
  package static func check(_ path: String, force: Bool) throws {
    guard !path.isEmpty else {
      throw ToolflowError.option(name: "--output", reason: "expected a file, found nothing")
    }
    if FileManager.default.fileExists(atPath: path) {
      guard isRegularFile(path) else {
        throw ToolflowError.unwritable(path: path, reason: "it is not a regular file")
      }
      guard force else { throw ToolflowError.exists(path: path) }
    }
    let folder = path.folderOfPath
    guard folder.isEmpty || FileManager.default.fileExists(atPath: folder) else {
      throw ToolflowError.unwritable(path: path, reason: "the folder \(folder) is not there")
    }
  }

  /// Writes a text; the file appears under its name only when it is complete.
  ///
  /// - Throws: ``ToolflowError/unwritable(path:reason:)``.
  package static func write(_ text: String, to path: String) throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw ToolflowError.unwritable(path: path, reason: error.localizedDescription)
    }
  }
}
