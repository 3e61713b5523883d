extension String {
  /// The text as a quoted identifier of Graphviz's DOT language, which knows only the escape of the quote
  /// itself, and line breaks in labels; other control characters become spaces.
  package var dotQuoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case let control where control.value < 0x20: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
