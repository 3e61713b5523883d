import Documents
import Files
import Foundation
import MappingModel
import Reporting
import Search
import SwiftCSV

/// The objectives of all mappings that a search has evaluated, as a table of a run directory.
enum EvaluatedFile {
  static let name = "evaluated.csv"
  /// The most mappings that are written.
  static let limit = 200_000

  /// The table: a line for each mapping, in the order of their evaluation.
  static func text(_ evaluated: [ObjectiveVector], _ objectives: [Objective]) -> String {
    var text = objectives.map(\.key).joined(separator: ",") + "\n"
    for vector in evaluated {
      text += objectives.indices.map { "\(vector[$0])" }.joined(separator: ",") + "\n"
    }
    return text
  }

  /// Reads some columns of a table; nothing where there is none.
  ///
  /// - Throws: ``FileError`` naming file and line.
  static func read(_ path: String, _ objectives: [Objective]) throws -> [ObjectiveVector] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let table = try? EnumeratedCSV(string: text, delimiter: .comma, loadColumns: false)
    else { throw FileError.malformed(path: path, reason: "it is not a CSV table") }
    let columns = try objectives.map { objective in
      guard let column = table.header.firstIndex(of: objective.key) else {
        throw FileError.malformed(path: path, reason: "expected a column \(objective.key)")
      }
      return column
    }
    return try table.rows.enumerated().map { index, row in
      ObjectiveVector(
        try columns.map { column in
          guard row.indices.contains(column), let value = Double(row[column]), value.isFinite else {
            throw FileError.malformed(
              path: path, reason: "line \(index + 2): expected a number for each objective")
          }
          return value
        })
    }
  }
}
