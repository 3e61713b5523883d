import Escaping

extension Table {
  /// The table for a terminal: aligned columns, a rule under their heads, no blanks at the ends of
  /// lines.
  ///
  /// Every character counts as one column wide. Line breaks and control characters of a cell are
  /// replaced, so that no name can steer the terminal.
  package func text() -> String {
    let heads = columns.map { Self.singleLine($0.heading) }
    let cells = rows.map { $0.map(Self.singleLine) }
    let widths = columns.indices.map { column in
      ([heads] + cells).map { $0[column].count }.max() ?? 0
    }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([heads, rule] + cells).map { line($0, widths) + "\n" }.joined()
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      if index > 0 { line += "  " }
      let padding = String(repeating: " ", count: widths[index] - cell.count)
      line += columns[index].alignment == .left ? cell + padding : padding + cell
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The text without line breaks and control characters.
  package static func singleLine(_ cell: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in cell.unicodeScalars {
      switch scalar {
      case "\n", "\t": line.append(" ")
      default: line.append(scalar.isPrintable ? scalar : "\u{FFFD}")
      }
    }
    return String(line)
  }
}
