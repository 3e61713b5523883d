import Exploration
package import Figures
import Search

/// What `explore` says of a search, for people.
package enum ExploreText {
  /// The table of the points of a front, a row each.
  package static func table(_ points: [ExploreSummary.Point]) -> Table {
    let hasRoomier = points.contains { $0.withTwoInferences != nil }
    var columns: [Table.Column] = [
      .number("point"), .number("period"), .number("latency"), .number("energy"),
      .number("power"), .number("memory"), .number("cost"), Table.Column("bound by"),
    ]
    if hasRoomier { columns += [.number("period, buffers of 2"), .number("memory, buffers of 2")] }
    var table = Table(columns: columns)
    func text(_ value: Double?, _ unit: String) -> String {
      value.map { EngineeringNumber.text($0, unit: unit) } ?? "none"
    }
    for (index, point) in points.enumerated() {
      var row = [
        "\(index + 1)",
        point.periodS.map { UncertainText.text($0, point.periodUncertaintyS ?? 0, unit: "s") }
          ?? "none",
        text(point.latencyS, "s"), text(point.energyJ, "J"), text(point.powerW, "W"),
        text(Double(point.memoryBytes), "B"), text(point.cost, ""), point.boundBy,
      ]
      if hasRoomier {
        row.append(
          point.withTwoInferences?.periodS.map {
            UncertainText.text($0, point.withTwoInferences?.periodUncertaintyS ?? 0, unit: "s")
          } ?? "none")
        row.append(text(point.withTwoInferences.map { Double($0.memoryBytes) }, "B"))
      }
      table.append(row)
    }
    return table
  }

  /// The front and how the search ended, or why nothing feasible was found.
  package static func text(_ summary: ExploreSummary) -> String {
    guard summary.evaluations > 0 else {
      return "no mapping was executed before the search \(ended(summary))\n"
    }
    guard summary.feasible else {
      return "no feasible mapping among \(summary.evaluations); the search \(ended(summary)):\n"
        + summary.violations.map { "  \($0)\n" }.joined()
    }
    let rate = summary.seconds > 0 ? Double(summary.evaluations) / summary.seconds : 0
    return table(summary.front).text()
      + "\n\(summary.front.count) mappings that none beats in "
      + "\(summary.objectives.joined(separator: ", ")), of \(summary.evaluations) evaluated in "
      + "\(EngineeringNumber.text(summary.seconds, unit: "s")) "
      + "(\(EngineeringNumber.text(rate, unit: "/s", digits: 3))); "
      + "hypervolume \(EngineeringNumber.text(summary.hypervolume, unit: "")), "
      + "the search \(ended(summary))\n"
      + (summary.beside ?? []).map(text).joined()
  }

  /// Why a search ended, and what is unfinished for that.
  ///
  /// - Parameters:
  ///   - unsettled: The points whose last executions were cut short, of so many.
  package static func ended(_ reason: String, unsettled: Int, of count: Int) -> String {
    let words = SearchResult.StopReason(rawValue: reason)?.words ?? reason
    guard unsettled > 0 else { return words }
    return
      "\(words), before \(unsettled) of the \(count) points were executed as long as they should be"
  }

  private static func ended(_ summary: ExploreSummary) -> String {
    ended(summary.stopReason, unsettled: summary.unsettled ?? 0, of: summary.front.count)
  }

  /// The hypervolume as a share of that of another search.
  private static func text(_ earlier: ExploreSummary.Earlier) -> String {
    guard let share = earlier.share else { return "\(earlier.run) has no hypervolume here\n" }
    return "\(DecimalText.significant(share, digits: 6)) × the hypervolume of \(earlier.run)\n"
  }
}

extension SearchResult.StopReason {
  /// The reason behind "the search".
  var words: String {
    switch self {
    case .evaluations: "ended after its evaluations"
    case .time: "was ended by its time limit"
    case .exhausted: "has evaluated all mappings that it can reach"
    case .stopped: "was interrupted"
    }
  }
}
