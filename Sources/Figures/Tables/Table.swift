/// Rows of text under named columns: the one value behind tables for terminals, spreadsheets and
/// pages.
package struct Table: Hashable, Sendable {
  /// The columns, from left to right.
  package let columns: [Column]
  /// The cells of each row, as many as there are columns.
  package private(set) var rows: [[String]]
  /// What the table shows, for readers of a page.
  package var caption: String
  /// Whether a reader of a page may order the rows by any column.
  package var isSortable = false
  /// Where cells of a page lead.
  private(set) var links: [Place: String] = [:]

  /// A table of columns and their rows.
  ///
  /// - Precondition: each row has one cell per column.
  package init(columns: [Column], rows: [[String]] = [], caption: String = "") {
    self.columns = columns
    self.rows = []
    self.caption = caption
    for row in rows { append(row) }
  }

  /// Adds a row at the end.
  ///
  /// - Precondition: the row has one cell per column.
  package mutating func append(_ row: [String]) {
    precondition(
      row.count == columns.count, "a row of \(row.count) cells under \(columns.count) columns")
    rows.append(row)
  }
}

extension Table {
  /// Makes a cell of a page lead to an anchor of it, `#anchor`, or to a file beside it.
  ///
  /// - Precondition: there is such a cell.
  package mutating func link(row: Int, column: Int, to target: String) {
    precondition(
      rows.indices.contains(row) && columns.indices.contains(column),
      "no cell \(column) in row \(row)")
    links[Place(row: row, column: column)] = target
  }

  struct Place: Hashable, Sendable {
    var row: Int
    var column: Int
  }

  /// The head of a column.
  package struct Column: Hashable, Sendable {
    /// What the column is called.
    package var title: String
    /// The unit of its values, empty for none.
    package var unit: String
    /// At which edge its cells stand.
    package var alignment: Alignment

    /// A column with a title, and the unit that its heading names.
    package init(_ title: String, unit: String = "", alignment: Alignment = .left) {
      self.title = title
      self.unit = unit
      self.alignment = alignment
    }

    /// A column of numbers, aligned right.
    package static func number(_ title: String, unit: String = "") -> Column {
      Column(title, unit: unit, alignment: .right)
    }

    /// The title with the unit.
    package var heading: String { unit.isEmpty ? title : "\(title) (\(unit))" }
  }

  /// The side at which the cells of a column line up.
  package enum Alignment: Hashable, Sendable { case left, right }
}
