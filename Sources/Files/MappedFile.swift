import Foundation

/// A file mapped into memory for reading; its pages are loaded when they are first touched.
///
/// A class, because the mapping must end exactly once, when the last tensor that refers to it goes.
package final class MappedFile: Sendable {
  /// The path as the user gave it.
  package let path: String
  /// The size of the file in bytes.
  package let count: Int
  private nonisolated(unsafe) let base: UnsafeRawPointer?

  /// Maps a regular file.
  ///
  /// - Throws: ``FileError/unreadable(path:reason:)`` where it cannot be opened.
  package init(path: String) throws {
    // Without waiting: opening a pipe would wait for somebody to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw FileError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError.unreadable(path: path, reason: String(cString: strerror(errno)))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError.unreadable(path: path, reason: "not a regular file")
    }
    self.path = path
    self.count = Int(status.st_size)
    guard count > 0 else {
      base = nil
      return
    }
    let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address, address != MAP_FAILED else {
      throw FileError.unreadable(path: path, reason: "cannot be mapped into memory")
    }
    base = UnsafeRawPointer(address)
  }

  deinit {
    if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }

  /// Calls `body` with the bytes of the file, which are there only during the call.
  ///
  /// - Throws: What `body` throws.
  package func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: base, count: count))
  }
}
