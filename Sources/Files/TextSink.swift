/// Text on its way to a file or the standard output, so that it is never all in memory.
///
/// A class, because what was written must end in one place.
package final class TextSink: TextOutputStream {
  private let sink: ByteSink
  private var failure: (any Error)?

  private init(_ sink: ByteSink) { self.sink = sink }

  /// Passes a text on; an error is thrown at the end.
  package func write(_ text: String) {
    guard failure == nil else { return }
    var text = text
    do { try text.withUTF8 { try sink.append(UnsafeRawBufferPointer($0)) } } catch {
      failure = error
    }
  }

  /// Calls `body` with a sink that ends in a file, or without a path in the standard output.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``, or what `body` throws.
  package static func write(to path: String?, _ body: (inout TextSink) throws -> Void) throws {
    try ByteSink.write(to: path) { bytes in
      var sink = TextSink(bytes)
      try body(&sink)
      if let failure = sink.failure { throw failure }
    }
  }
}
