/// A chart of points in a plane, joined by lines or not.
package struct XYChart: Sendable {
  /// What stands above the chart.
  package var title: String
  /// The axis from left to right.
  package var horizontal: ChartAxis
  /// The axis from bottom to top.
  package var vertical: ChartAxis
  /// What is drawn, the last on top.
  package var series: [Series]
  /// What is said below the drawing.
  package var note: String
  /// The size of the drawing, in pixels; the height is that of the plot alone.
  package var width: Double
  /// The height of the plot alone, in pixels.
  package var plotHeight: Double
  /// The most dots of a series that are drawn.
  package var mostDots: Int

  /// A chart; sizes below the least are raised to it.
  package init(
    title: String, horizontal: ChartAxis, vertical: ChartAxis, series: [Series],
    note: String = "", width: Double = 720, plotHeight: Double = 300, mostDots: Int = 4_000
  ) {
    self.title = title
    self.horizontal = horizontal
    self.vertical = vertical
    self.series = series
    self.note = note
    self.width = max(240, width)
    self.plotHeight = max(80, plotHeight)
    self.mostDots = mostDots
  }
}

extension XYChart {
  /// Points that belong together.
  package struct Series: Hashable, Sendable {
    /// What the legend calls the points.
    package var name: String
    /// How the points are shown.
    package var style: Style
    /// The points, in the order in which a line joins them.
    package var points: [Point]
    /// The place of its color and mark among those of all series; nil takes that of the series.
    package var color: Int?

    /// Points with the place of their color; nil takes that of the series.
    package init(_ name: String, style: Style = .line, points: [Point], color: Int? = nil) {
      self.name = name
      self.style = style
      self.points = points
      self.color = color
    }
  }

  /// How the points of a series are shown; a line joins them in the given order.
  package enum Style: Hashable, Sendable {
    case line, points, linePoints, steps
    /// Steps with a mark at each given point.
    case stepPoints
    /// Many points, of which those are left out that would cover others.
    case dots
    /// A line that data should not cross.
    case limit
  }

  /// A point with what is said about it; without words its coordinates are told.
  package struct Point: Hashable, Sendable {
    /// The value on the horizontal axis.
    package var x: Double
    /// The value on the vertical axis.
    package var y: Double
    /// What pointing at the mark tells; nil means the series and both values.
    package var tooltip: String?
    /// A word beside the mark, or nil; it gives way where there is no room.
    package var label: String?
    /// Where the mark leads: `#anchor`, or the path of a file beside the page; nil for no link.
    package var link: String?

    /// A point with what is said about it.
    package init(
      _ x: Double, _ y: Double, tooltip: String? = nil, label: String? = nil, link: String? = nil
    ) {
      self.x = x
      self.y = y
      self.tooltip = tooltip
      self.label = label
      self.link = link
    }
  }
}

extension XYChart {
  /// Draws the chart. Points that an axis cannot show are left out, and the legend says how many;
  /// points that no pixel could show are left out, too, and a note says so.
  ///
  /// - Complexity: O(*n*) in the number of points.
  package func figure() -> Figure {
    let shown = series.map { $0.points.filter(isShown) }
    let points = shown.joined()
    let verticalLayout = AxisLayout(vertical, values: points.map(\.y), tickCount: 6)
    let horizontalLayout = AxisLayout(
      horizontal, values: points.map(\.x), tickCount: max(2, Int(width / 90)))
    let frame = ChartFrame(
      title: title, width: width, plotHeight: plotHeight,
      legend: legend(missing: zip(series, shown).map { $0.points.count - $1.count }),
      vertical: verticalLayout, bottomMargin: 56)
    let painter = XYPainter(chart: self, frame: frame, horizontal: horizontalLayout)
    let drawings = shown.enumerated().map { painter.drawing(of: $0, $1) }
    let remarks = ([note] + drawings.map(\.remark)).filter { !$0.isEmpty }
    let note = ChartNote(
      remarks.joined(separator: " "), x: frame.plot.x, y: frame.height, width: frame.plot.width)
    return Figure(
      summary: summary, width: frame.width, height: frame.height + note.height,
      content: frame.content + painter.axis() + drawings.map(\.markup)
        + painter.labels(shown) + note.content,
      hasLinks: points.contains { $0.link != nil })
  }

  private func isShown(_ point: Point) -> Bool {
    horizontal.shows(point.x) && vertical.shows(point.y)
  }

  private var summary: String {
    let names = series.map(\.name).joined(separator: ", ")
    return "\(title): \(vertical.label) over \(horizontal.label); \(names)"
  }

  private func legend(missing: [Int]) -> [ChartLegend.Entry] {
    guard series.count > 1 || missing.contains(where: { $0 > 0 }) else { return [] }
    return series.indices.filter { !series[$0].points.isEmpty }.map { index in
      let count = missing[index]
      let name = series[index].name + (count > 0 ? " (\(count) not shown)" : "")
      return ChartLegend.Entry(name: name) { x, y in
        var sample: [Markup] = []
        if series[index].style.hasLine {
          let line = "M\(SVG.point(x - 11, y))H\(SVG.number(x + 11))"
          sample.append(SVG.path(line, class: lineClass(index)))
        }
        if series[index].style == .dots {
          sample.append(SVG.path("M\(SVG.point(x - 6, y))h0m6,0h0m6,0h0", class: dotClass(index)))
        }
        if series[index].style.hasMarks { sample.append(mark(index).drawn(x, y)) }
        return sample
      }
    }
  }

  func mark(_ index: Int) -> ChartMark { ChartMark(series[index].color ?? index) }

  func lineClass(_ index: Int) -> String {
    series[index].style == .limit ? "limit" : "line-\(ink(index))"
  }

  func dotClass(_ index: Int) -> String { "dots dots-\(ink(index))" }

  private func ink(_ index: Int) -> String {
    Ink.series[(series[index].color ?? index) % Ink.series.count].rawValue
  }
}

extension XYChart.Style {
  var hasLine: Bool {
    switch self {
    case .points, .dots: false
    case .line, .linePoints, .steps, .stepPoints, .limit: true
    }
  }

  var hasMarks: Bool {
    switch self {
    case .points, .linePoints, .stepPoints: true
    case .line, .steps, .dots, .limit: false
    }
  }
}
