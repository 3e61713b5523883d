import Figures

/// What the elements and links do in one period.
struct LoadChart {
  private let loads: [PointDetails.Load]

  init(_ loads: [PointDetails.Load]) {
    self.loads = loads
  }

  /// The chart; nothing where there is nothing to show.
  func figure() -> Figure? {
    guard !loads.isEmpty else { return nil }
    let kept = Set(
      loads.indices.sorted { (-busy($0), $0) < (-busy($1), $1) }.prefix(Self.mostRows))
    let shown = loads.indices.filter(kept.contains)
    let left = loads.count - shown.count
    return StackedBarChart(
      title: "Elements and links in one period",
      rows: shown.map { index in
        let load = loads[index]
        return .init(
          load.name,
          values: [
            load.executing, load.moving, load.waiting, load.stalled, load.starved, load.delayed,
            load.idle,
          ])
      },
      series: [
        .init("executing", color: 0), .init("moving data", color: 4),
        .init("waiting for a link", color: 1, isCounted: false),
        .init("stalled by a full buffer", color: 5, isCounted: false),
        .init("waiting for data", color: 3, isCounted: false),
        .init("waiting for its turn", color: 2, isCounted: false),
        .init("idle", color: nil),
      ], unit: "s",
      note: left > 0
        ? "The \(shown.count) busiest of \(loads.count); \(left) more are left out." : ""
    ).figure()
  }

  private func busy(_ index: Int) -> Double {
    let load = loads[index]
    let sum = load.executing + load.moving + load.waiting + load.stalled
    let rest = load.starved + load.delayed + load.idle
    return sum.isFinite && rest.isFinite && sum + rest > 0 ? sum / (sum + rest) : 0
  }

  private static let mostRows = 48
}
