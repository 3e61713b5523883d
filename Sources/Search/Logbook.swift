import Escaping

/// A generation of a search in numbers.
package struct LogbookRow: Hashable, Sendable {
  /// The number of the generation, from 0.
  package var generation: Int
  /// The distinct genomes evaluated so far.
  package var evaluations: Int
  /// The genomes proposed so far that had been evaluated before.
  package var cacheHits: Int
  /// The least value of each objective among all feasible genomes so far; nil where there are none.
  package var minimum: ObjectiveVector?
  /// The mean of each objective among the feasible genomes of the population.
  package var mean: ObjectiveVector?
  /// The size of the front of all genomes so far.
  package var frontSize: Int
  /// The hypervolume of that front, where a reference point is known.
  package var hypervolume: Double?
  /// The seconds since the search began.
  package var seconds: Double
}

/// Writes rows as comma-separated values.
package struct LogbookFormat: Sendable {
  /// The names of the objectives.
  package let objectives: [String]

  /// A format with two columns for each objective.
  package init(objectives: [String]) { self.objectives = objectives }

  /// The names of the columns.
  package var header: String {
    let columns = objectives.flatMap { ["\($0)_min", "\($0)_mean"] }
    return
      (["generation", "evaluations", "cache_hits"] + columns.map(\.csvField)
      + ["front_size", "hypervolume", "seconds"]).joined(separator: ",")
  }

  /// A row; what is not known stays empty.
  package func line(_ row: LogbookRow) -> String {
    let values = objectives.indices.flatMap { [row.minimum?[$0], row.mean?[$0]] }
    let fields =
      ["\(row.generation)", "\(row.evaluations)", "\(row.cacheHits)"]
      + values.map { $0.map { "\($0)" } ?? "" }
      + ["\(row.frontSize)", row.hypervolume.map { "\($0)" } ?? "", "\(row.seconds)"]
    return fields.joined(separator: ",")
  }

  /// The whole logbook, a line each.
  package func text(_ rows: [LogbookRow]) -> String {
    ([header] + rows.map(line)).map { $0 + "\n" }.joined()
  }
}
