import Figures
import MappingModel
import Quantities
import Simulation

/// The points of a front side by side.
struct PointTable {
  private let exploration: ExplorationReport
  private var columns: [Table.Column] = []
  /// The texts of each column.
  private var texts: [[String]] = []

  init(_ exploration: ExplorationReport) {
    self.exploration = exploration
    let points = exploration.points
    add(.number("point"), points.indices.map { "\($0 + 1)" })
    if points.contains(where: { !$0.name.isEmpty }) { add(.init("name"), points.map(\.name)) }
    addUnknownObjectives()
    add("period", "s") { $0.period?.value }
    if points.contains(where: { $0.evaluation.period != nil && !$0.evaluation.isExact }) {
      addUncertainties(points)
    }
    add("throughput", "1/s", \.throughput)
    add("latency", "s") { $0.latency?.value }
    add("energy", "J") { $0.energy?.value }
    add("average power", "W") { $0.power?.value }
    add("peak power", "W") { $0.peakPower?.value }
    add("memory", "B") { $0.memories.isEmpty ? nil : Double($0.memoryBytes) }
    add("cost", "", \.cost)
    if points.contains(where: { !$0.evaluation.isFeasible }) {
      add(.init("feasible"), points.map { $0.evaluation.isFeasible ? "yes" : "no" })
    }
  }

  func table() -> Table {
    let points = exploration.points
    let names = fileNames
    var table = Table(
      columns: columns + names.map { Table.Column($0) },
      rows: points.indices.map { index in
        texts.map { $0[index] }
          + names.map { name in points[index].files.contains { $0.name == name } ? "open" : "" }
      },
      caption: (exploration.origin == .search
        ? "The design points of the front." : "The mappings that were given.") + " Objectives: "
        + exploration.objectives.map(\.name).joined(separator: ", ") + ".")
    for (row, point) in points.enumerated() {
      if point.details != nil {
        table.link(row: row, column: 0, to: "#\(PointPart.anchor(row))")
      }
      for file in point.files {
        guard let column = names.firstIndex(of: file.name) else { continue }
        table.link(row: row, column: columns.count + column, to: file.path)
      }
    }
    return table
  }

  /// By how much the periods that are means may be off.
  private mutating func addUncertainties(_ points: [ReportedPoint]) {
    add(
      .init("± of the period"),
      points.map { point in
        let evaluation = point.evaluation
        if evaluation.period == nil { return QuantityText.missing }
        let width = evaluation.periodUncertainty.value
        return evaluation.isExact
          ? "exact" : "± " + EngineeringNumber.text(width, unit: "s", digits: 2)
      })
  }

  /// The files that get a column; a part of a point names all of them.
  private var fileNames: [String] {
    var names: [String] = []
    for file in exploration.points.lazy.flatMap(\.files) where !names.contains(file.name) {
      names.append(file.name)
      if names.count == Self.mostFiles { break }
    }
    return names
  }

  /// The objectives that no measure of a point tells.
  private mutating func addUnknownObjectives() {
    let known: Set = ["period", "latency", "energy", "power", "memory", "cost", "throughput"]
    for (index, objective) in exploration.objectives.enumerated()
    where !known.contains(objective.name.lowercased()) {
      let (column, texts) = QuantityText.column(
        objective.name, unit: objective.unit, exploration.points.map { $0.objectives[index] })
      add(column, texts)
    }
  }

  private mutating func add(
    _ title: String, _ unit: String, _ value: (Evaluation) -> Double?
  ) {
    let values = exploration.points.map { value($0.evaluation) }
    guard values.contains(where: { $0 != nil }) else { return }
    let (column, texts) = QuantityText.column(title, unit: unit, values)
    add(column, texts)
  }

  private mutating func add(_ column: Table.Column, _ texts: [String]) {
    columns.append(column)
    self.texts.append(texts)
  }

  private static let mostFiles = 4
}
