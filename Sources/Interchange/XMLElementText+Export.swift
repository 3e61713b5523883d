import Documents

extension XMLElementText {
  /// The element as the root of a file for another tool.
  ///
  /// - Throws: ``InterchangeError/unwritableName(_:format:)`` for a character that XML does not have.
  func exported() throws(InterchangeError) -> String {
    do { return try file() } catch { throw .unwritableName(error.text, format: "XML") }
  }
}
