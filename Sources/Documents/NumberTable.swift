import Diagnostics
import Files
import Foundation
import SwiftCSV

/// A table of numbers that a run has written as CSV.
package struct NumberTable {
  private let file: String
  private let columns: [String: Int]
  /// The rows below the heading; nil for a field without a number.
  package let rows: [[Double?]]

  /// Reads the CSV file of a path.
  ///
  /// - Throws: ``DocumentError/malformed(file:reason:)``.
  package init(path: String) throws {
    file = path
    guard isRegularFile(path), let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self),
      let table = try? EnumeratedCSV(string: text, delimiter: .comma, loadColumns: false)
    else {
      throw DocumentError.malformed(file: path, reason: "expected a table that explore wrote")
    }
    columns = Dictionary(
      zip(table.header, table.header.indices), uniquingKeysWith: { first, _ in first })
    rows = table.rows.map { $0.map { Double($0) } }
  }

  /// The numbers of a column, one for each row; nil where a row has none.
  ///
  /// - Throws: ``DocumentError/malformed(file:reason:)`` where the table has no such column.
  package func column(_ name: String) throws -> [Double?] {
    guard let index = columns[name] else {
      throw DocumentError.malformed(file: file, reason: "expected a column \(name)")
    }
    return rows.map { $0.indices.contains(index) ? $0[index] : nil }
  }

  /// The numbers of a column that has one in each row.
  ///
  /// - Throws: ``DocumentError/malformed(file:reason:)`` where the column is missing, or a row
  ///   has no finite number in it.
  package func numbers(_ name: String) throws -> [Double] {
    try column(name).enumerated().map { row, value in
      guard let value, value.isFinite else {
        throw DocumentError.malformed(
          file: file, reason: "line \(row + 2): expected a number for \(name)")
      }
      return value
    }
  }
}
