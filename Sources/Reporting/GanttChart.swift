/// Who is busy when: one row per resource, one bar per piece of work.
package struct GanttChart: Sendable {
  /// A piece of work.
  package struct Bar: Hashable, Sendable {
    package var row: Int
    package var start: Double
    package var end: Double
    /// What a reader is told who points at it.
    package var label: String
    /// Which colour it has; bars of one colour belong together.
    package var color: Int

    package init(row: Int, start: Double, end: Double, label: String, color: Int) {
      self.row = row
      self.start = start
      self.end = end
      self.label = label
      self.color = color
    }
  }

  package var title: String
  package var rows: [String]
  package var bars: [Bar]
  /// The axis of time.
  package var horizontal: ChartAxis
  package var width: Double

  package init(
    title: String, rows: [String], bars: [Bar], horizontal: ChartAxis, width: Double = 960
  ) {
    self.title = title
    self.rows = rows
    self.bars = bars
    self.horizontal = horizontal
    self.horizontal.scale = .linear
    self.horizontal.includesZero = true
    self.width = max(320, width)
  }
}

extension GanttChart {
  private static let pitch = 20.0

  /// Draws the chart; work without duration is a thin line.
  ///
  /// - Complexity: O(*n*) in the number of rows and bars.
  package func figure() -> Figure {
    let labels = rows.map { TextWidth.shortened($0, size: FigureStyle.textSize, limit: 180) }
    let widest = labels.map { TextWidth.of($0, size: FigureStyle.textSize) }.max() ?? 0
    let plot = Box(
      x: widest + 22, y: 36, width: max(120, width - widest - 46),
      height: Double(max(1, rows.count)) * Self.pitch)
    let layout = AxisLayout(horizontal, values: bars.map(\.end), tickCount: 8)
    func x(_ time: Double) -> Double { plot.x + layout.position(time) * plot.width }
    var content = [
      SVG.text(
        TextWidth.shortened(title, size: 16, limit: width - 20), x: 12, y: 20, class: "title")
    ]
    for (row, label) in labels.enumerated() {
      let y = plot.y + (Double(row) + 0.5) * Self.pitch
      content.append(SVG.text(label, x: plot.x - 8, y: y + 4, anchor: .end, class: "muted"))
    }
    for value in layout.ticks.values {
      let line = "M\(SVG.point(x(value), plot.y))V\(SVG.number(plot.bottom))"
      content.append(SVG.path(line, class: value == 0 ? "axis" : "grid"))
      content.append(
        SVG.text(
          layout.text(value), x: x(value), y: plot.bottom + 16, anchor: .middle, class: "muted"))
    }
    content.append(
      SVG.text(
        layout.caption, x: plot.centerX, y: plot.bottom + 34, anchor: .middle, class: "muted"))
    content.append(SVG.group(bars.map { bar($0, plot, x) }))
    return Figure(
      summary: "\(title): \(bars.count) pieces of work of \(rows.count) rows", width: width,
      height: plot.bottom + 44, content: content)
  }

  private func bar(_ bar: Bar, _ plot: Box, _ x: (Double) -> Double) -> Markup {
    let box = Box(
      x: x(bar.start), y: plot.y + Double(bar.row) * Self.pitch + 3,
      width: max(0.75, x(bar.end) - x(bar.start)), height: Self.pitch - 6)
    let ink = Ink.series[bar.color % Ink.series.count].rawValue
    return SVG.rectangle(box, radius: 1.5, class: "fill-\(ink)", tooltip: bar.label)
  }
}
