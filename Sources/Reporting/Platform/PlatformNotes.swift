package import Diagnostics
package import Figures
package import MappingModel
package import PlatformModel
import Quantities

/// The notes beside a result about the platform's figures that are assumed, not measured.
package struct PlatformNotes: Sendable {
  /// The assumed figures that the result depends on.
  package let assumed: [AssumedFigures]

  /// The notes on a result that depends on a whole platform; none without a platform.
  package init(_ platform: Platform?) {
    assumed = platform.map { $0.assumedFigures(of: $0.elementIDs) } ?? []
  }

  /// The notes on a result that depends on the elements that a placement uses.
  package init(_ placement: Placement, on platform: Platform) {
    let used = Set(placement.elements)
    assumed = platform.assumedFigures(of: platform.elementIDs.filter { used.contains($0.index) })
  }

  /// Each assumed figure, as `A7: cost`; nil where none is.
  package var names: [String]? { assumed.isEmpty ? nil : assumed.flatMap(\.names) }

  /// A line for a terminal; empty where no figure is assumed.
  package var text: String {
    assumed.isEmpty ? "" : "\nassumed figures: \(assumed.line.singleLine)\n"
  }

  /// All of them for a report.
  package var fact: HTMLReport.Fact? {
    assumed.isEmpty ? nil : .init("assumed figures", assumed.text)
  }
}

/// The power that a platform says it may draw.
package enum PowerLimit {
  /// A warning for mappings whose average or peak power passes what their platform says.
  ///
  /// - Parameter evaluations: The measures of the mappings, in the order of their points.
  package static func warning(
    _ evaluations: [Evaluation], on platform: Platform
  ) -> [Diagnostic] {
    guard let limit = platform.peakPower else { return [] }
    let powers = evaluations.map { max($0.peakPower?.value ?? 0, $0.power?.value ?? 0) }
    let passing = powers.indices.filter { powers[$0] > limit.value * (1 + 1e-9) }
    guard let most = passing.map({ powers[$0] }).max() else { return [] }
    let isAverage = passing.contains { evaluations[$0].power.map { $0 > limit } ?? false }
    let who =
      evaluations.count == 1
      ? "the mapping draws"
      : "\(passing.count) of \(evaluations.count) mappings draw"
    return [
      Diagnostic(
        platform.name,
        "\(who) up to \(watts(most))\(isAverage ? ", on average too," : "") above the platform's own "
          + "\(watts(limit.value)) at most (peak_power"
          + "\(platform.origin.assumes("peak_power") ? ", an assumed figure" : "")); "
          + "`require` 'peak_power<=\(UnitTable.power.text(limit.value).filter { $0 != " " })' "
          + "refuses that")
    ]
  }

  private static func watts(_ value: Double) -> String {
    EngineeringNumber.text(value, unit: "W")
  }
}
