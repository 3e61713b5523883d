/// Draws a chart of pieces of work.
struct GanttPainter {
  private let chart: GanttChart
  private let plot: Box
  private let layout: AxisLayout
  private let note: ChartNote
  /// The prefix of the times that pieces of work tell.
  private let prefix: EngineeringNumber.Prefix

  init(_ chart: GanttChart) {
    self.chart = chart
    plot = Self.plot(of: chart)
    let ends =
      chart.bars.map(\.end) + chart.spans.map(\.end)
      + chart.works.flatMap(\.parts).flatMap(\.pieces).map(\.end)
    layout = AxisLayout(chart.horizontal, values: ends.filter(chart.horizontal.shows), tickCount: 8)
    prefix = EngineeringNumber.Prefix(
      for: ends.filter(chart.horizontal.shows).max() ?? 0, unit: chart.horizontal.unit)
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
    return content + [SVG.group(bars()), works()] + note.content
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
  private func isShown(row: Int, _ start: Double, _ end: Double) -> Bool {
    chart.rows.indices.contains(row) && chart.horizontal.shows(start)
      && chart.horizontal.shows(end) && start <= end
  }

  private func bars() -> [Markup] {
    chart.bars.filter { isShown(row: $0.row, $0.start, $0.end) }.map { bar in
      let box = Box(
        x: x(bar.start), y: plot.y + Double(bar.row) * chart.rowHeight + 3,
        width: max(0.75, x(bar.end) - x(bar.start)), height: chart.rowHeight - 6)
      let ink = Ink.series[bar.color % Ink.series.count].rawValue
      return SVG.rectangle(box, radius: 1.5, class: "fill-\(ink)", tooltip: bar.label)
    }
  }

  private func works() -> Markup {
    .element("g", [SVG.keys(chart.pieceKeys + timeKeys)], chart.works.map(work))
  }

  private var timeKeys: [String] {
    let unit = chart.horizontal.unit.isEmpty ? "" : " (\(prefix.symbol)\(chart.horizontal.unit))"
    return ["start" + unit, "end" + unit]
  }

  private func work(_ work: GanttChart.Work) -> Markup {
    let ink = work.color.map { "bar-" + Ink.series[$0 % Ink.series.count].rawValue } ?? "bar-mixed"
    let parts = work.parts.compactMap(part)
    return .element(
      "g", [(name: "class", value: "work \(ink)")],
      [.element("title", [], [.text(work.name)])] + parts + captions(work))
  }

  /// The pieces as thick strokes of one path, with their numbers for a script to tell.
  private func part(_ part: GanttChart.Part) -> Markup? {
    let pieces = part.pieces.filter { isShown(row: $0.row, $0.start, $0.end) }
    guard !pieces.isEmpty else { return nil }
    let factor = chart.horizontal.unit.isEmpty ? 1 : prefix.factor
    let values = pieces.map { piece in
      (piece.numbers + [piece.start / factor, piece.end / factor])
        .map { DecimalText.significant($0, digits: 5) }.joined(separator: " ")
    }
    let height = chart.rowHeight - 6
    var attributes = part.keys.map { [SVG.keys($0 + timeKeys)] } ?? []
    if part.density < 1 { attributes.append(("opacity", SVG.number(max(0.3, part.density)))) }
    return .element(
      "path",
      [
        (name: "d", value: pieces.map { stroke($0, part.place) }.joined()),
        ("stroke-width", SVG.number(part.place == .whole ? height : height * 0.45)),
      ] + attributes + SVG.data(name: part.name, values: values), [])
  }

  private func stroke(_ piece: GanttChart.Piece, _ place: GanttChart.Place) -> String {
    let inner = chart.rowHeight - 6
    let share =
      switch place {
      case .whole: 0.5
      case .upper: 0.225
      case .lower: 0.775
      }
    let y = plot.y + Double(piece.row) * chart.rowHeight + 3 + inner * share
    let width = max(0.8, x(piece.end) - x(piece.start))
    // Neighbours of one colour stay apart.
    let length = SVG.number(width > 3 ? width - 0.5 : width)
    return "M\(SVG.number(x(piece.start))),\(SVG.number(y))h\(length)"
  }

  /// The name of the work in those of its pieces that have room for it.
  private func captions(_ work: GanttChart.Work) -> [Markup] {
    guard work.color != nil else { return [] }
    let width = TextWidth.of(work.name, size: FigureStyle.detailSize)
    return work.parts.filter { $0.place == .whole }.flatMap(\.pieces).compactMap { piece in
      guard isShown(row: piece.row, piece.start, piece.end),
        x(piece.end) - x(piece.start) > max(24, width + 6)
      else { return nil }
      let y = plot.y + (Double(piece.row) + 0.5) * chart.rowHeight + 3.5
      let center = (x(piece.start) + x(piece.end)) / 2
      return .element(
        "text", [(name: "x", value: SVG.number(center)), ("y", SVG.number(y))], [.text(work.name)])
    }
  }
}
