import Diagnostics
import Foundation

/// A file that gets its name when it is complete, so that nobody ever sees a half-written one.
///
/// Where the file system can, the file has no name until then, so that a program that is killed leaves
/// nothing behind; elsewhere it is written under another name beside it.
///
/// A class, because the open file must be closed exactly once.
package final class AtomicFile {
  private let path: String
  private let aside: String
  private let isNamed: Bool
  private let handle: UnsafeMutablePointer<FILE>

  private init(path: String) throws {
    self.path = path
    aside = "\(path).\(getpid()).part"
    let folder = path.folderOfPath
    // The flag of open(2) for a file without a name; the C library's macro is not seen from Swift.
    let unnamed = 0o20_000_000 | O_DIRECTORY
    let descriptor = open(folder.isEmpty ? "." : folder, unnamed | O_WRONLY | O_CLOEXEC, 0o666)
    isNamed = descriptor < 0
    guard let handle = isNamed ? fopen(aside, "wb") : fdopen(descriptor, "wb") else {
      throw Self.failure(path)
    }
    self.handle = handle
  }

  /// Calls `body` with a new file and gives it the name `path` afterwards; an error leaves nothing
  /// behind.
  package static func write(to path: String, _ body: (AtomicFile) throws -> Void) throws {
    let file = try AtomicFile(path: path)
    do {
      try body(file)
      try file.commit()
    } catch {
      fclose(file.handle)
      unlink(file.aside)
      throw error
    }
    fclose(file.handle)
  }

  private func commit() throws {
    guard fflush(handle) == 0 else { throw Self.failure(path) }
    if !isNamed {
      unlink(aside)
      let own = "/proc/self/fd/\(fileno(handle))"
      guard linkat(AT_FDCWD, own, AT_FDCWD, aside, AT_SYMLINK_FOLLOW) == 0 else {
        throw Self.failure(path)
      }
    }
    guard rename(aside, path) == 0 else { throw Self.failure(path) }
  }

  /// Appends bytes.
  package func append(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try append($0) } }

  /// Appends bytes.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    guard fwrite(base, 1, bytes.count, handle) == bytes.count else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> FileError {
    FileError.unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
