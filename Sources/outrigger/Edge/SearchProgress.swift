import Exploration
import Foundation
import MappingModel
import Reporting
import Search

/// Shows on a terminal how a search goes: a line for each generation, and below them how far it is.
struct SearchProgress {
  private let request: ExploreRequest
  private let isShown: Bool
  private let table: LogbookTable
  private let width: Int

  init(_ request: ExploreRequest, isShown: Bool) {
    self.request = request
    self.isShown = isShown && isatty(STDERR_FILENO) != 0
    var size = winsize()
    let found = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size)
    width = found == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    table = LogbookTable(
      objectives: request.objectives.map { .init($0.rawValue, unit: $0.unit) }, width: width)
  }

  func show(_ row: LogbookRow) {
    guard isShown else { return }
    let generation = ExplorationReport.Generation(row, objectives: request.objectives.count)
    let head = row.generation == 0 ? table.header() + "\n" : ""
    let line = ProgressLine(
      done: row.evaluations, total: request.configuration.evaluations, seconds: row.seconds,
      timeLimit: request.configuration.timeLimit,
      best: zip(request.objectives, generation.best).map {
        .init($0.rawValue, $1, unit: $0.unit)
      })
    write("\r\u{1B}[K\(head)\(table.row(generation))\n\(line.text(width: width - 1))")
  }

  /// Ends with a line for the front as it is after its last executions, which are longer than those of the
  /// search, so that the table below agrees with it.
  func end(_ outcome: ExploreOutcome) {
    guard isShown else { return }
    let count = request.objectives.count
    let best = (0..<count).map { objective in
      outcome.front.map { $0.objectives[objective] }.min() ?? .infinity
    }
    let generation = ExplorationReport.Generation(
      index: outcome.generations, evaluations: outcome.evaluations, best: best,
      hypervolume: outcome.hypervolume, seconds: outcome.seconds)
    write("\r\u{1B}[K" + table.row(generation, label: "executed") + "\n\n")
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
