import Diagnostics
import Files
import Foundation

/// A file that holds the checkpoint of a search and only grows.
///
/// A class, because the open file must be closed exactly once. What was appended is with the system
/// when `append` returns: a process that is killed loses the generation it was in, no more.
package final class CheckpointFile {
  private let path: String
  private let handle: FileHandle

  /// Begins a new file in place of any old one; it appears with its first bytes.
  ///
  /// - Throws: ``SearchError/file(path:reason:)``.
  package static func create(
    path: String, beginning: [UInt8]
  ) throws(SearchError) -> CheckpointFile {
    do { try AtomicFile.write(beginning, to: path) } catch {
      let reason =
        if case FileError.unwritable(_, let reason) = error { reason } else { error.systemReason }
      throw .file(path: path, reason: "the checkpoint cannot be written: \(reason)")
    }
    return try CheckpointFile(path: path, keeping: beginning.count)
  }

  /// Opens a file to append to it, its incomplete end cut off.
  ///
  /// - Returns: The file and what it holds.
  /// - Throws: ``SearchError/file(path:reason:)``, ``SearchError/damagedCheckpoint(_:)``.
  package static func resume(
    path: String
  ) throws(SearchError) -> (file: CheckpointFile, checkpoint: SearchCheckpoint) {
    guard isRegularFile(path), let bytes = FileManager.default.contents(atPath: path) else {
      throw .file(path: path, reason: "the file cannot be read")
    }
    let checkpoint = try SearchCheckpoint(Array(bytes))
    return (try CheckpointFile(path: path, keeping: checkpoint.completeBytes), checkpoint)
  }

  private init(path: String, keeping count: Int) throws(SearchError) {
    guard let handle = FileHandle(forUpdatingAtPath: path) else {
      throw .file(path: path, reason: "the file cannot be written")
    }
    (self.path, self.handle) = (path, handle)
    do {
      try handle.truncate(atOffset: UInt64(count))
      try handle.seekToEnd()
    } catch { throw .file(path: path, reason: "the file cannot be written") }
  }

  /// Appends bytes in one piece.
  ///
  /// - Throws: ``SearchError/file(path:reason:)``.
  package func append(_ bytes: [UInt8]) throws(SearchError) {
    do { try handle.write(contentsOf: Data(bytes)) } catch {
      throw .file(path: path, reason: "the checkpoint cannot be written: \(error.systemReason)")
    }
  }
}
