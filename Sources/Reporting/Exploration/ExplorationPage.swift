package import Figures

/// The report of an exploration as a page and as figures in files of their own.
package struct ExplorationPage: Sendable {
  /// The figures, each with the path of its file beside the page.
  package let figures: [NamedFigure]
  /// The points that have a part of their own.
  package let detailedPoints: Int
  private let report: HTMLReport

  /// A figure with the file that it is written to.
  package struct NamedFigure: Sendable {
    /// The path, for instance `figures/front.svg` or `points/001/gantt.svg`.
    package var path: String
    /// The figure itself.
    package var figure: Figure
  }

  /// Draws everything.
  ///
  /// Figures leave out what their pixels cannot show, and say so; the more points have a part of
  /// their own, the coarser their drawings, so that the page stays a few megabytes at most.
  ///
  /// - Parameter goesOn: Whether there is time to draw the part of another point; asked before
  ///   each.
  /// - Complexity: O(*n* log *n*) in the size of the report.
  package init(_ exploration: ExplorationReport, while goesOn: () -> Bool = { true }) {
    var exploration = exploration
    let detail = PointDetail(pointCount: exploration.points.count { $0.details != nil })
    var parts: [PointPart] = []
    for (index, point) in exploration.points.enumerated() {
      guard let details = point.details else { continue }
      if goesOn() {
        parts.append(
          PointPart(index: index, point: point, details: details, exploration.objectives, detail))
      } else {
        exploration.points[index].details = nil
      }
    }
    detailedPoints = parts.count
    let charts = TradeOffCharts(exploration).figures()
    let logbook = LogbookCharts(exploration)
    figures = charts + logbook.figures + parts.flatMap(\.figures)
    var sections = [Self.overview(exploration)]
    if !charts.isEmpty { sections.append(Self.tradeOffs(exploration, charts)) }
    if !exploration.points.isEmpty { sections.append(Self.comparison(exploration)) }
    if !logbook.figures.isEmpty { sections.append(logbook.section()) }
    if !parts.isEmpty { sections.append(Self.pointsChapter(exploration, parts)) }
    report = HTMLReport(
      title: exploration.title,
      subtitle: Self.subtitle(exploration),
      sections: sections + parts.map { $0.section(isOpen: parts.count == 1) },
      footer: "Made by \(exploration.tool).", isInteractive: true)
  }

  /// The page: one file that needs nothing else.
  package func html() -> String { report.html() }
}

extension ExplorationPage {
  private static func subtitle(_ exploration: ExplorationReport) -> String {
    let names = exploration.objectives.map(\.name)
    let last = names.last ?? ""
    let words =
      names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + last : last
    let count = exploration.points.count
    guard exploration.origin == .search else {
      return "\(count) \(count == 1 ? "mapping" : "mappings"), by their \(words)"
    }
    return "\(count) \(count == 1 ? "design point" : "design points") for least \(words)"
  }

  private static func overview(_ exploration: ExplorationReport) -> HTMLReport.Section {
    var facts = exploration.facts
    if let hypervolume = exploration.hypervolume {
      facts.append(.init("hypervolume", DecimalText.significant(hypervolume)))
    }
    if let reference = exploration.referencePoint {
      let values = zip(exploration.objectives, reference)
        .map { QuantityText.text($1, unit: $0.unit) }
      facts.append(.init("reference point", values.joined(separator: ", ")))
    }
    var content: [HTMLReport.Content] = exploration.warnings.map { .warning($0) }
    if !facts.isEmpty { content.append(.facts(facts)) }
    if !exploration.command.isEmpty { content.append(.preformatted(exploration.command)) }
    return HTMLReport.Section(
      exploration.origin == .search ? "What was explored" : "What is compared", content)
  }

  private static func tradeOffs(
    _ exploration: ExplorationReport, _ charts: [NamedFigure]
  ) -> HTMLReport.Section {
    let figures = charts.map(\.figure)
    let words =
      "Down and to the left is better. A number leads to its design point."
    return HTMLReport.Section(
      "Trade-offs",
      figures.count == 1
        ? [.figure(figures[0], caption: words)] : [.paragraph(words), .gallery(figures)])
  }

  private static func comparison(_ exploration: ExplorationReport) -> HTMLReport.Section {
    var table = PointTable(exploration).table()
    table.isSortable = true
    return HTMLReport.Section(
      exploration.origin == .search ? "The front compared" : "The mappings side by side",
      [.table(table)])
  }

  private static func pointsChapter(
    _ exploration: ExplorationReport, _ parts: [PointPart]
  ) -> HTMLReport.Section {
    let words =
      parts.count == exploration.points.count
      ? (parts.count == 1 ? "" : "Each can be opened.")
      : "\(parts.count) of the \(exploration.points.count) points are shown in detail."
    return HTMLReport.Section("Design points", words.isEmpty ? [] : [.paragraph(words)])
  }
}

/// How much the drawings of a design point may say.
struct PointDetail {
  /// The most bars of a Gantt chart.
  let bars: Int
  /// The most nodes of a graph.
  let nodes: Int
  /// The most rows of the table of a mapping.
  let rows: Int
  /// The most memories with a chart of their own.
  let memories: Int

  /// Shares what a page can hold among its points.
  init(pointCount: Int) {
    let share = max(1, pointCount)
    bars = min(5_000, max(600, 9_000 / share))
    nodes = min(400, max(100, 2_400 / share))
    rows = min(400, max(60, 3_000 / share))
    memories = min(8, max(2, 40 / share))
  }
}
