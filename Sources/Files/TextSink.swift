import Foundation

/// Text on its way to a file or the standard output, passed on in large pieces, so that it is never
/// all in memory.
///
/// A class, because the file behind it is open once.
package final class TextSink: TextOutputStream {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var failure: (any Error)?

  private init(_ handle: FileHandle) { self.handle = handle }

  package func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { flush() }
  }

  private func flush() {
    guard failure == nil else { return buffer.removeAll() }
    do {
      try handle.write(contentsOf: buffer)
    } catch {
      failure = error
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func finish() throws {
    flush()
    if let failure { throw failure }
  }

  /// Calls `body` with a sink that ends in a file, or without a path in the standard output.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  package static func write(to path: String?, _ body: (inout TextSink) throws -> Void) throws {
    guard let path else {
      var sink = TextSink(.standardOutput)
      try body(&sink)
      do { return try sink.finish() } catch {
        throw FileError.unwritable(
          path: "the standard output", reason: error.systemReason)
      }
    }
    do {
      try Leftovers.making { try Data().write(to: URL(fileURLWithPath: path)) }
      var sink = TextSink(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
      try body(&sink)
      try sink.finish()
      try sink.handle.close()
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError.unwritable(path: path, reason: error.systemReason)
    }
  }
}
