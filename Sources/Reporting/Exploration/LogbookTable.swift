import Figures
import MappingModel

/// The logbook of a search as lines for a terminal, each printed when its generation ends.
package struct LogbookTable: Hashable, Sendable {
  private let columns: [Column]

  private struct Column: Hashable, Sendable {
    var title: String
    var unit: String
    var width: Int
  }

  /// - Parameters:
  ///   - objectives: The objectives with their units.
  ///   - width: The columns of the terminal. The last objectives give way where room is short.
  package init(objectives: [ExplorationReport.Objective], width: Int) {
    let fixed = [
      Column(title: "generation", unit: "", width: 10),
      Column(title: "evaluations", unit: "", width: 11),
      Column(title: "time", unit: "", width: 8),
      Column(title: "hypervolume", unit: "", width: 11),
    ]
    var room = width - fixed.reduce(0) { $0 + $1.width + Self.gap } + Self.gap
    var shown: [Column] = []
    for objective in objectives {
      let title = Self.title(objective)
      // A value with its unit takes eleven columns: -1.234e-10, 123.4 µop.
      let column = Column(title: title, unit: objective.unit, width: max(11, title.count))
      room -= column.width + Self.gap
      guard room >= 0 || shown.isEmpty else { break }
      shown.append(column)
    }
    columns = fixed + shown
  }

  private static func title(_ objective: ExplorationReport.Objective) -> String {
    let name = "best \(Table.singleLine(objective.name))"
    return name.count > mostTitle ? name.prefix(mostTitle - 1) + "…" : name
  }

  private static let gap = 2
  private static let mostTitle = 18
}

extension LogbookTable {
  /// The heads of the columns and the rule below them.
  package func header() -> String {
    let rule = columns.map { String(repeating: "─", count: $0.width) }
    return line(columns.map(\.title)) + "\n" + line(rule)
  }

  /// The line of a generation.
  ///
  /// - Parameter label: What stands in the place of its number.
  package func row(_ generation: ExplorationReport.Generation, label: String? = nil) -> String {
    let values = zip(columns.dropFirst(4), generation.best).map { column, value in
      value.isFinite ? EngineeringNumber.text(value, unit: column.unit) : QuantityText.missing
    }
    return line(
      [
        label ?? QuantityText.count(generation.index), QuantityText.count(generation.evaluations),
        ProgressLine.duration(generation.seconds),
        generation.hypervolume.flatMap { $0.isFinite ? DecimalText.significant($0) : nil }
          ?? QuantityText.missing,
      ] + values)
  }

  /// Cells to the right of their columns; a cell that is too wide moves the rest.
  private func line(_ cells: [String]) -> String {
    zip(columns, cells).map { column, cell in
      String(repeating: " ", count: max(0, column.width - cell.count)) + cell
    }.joined(separator: String(repeating: " ", count: Self.gap))
  }
}
