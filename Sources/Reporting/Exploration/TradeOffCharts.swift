import Figures

/// The evaluated points and the front over each pair of objectives.
struct TradeOffCharts {
  private let exploration: ExplorationReport

  init(_ exploration: ExplorationReport) {
    self.exploration = exploration
  }

  func figures() -> [ExplorationPage.NamedFigure] {
    let count = exploration.objectives.count
    guard count > 1 else {
      guard exploration.evaluated.count > 0 || exploration.origin == .search else { return [] }
      return [.init(path: "figures/evaluations.svg", figure: overEvaluations())]
    }
    var figures: [ExplorationPage.NamedFigure] = []
    for first in 0..<count {
      for second in (first + 1)..<count {
        let path =
          count == 2 ? "figures/front.svg" : "figures/front-\(first + 1)-\(second + 1).svg"
        figures.append(.init(path: path, figure: pair(first, second)))
      }
    }
    return figures
  }

  /// Two objectives against each other.
  private func pair(_ x: Int, _ y: Int) -> Figure {
    let objectives = exploration.objectives
    let isOnly = objectives.count == 2
    var series = [cloud("all mappings", exploration.exhaustive, x, y, color: 7)]
    series += exploration.earlier.map { cloud("all of \($0.name)", $0.all, x, y, color: 7) }
    series.append(cloud("evaluated", exploration.evaluated, x, y, color: 0))
    series += exploration.earlier.enumerated().map { index, earlier in
      front(of: earlier, x, y, isOnly: isOnly, color: [2, 1, 4, 6][index % 4])
    }
    series.append(front(x, y, isOnly: isOnly))
    if let reference = exploration.referencePoint {
      let point = XYChart.Point(reference[x], reference[y], label: isOnly ? "reference" : nil)
      series.append(.init("reference point", style: .points, points: [point], color: 3))
    }
    return XYChart(
      title: "\(objectives[y].name) and \(objectives[x].name)",
      horizontal: axis(x, series.flatMap { $0.points.lazy.map(\.x) }),
      vertical: axis(y, series.flatMap { $0.points.lazy.map(\.y) }),
      series: series.filter { !$0.points.isEmpty },
      width: isOnly ? 920 : HTMLReport.galleryWidth, plotHeight: isOnly ? 420 : 250,
      mostDots: isOnly ? 4_000 : 1_500
    ).figure()
  }

  /// One objective in the order of the evaluations.
  private func overEvaluations() -> Figure {
    let vectors = exploration.evaluated
    let points = (0..<vectors.count).map { XYChart.Point(Double($0 + 1), vectors[$0, 0]) }
    return XYChart(
      title: "\(exploration.objectives[0].name) of the evaluated points",
      horizontal: ChartAxis("evaluation"), vertical: axis(0, points.map(\.y)),
      series: [.init("evaluated", style: .dots, points: points)], width: 920, plotHeight: 320
    ).figure()
  }

  private func cloud(
    _ name: String, _ vectors: ObjectiveVectors, _ x: Int, _ y: Int, color: Int
  ) -> XYChart.Series {
    let points = (0..<vectors.count).map { XYChart.Point(vectors[$0, x], vectors[$0, y]) }
    return .init(name, style: .dots, points: points, color: color)
  }

  /// The front; between two objectives a line parts what it dominates from what it does not.
  private func front(_ x: Int, _ y: Int, isOnly: Bool) -> XYChart.Series {
    let points = exploration.points.enumerated().map { index, point in
      XYChart.Point(
        point.objectives[x], point.objectives[y],
        tooltip: tooltip(index, point), label: "\(index + 1)",
        link: point.details == nil ? nil : "#\(PointPart.anchor(index))")
    }
    let ordered = points.sorted { ($0.x, $1.y) < ($1.x, $0.y) }
    guard exploration.origin == .search else {
      return .init("mappings", style: .points, points: points, color: 5)
    }
    return .init(
      "front", style: isOnly ? .stepPoints : .points, points: isOnly ? ordered : points, color: 5)
  }

  /// The front of another search.
  private func front(
    of earlier: ExplorationReport.Earlier, _ x: Int, _ y: Int, isOnly: Bool, color: Int
  ) -> XYChart.Series {
    let points = (0..<earlier.front.count)
      .map { XYChart.Point(earlier.front[$0, x], earlier.front[$0, y]) }
      .sorted { ($0.x, $1.y) < ($1.x, $0.y) }
    return .init(
      "front of \(earlier.name)", style: isOnly ? .stepPoints : .points, points: points,
      color: color)
  }

  private func tooltip(_ index: Int, _ point: ReportedPoint) -> String {
    let title = PointPart.title(index, point)
    let values = zip(exploration.objectives, point.objectives)
      .map { "\($0.name): \(QuantityText.text($1, unit: $0.unit))" }
    return ([title] + values).joined(separator: "\n")
  }

  /// The axis of an objective, logarithmic where its values lie far apart.
  private func axis(_ objective: Int, _ values: [Double]) -> ChartAxis {
    let finite = values.filter { $0.isFinite && $0 > 0 }
    let isWide = (finite.max() ?? 1) > 30 * (finite.min() ?? 1) && finite.count == values.count
    let name = exploration.objectives[objective]
    return ChartAxis(name.name, unit: name.unit, scale: isWide ? .logarithmic : .linear)
  }
}
