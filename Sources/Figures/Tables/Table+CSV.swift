extension Table {
  /// The table as comma-separated values, quoted as RFC 4180 section 2 says.
  ///
  /// Lines end in a line feed alone: readers of CSV accept it, and line-oriented tools need it.
  package func csv() -> String {
    ([columns.map(\.heading)] + rows)
      .map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
  }

  private static func quoted(_ field: String) -> String {
    let special: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
    guard field.unicodeScalars.contains(where: special.contains) else { return field }
    var quoted = ""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return "\"\(quoted)\""
  }
}
