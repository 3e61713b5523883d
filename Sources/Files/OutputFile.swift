import Diagnostics
import Foundation

/// A file that a command is to write, and that no other process may write meanwhile.
package struct OutputFile: Sendable {
  /// The path of the file.
  package let path: String
  private let isForced: Bool
  private let lock: PathLock

  /// Checks, before work starts, that the file may be written.
  ///
  /// - Throws: ``FileError`` where it exists and may not be replaced, where its folder is not there, or
  ///   where another process is writing it.
  package init(_ path: String, force: Bool) throws {
    guard !path.isEmpty else {
      throw RequestError("output", "expected a file, found nothing")
    }
    (self.path, isForced) = (path, force)
    try Self.check(path, force: force)
    let folder = path.folderOfPath
    guard folder.isEmpty || FileManager.default.fileExists(atPath: folder) else {
      throw FileError.unwritable(path: path, reason: "the folder \(folder) is not there")
    }
    lock = try PathLock(path)
    for part in Leftovers.parts(of: path) { unlink(part) }
  }

  private static func check(_ path: String, force: Bool) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    guard isRegularFile(path) else {
      throw FileError.unwritable(path: path, reason: "it is not a regular file")
    }
    guard force else { throw FileError.exists(path: path) }
  }

  /// Writes a text as the whole file.
  ///
  /// - Throws: ``FileError``.
  package func write(_ text: String) throws { try write { try Self.replace($0, with: text) } }

  /// Calls `body` with a path to write to; the file appears under its own name when that is done.
  ///
  /// - Throws: ``FileError``, or what `body` throws.
  package func write(_ body: (String) throws -> Void) throws {
    defer { lock.release() }
    try AtomicFile.write(to: path) { part in
      try body(part)
      // Somebody who takes no locks may have made the file meanwhile.
      try Self.check(path, force: isForced)
    }
  }
}

extension OutputFile {
  /// Makes a folder and those above it where they are not there; an empty path is that of the present one.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package static func makeFolder(_ path: String) throws {
    guard !path.isEmpty else { return }
    do {
      try Leftovers.making {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
      }
    } catch {
      throw FileError.unwritable(path: path, reason: error.systemReason)
    }
  }

  /// Writes a text; the file appears under its name only when it is complete, in the place of one that is there.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package static func replace(_ path: String, with text: String) throws {
    try AtomicFile.write(Array(text.utf8), to: path)
  }
}
