import Figures

/// How a search went, generation by generation.
struct LogbookCharts {
  let figures: [ExplorationPage.NamedFigure]
  private let generations: [ExplorationReport.Generation]

  /// Draws the best value of each objective and the hypervolume; one generation is no curve.
  init(_ exploration: ExplorationReport) {
    generations = exploration.generations
    guard generations.count > 1 else {
      figures = []
      return
    }
    let generations = generations
    let best = exploration.objectives.enumerated().map { index, objective in
      ExplorationPage.NamedFigure(
        path: "figures/best-\(index + 1).svg",
        figure: Self.chart(
          "Best \(objective.name) per generation", ChartAxis("generation"),
          ChartAxis(objective.name, unit: objective.unit), color: 5,
          generations.filter { $0.best[index].isFinite }
            .map { .init(Double($0.index), $0.best[index]) }))
    }
    let hypervolume = ExplorationPage.NamedFigure(
      path: "figures/hypervolume.svg",
      figure: Self.chart(
        "Hypervolume over evaluations", ChartAxis("evaluations"), ChartAxis("hypervolume"),
        color: 0,
        generations.compactMap { generation in
          generation.hypervolume.map { .init(Double(generation.evaluations), $0) }
        }))
    let isKnown = generations.contains { $0.hypervolume?.isFinite == true }
    figures = best + (isKnown ? [hypervolume] : [])
  }

  func section() -> HTMLReport.Section {
    var content: [HTMLReport.Content] = []
    if let last = generations.last {
      let rate = last.seconds > 0 ? Double(last.evaluations) / last.seconds : 0
      content.append(
        .facts([
          .init("generations", QuantityText.count(generations.count)),
          .init("evaluations", QuantityText.count(last.evaluations)),
          .init("time", EngineeringNumber.text(last.seconds, unit: "s")),
          .init("evaluations per second", DecimalText.significant(rate, digits: 3)),
        ]))
    }
    return HTMLReport.Section("The search", content + [.gallery(figures.map(\.figure))])
  }

  private static func chart(
    _ title: String, _ horizontal: ChartAxis, _ vertical: ChartAxis, color: Int,
    _ points: [XYChart.Point]
  ) -> Figure {
    let hasMarks = points.count <= 40
    return XYChart(
      title: title, horizontal: horizontal, vertical: vertical,
      series: [
        .init(
          vertical.label, style: hasMarks ? .linePoints : .line, points: points, color: color)
      ], width: HTMLReport.galleryWidth, plotHeight: 170
    ).figure()
  }
}
