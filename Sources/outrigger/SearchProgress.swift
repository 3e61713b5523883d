import Exploration
import Foundation
import Reporting
import Toolflow

/// Shows on a terminal how a search goes.
struct SearchProgress {
  private let request: ExploreRequest
  private let isShown: Bool

  init(_ request: ExploreRequest, isShown: Bool) {
    self.request = request
    self.isShown = isShown && isatty(STDERR_FILENO) != 0
  }

  func show(_ row: LogbookRow) {
    guard isShown else { return }
    let best = request.objectives.enumerated().map { index, objective in
      let value = row.minimum.map { EngineeringNumber.text($0[index], unit: objective.unit) }
      return "\(objective.rawValue) \(value ?? "none")"
    }
    write(
      "\r\u{1B}[Kgeneration \(row.generation), \(row.evaluations) mappings, front \(row.frontSize), "
        + "best " + best.joined(separator: ", "))
  }

  func end() {
    guard isShown else { return }
    write("\n")
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
