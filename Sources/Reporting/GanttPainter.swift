/// Draws a chart of pieces of work.
struct GanttPainter {
  private let chart: GanttChart
  private let plot: Box
  private let layout: AxisLayout
  private let note: ChartNote

  init(_ chart: GanttChart) {
    self.chart = chart
    plot = Self.plot(of: chart)
    let times = (chart.bars.map(\.end) + chart.spans.map(\.end)).filter(chart.horizontal.shows)
    layout = AxisLayout(chart.horizontal, values: times, tickCount: 8)
    note = ChartNote(chart.note, x: 12, y: plot.bottom + 44, width: chart.width - 24)
  }

  var height: Double { plot.bottom + 44 + note.height }

  static func plot(of chart: GanttChart) -> Box {
    let widest = labels(of: chart).map { TextWidth.of($0, size: FigureStyle.textSize) }.max() ?? 0
    return Box(
      x: widest + 22, y: chart.spans.isEmpty ? 36 : 54, width: max(120, chart.width - widest - 46),
      height: Double(max(1, chart.rows.count)) * chart.rowHeight)
  }

  private static func labels(of chart: GanttChart) -> [String] {
    chart.rows.map { TextWidth.shortened($0, size: FigureStyle.textSize, limit: 180) }
  }

  func content() -> [Markup] {
    let title = TextWidth.shortened(chart.title, size: 16, limit: chart.width - 20)
    var content = [SVG.text(title, x: 12, y: 20, class: "title")]
    content += spans() + axis()
    for (row, label) in Self.labels(of: chart).enumerated() {
      let y = plot.y + (Double(row) + 0.5) * chart.rowHeight
      content.append(SVG.text(label, x: plot.x - 8, y: y + 4, anchor: .end, class: "muted"))
    }
    return content + bars() + note.content
  }

  private func x(_ time: Double) -> Double { plot.x + layout.position(time) * plot.width }

  private func spans() -> [Markup] {
    chart.spans.enumerated().flatMap { index, span in
      let box = Box(
        x: x(span.start), y: plot.y, width: x(span.end) - x(span.start), height: plot.height)
      let name = TextWidth.shortened(span.name, size: FigureStyle.detailSize, limit: box.width)
      var content: [Markup] = []
      if index.isMultiple(of: 2) { content.append(SVG.rectangle(box, class: "shade")) }
      if box.width > 24 {
        content.append(
          SVG.text(name, x: box.centerX, y: plot.y - 6, anchor: .middle, class: "detail"))
      }
      return content
    }
  }

  private func axis() -> [Markup] {
    var content: [Markup] = []
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
    return content
  }
}

extension GanttPainter {
  /// The bars, those of one group and colour together, and the captions above all of them.
  private func bars() -> [Markup] {
    let order = chart.bars.indices.filter { isShown(chart.bars[$0]) }.sorted {
      let (left, right) = (chart.bars[$0], chart.bars[$1])
      let (first, second) = (left.group ?? Int.max, right.group ?? Int.max)
      return first == second ? $0 < $1 : first < second
    }
    var content: [Markup] = []
    var start = 0
    while start < order.count {
      let first = chart.bars[order[start]]
      let end =
        order[start...].firstIndex {
          chart.bars[$0].group != first.group || chart.bars[$0].color != first.color
        } ?? order.count
      content.append(group(order[start..<end].map { chart.bars[$0] }, first))
      start = end
    }
    return content
  }

  private func isShown(_ bar: GanttChart.Bar) -> Bool {
    chart.rows.indices.contains(bar.row) && chart.horizontal.shows(bar.start)
      && chart.horizontal.shows(bar.end) && bar.start <= bar.end
  }

  private func group(_ bars: [GanttChart.Bar], _ first: GanttChart.Bar) -> Markup {
    let ink = first.color.map { "bar-" + Ink.series[$0 % Ink.series.count].rawValue } ?? "merged"
    let cssClass = first.group == nil ? ink : "work \(ink)"
    return .element(
      "g", [(name: "class", value: cssClass)],
      bars.map(bar) + bars.compactMap(caption))
  }

  private func box(_ bar: GanttChart.Bar) -> Box {
    let inner = chart.rowHeight - 6
    let top = plot.y + Double(bar.row) * chart.rowHeight + 3
    let width = max(0.75, x(bar.end) - x(bar.start))
    switch bar.place {
    case .whole: return Box(x: x(bar.start), y: top, width: width, height: inner)
    case .upper: return Box(x: x(bar.start), y: top, width: width, height: inner * 0.45)
    case .lower:
      return Box(x: x(bar.start), y: top + inner * 0.55, width: width, height: inner * 0.45)
    }
  }

  private func bar(_ bar: GanttChart.Bar) -> Markup {
    let box = box(bar)
    // Neighbours of one colour stay apart.
    let width = SVG.number(box.width > 3 ? box.width - 0.5 : box.width)
    let data = "M\(SVG.point(box.x, box.y))h\(width)v\(SVG.number(box.height))h-\(width)z"
    let title = bar.label.isEmpty ? [] : [Markup.element("title", [], [.text(bar.label)])]
    return .element("path", [(name: "d", value: data)], title)
  }

  private func caption(_ bar: GanttChart.Bar) -> Markup? {
    let box = box(bar)
    guard bar.place == .whole, !bar.caption.isEmpty, box.width > 26 else { return nil }
    let width = TextWidth.of(bar.caption, size: FigureStyle.detailSize)
    guard width + 6 < box.width else { return nil }
    return SVG.text(
      bar.caption, x: box.centerX, y: box.centerY + 3.5, anchor: .middle, class: "bar-text")
  }
}
