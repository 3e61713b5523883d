import Escaping

extension Table {
  /// The table as comma-separated values, quoted as RFC 4180 section 2 says.
  ///
  /// Lines end in a line feed alone: readers of CSV accept it, and line-oriented tools need it.
  package func csv() -> String {
    ([columns.map(\.heading)] + rows)
      .map { $0.map(\.csvField).joined(separator: ",") + "\n" }.joined()
  }
}
