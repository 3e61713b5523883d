extension String {
  /// The text as a field of comma-separated values, in quotes where RFC 4180, section 2, asks for them.
  package var csvField: String {
    // Scalars, as a carriage return and a line feed make one character.
    guard unicodeScalars.contains(where: Self.isSpecialInCSV) else { return self }
    var field = "\""
    for scalar in unicodeScalars {
      if scalar == "\"" { field += "\"" }
      field.unicodeScalars.append(scalar)
    }
    return field + "\""
  }

  private static func isSpecialInCSV(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ",", "\"", "\n", "\r": true
    default: false
    }
  }
}
