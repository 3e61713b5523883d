import Diagnostics
import Foundation

/// Bytes on their way to a file or the standard output, passed on in large pieces, so that they are never
/// all in memory.
///
/// A class, because the open file must be closed exactly once.
package final class ByteSink {
  private let name: String
  private let handle: UnsafeMutablePointer<FILE>

  private init(_ name: String, _ handle: UnsafeMutablePointer<FILE>?) throws {
    guard let handle else { throw Self.failure(name) }
    (self.name, self.handle) = (name, handle)
  }

  /// Calls `body` with a sink that ends in a file, or without a path in the standard output.
  ///
  /// The file is there while it is being written: ``AtomicFile`` makes it appear whole.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``, or what `body` throws.
  package static func write(to path: String?, _ body: (ByteSink) throws -> Void) throws {
    let sink = try Leftovers.making {
      guard let path else {
        return try ByteSink("the standard output", fdopen(dup(STDOUT_FILENO), "wb"))
      }
      return try ByteSink(path, fopen(path, "wbe"))
    }
    defer { fclose(sink.handle) }
    setvbuf(sink.handle, nil, _IOFBF, 1 << 16)
    try body(sink)
    try sink.flush()
  }

  /// Passes bytes on to the file or the standard output.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package func append(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try append($0) } }

  /// Passes bytes on to the file or the standard output.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    guard fwrite(base, 1, bytes.count, handle) == bytes.count else { throw Self.failure(name) }
  }

  private func flush() throws {
    guard fflush(handle) == 0 else { throw Self.failure(name) }
  }

  private static func failure(_ name: String) -> FileError {
    FileError.unwritable(path: name, reason: String(cString: strerror(errno)))
  }
}
