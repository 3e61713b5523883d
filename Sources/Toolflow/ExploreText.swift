import Exploration
import MappingModel
import Reporting

/// What `explore` says of a search, for people.
package enum ExploreText {
  package static func table(_ points: [ExploreSummary.Point]) -> Table {
    var table = Table(columns: [
      .number("point"), .number("period"), .number("latency"), .number("energy"),
      .number("power"), .number("memory"), .number("cost"), Table.Column("bound by"),
    ])
    func text(_ value: Double?, _ unit: String) -> String {
      value.map { EngineeringNumber.text($0, unit: unit) } ?? "none"
    }
    for (index, point) in points.enumerated() {
      table.append([
        "\(index + 1)",
        text(point.periodS, "s") + (point.exact || point.periodS == nil ? "" : " (mean)"),
        text(point.latencyS, "s"), text(point.energyJ, "J"), text(point.powerW, "W"),
        text(Double(point.memoryBytes), "B"), text(point.cost, ""), point.boundBy,
      ])
    }
    return table
  }

  package static func text(_ summary: ExploreSummary) -> String {
    guard summary.feasible else {
      return "no feasible mapping among \(summary.evaluations):\n"
        + summary.violations.map { "  \($0)\n" }.joined()
    }
    let rate = summary.seconds > 0 ? Double(summary.evaluations) / summary.seconds : 0
    return table(summary.front).text()
      + "\n\(summary.front.count) mappings that none beats in "
      + "\(summary.objectives.joined(separator: ", ")), of \(summary.evaluations) evaluated in "
      + "\(EngineeringNumber.text(summary.seconds, unit: "s")) "
      + "(\(EngineeringNumber.text(rate, unit: "/s", digits: 3))); "
      + "hypervolume \(EngineeringNumber.text(summary.hypervolume, unit: "")), "
      + "ended by \(summary.stopReason)\n"
      + (summary.beside ?? []).map(text).joined()
  }

  /// How much of another search's hypervolume was found.
  private static func text(_ earlier: ExploreSummary.Earlier) -> String {
    guard let share = earlier.share else { return "\(earlier.run) has no hypervolume here\n" }
    return "\(DecimalText.significant(share, digits: 6)) × the hypervolume of \(earlier.run)\n"
  }
}
