import Diagnostics
import Foundation

/// Files that get their names when they are complete, so that a half-written one is never seen.
package enum AtomicFile {
  /// Calls `body` with the path of a file to write; what it wrote gets the name `path` afterwards, in the place
  /// of a file that is there.
  ///
  /// An error leaves nothing behind, and neither does a signal (``Leftovers``). What a killed process
  /// leaves has a name by which the next one that writes the file knows it.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``, or what `body` throws; errors name `path`.
  package static func write(to path: String, _ body: (_ part: String) throws -> Void) throws {
    let part = Leftovers.part(of: path)
    Leftovers.add(part)
    defer { Leftovers.forget(part) }
    do {
      try body(part)
      guard rename(part, path) == 0 else {
        throw FileError.unwritable(path: path, reason: String(cString: strerror(errno)))
      }
    } catch {
      unlink(part)
      guard case FileError.unwritable(part, let reason) = error else { throw error }
      throw FileError.unwritable(path: path, reason: reason)
    }
  }

  /// Writes a file of some bytes.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { part in try ByteSink.write(to: part) { try $0.append(bytes) } }
  }
}
