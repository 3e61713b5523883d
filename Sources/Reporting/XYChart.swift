/// A chart of points in a plane, joined by lines or not.
package struct XYChart: Sendable {
  package var title: String
  package var horizontal: ChartAxis
  package var vertical: ChartAxis
  package var series: [Series]
  /// The size of the drawing, in pixels; the height is that of the plot alone.
  package var width: Double
  package var plotHeight: Double

  package init(
    title: String, horizontal: ChartAxis, vertical: ChartAxis, series: [Series],
    width: Double = 720, plotHeight: Double = 300
  ) {
    self.title = title
    self.horizontal = horizontal
    self.vertical = vertical
    self.series = series
    self.width = max(240, width)
    self.plotHeight = max(80, plotHeight)
  }
}

extension XYChart {
  /// Points that belong together.
  package struct Series: Hashable, Sendable {
    package var name: String
    package var style: Style
    package var points: [Point]

    package init(_ name: String, style: Style = .line, points: [Point]) {
      self.name = name
      self.style = style
      self.points = points
    }
  }

  /// How the points of a series are shown; a line joins them in the given order.
  package enum Style: Hashable, Sendable { case line, points, linePoints, steps }

  /// A point with what is said about it; without words its coordinates are told.
  package struct Point: Hashable, Sendable {
    package var x: Double
    package var y: Double
    package var tooltip: String?

    package init(_ x: Double, _ y: Double, tooltip: String? = nil) {
      self.x = x
      self.y = y
      self.tooltip = tooltip
    }
  }
}

extension XYChart {
  /// Draws the chart. Points that an axis cannot show are left out, and the legend says how many.
  ///
  /// - Complexity: O(*n*) in the number of points.
  package func figure() -> Figure {
    let shown = series.map { $0.points.filter(isShown) }
    let points = shown.joined()
    let verticalLayout = AxisLayout(vertical, values: points.map(\.y), tickCount: 6)
    let horizontalLayout = AxisLayout(horizontal, values: points.map(\.x), tickCount: 8)
    let frame = ChartFrame(
      title: title, width: width, plotHeight: plotHeight,
      legend: legend(missing: zip(series, shown).map { $0.points.count - $1.count }),
      vertical: verticalLayout, bottomMargin: 56)
    let position = { (point: Point) in
      (frame.plot.x + horizontalLayout.position(point.x) * frame.plot.width, frame.y(point.y))
    }
    var content = frame.content + horizontalAxis(horizontalLayout, in: frame)
    for (index, points) in shown.enumerated() {
      content.append(drawing(of: index, points, at: points.map(position)))
    }
    return Figure(
      summary: summary, width: frame.width, height: frame.height, content: content)
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
    return series.indices.map { index in
      let count = missing[index]
      let name = series[index].name + (count > 0 ? " (\(count) not shown)" : "")
      return ChartLegend.Entry(name: name) { x, y in
        var sample: [Markup] = []
        if series[index].style != .points {
          let line = "M\(SVG.point(x - 11, y))H\(SVG.number(x + 11))"
          sample.append(SVG.path(line, class: Self.lineClass(index)))
        }
        if hasMarks(index) { sample.append(ChartMark(index).drawn(x, y)) }
        return sample
      }
    }
  }

  private func drawing(
    of index: Int, _ points: [Point], at positions: [(Double, Double)]
  ) -> Markup {
    var content: [Markup] = []
    if series[index].style != .points, !positions.isEmpty {
      content.append(SVG.path(line(index, positions), class: Self.lineClass(index)))
    }
    if hasMarks(index) {
      for (point, (x, y)) in zip(points, positions) {
        content.append(ChartMark(index).drawn(x, y, tooltip: tooltip(point, series[index].name)))
      }
    }
    return SVG.group(content)
  }

  private func line(_ index: Int, _ positions: [(Double, Double)]) -> String {
    var data = ""
    for (x, y) in positions {
      if data.isEmpty {
        data = "M\(SVG.point(x, y))"
      } else if series[index].style == .steps {
        data += "H\(SVG.number(x))V\(SVG.number(y))"
      } else {
        data += "L\(SVG.point(x, y))"
      }
    }
    return data
  }

  private func horizontalAxis(_ layout: AxisLayout, in frame: ChartFrame) -> [Markup] {
    let plot = frame.plot
    var content: [Markup] = []
    var lastRight = -Double.infinity
    for value in layout.ticks.values {
      let x = plot.x + layout.position(value) * plot.width
      content.append(
        SVG.path("M\(SVG.point(x, plot.bottom))v5", class: "axis"))
      let text = layout.text(value)
      let half = TextWidth.of(text, size: FigureStyle.textSize) / 2
      guard x - half > lastRight + 4 else { continue }
      lastRight = x + half
      content.append(SVG.text(text, x: x, y: plot.bottom + 20, anchor: .middle, class: "muted"))
    }
    content.append(
      SVG.path("M\(SVG.point(plot.x, plot.bottom))H\(SVG.number(plot.right))", class: "axis"))
    content.append(
      SVG.text(
        layout.caption, x: plot.centerX, y: plot.bottom + 42, anchor: .middle, class: "muted"))
    return content
  }

  private func tooltip(_ point: Point, _ name: String) -> String {
    if let tooltip = point.tooltip { return tooltip }
    let x = EngineeringNumber.text(point.x, unit: horizontal.unit)
    let y = EngineeringNumber.text(point.y, unit: vertical.unit)
    return "\(name)\n\(horizontal.label): \(x)\n\(vertical.label): \(y)"
  }

  private func hasMarks(_ index: Int) -> Bool {
    switch series[index].style {
    case .points, .linePoints: true
    case .line, .steps: false
    }
  }

  private static func lineClass(_ index: Int) -> String {
    "line-\(Ink.series[index % Ink.series.count].rawValue)"
  }
}
