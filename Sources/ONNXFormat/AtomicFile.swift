import Foundation

/// A file that is written aside and gets its name when it is complete, so that nobody ever sees a
/// half-written one.
///
/// A class, because the open file must be closed exactly once.
final class AtomicFile {
  private let path: String
  private let handle: UnsafeMutablePointer<FILE>

  private init(path: String, handle: UnsafeMutablePointer<FILE>) {
    self.path = path
    self.handle = handle
  }

  /// Calls `body` with a new file beside `path` and moves it there afterwards; an error leaves
  /// nothing behind.
  static func write(to path: String, _ body: (AtomicFile) throws -> Void) throws {
    let aside = "\(path).\(getpid()).part"
    guard let handle = fopen(aside, "wb") else { throw failure(path) }
    let file = AtomicFile(path: path, handle: handle)
    do {
      try body(file)
    } catch {
      fclose(handle)
      unlink(aside)
      throw error
    }
    guard fclose(handle) == 0, rename(aside, path) == 0 else {
      let error = failure(path)
      unlink(aside)
      throw error
    }
  }

  /// Appends bytes.
  func append(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try append($0) } }

  /// Appends bytes.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return }
    guard fwrite(base, 1, bytes.count, handle) == bytes.count else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> ONNXError {
    ONNXError.file(path: path, reason: String(cString: strerror(errno)))
  }
}
