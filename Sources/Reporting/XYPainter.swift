/// Draws the data of a chart of points into its frame.
struct XYPainter {
  let chart: XYChart
  let frame: ChartFrame
  let horizontal: AxisLayout

  /// What a series became, and what must be said about it.
  struct Drawing {
    var markup: Markup
    var remark = ""
  }

  func drawing(of index: Int, _ points: [XYChart.Point]) -> Drawing {
    let style = chart.series[index].style
    if style == .dots { return dots(index, points) }
    let positions = points.map(position)
    var content: [Markup] = []
    var drawing = Drawing(markup: SVG.group([]))
    if style.hasLine, !positions.isEmpty {
      let kept = LineThinning.kept(positions, width: frame.plot.width)
      content.append(SVG.path(line(style, kept.map { positions[$0] }), class: lineClass(index)))
      if kept.count < positions.count {
        drawing.remark =
          "“\(chart.series[index].name)” is drawn through its first, lowest, highest and last "
          + "value of each pixel: \(QuantityText.count(kept.count)) of \(QuantityText.count(positions.count))."
      }
    }
    if style.hasMarks {
      for (point, place) in zip(points, positions) { content.append(mark(index, point, place)) }
    }
    drawing.markup = SVG.group(content)
    return drawing
  }

  private func position(_ point: XYChart.Point) -> (x: Double, y: Double) {
    (frame.plot.x + horizontal.position(point.x) * frame.plot.width, frame.y(point.y))
  }

  private func lineClass(_ index: Int) -> String { chart.lineClass(index) }

  private func line(_ style: XYChart.Style, _ positions: [(x: Double, y: Double)]) -> String {
    guard let first = positions.first else { return "" }
    if style == .steps || style == .stepPoints { return steps(positions) }
    return "M\(SVG.point(first.x, first.y))"
      + positions.dropFirst().map { "L\(SVG.point($0.x, $0.y))" }.joined()
  }

  /// Steps by their differences, which take less room than their places; from rounded places, so
  /// that no error grows.
  private func steps(_ positions: [(x: Double, y: Double)]) -> String {
    var data = ""
    var last = (x: 0.0, y: 0.0)
    for position in positions {
      let place = (x: (position.x * 10).rounded() / 10, y: (position.y * 10).rounded() / 10)
      if data.isEmpty {
        data = "M\(SVG.point(place.x, place.y))"
      } else {
        if place.x != last.x { data += "h\(SVG.number(place.x - last.x))" }
        if place.y != last.y { data += "v\(SVG.number(place.y - last.y))" }
      }
      last = place
    }
    return data
  }

  private func mark(
    _ index: Int, _ point: XYChart.Point, _ place: (x: Double, y: Double)
  ) -> Markup {
    let words = tooltip(point, chart.series[index].name)
    let mark = chart.mark(index).drawn(place.x, place.y, tooltip: words)
    guard let link = point.link else { return mark }
    return .element("a", [(name: "href", value: HTMLLink(link).address)], [mark])
  }

  private func tooltip(_ point: XYChart.Point, _ name: String) -> String {
    if let tooltip = point.tooltip { return tooltip }
    let x = EngineeringNumber.text(point.x, unit: chart.horizontal.unit)
    let y = EngineeringNumber.text(point.y, unit: chart.vertical.unit)
    return "\(name)\n\(chart.horizontal.label): \(x)\n\(chart.vertical.label): \(y)"
  }
}

extension XYPainter {
  /// Many points as one path; its attributes tell a script the numbers of each of them.
  private func dots(_ index: Int, _ points: [XYChart.Point]) -> Drawing {
    let positions = points.map(position)
    let thinning = DotThinning(positions, in: frame.plot, limit: chart.mostDots)
    let (x, y) = (
      numbers(thinning.kept.map { points[$0].x }, chart.horizontal),
      numbers(thinning.kept.map { points[$0].y }, chart.vertical)
    )
    let path = thinning.kept.map { Self.dot(positions[$0]) }.joined()
    let markup = Markup.element(
      "path",
      [
        (name: "class", value: chart.dotClass(index)), ("d", path),
        SVG.keys([x.caption, y.caption]),
      ]
        + SVG.data(
          name: chart.series[index].name,
          values: zip(x.texts, y.texts).map { "\($0) \($1)" }), [])
    let count = thinning.kept.count
    let remark =
      count == points.count
      ? ""
      : "“\(chart.series[index].name)”: \(QuantityText.count(points.count)) points, drawn at "
        + "\(QuantityText.count(count)) places of "
        + "\(SVG.number(thinning.cell)) × \(SVG.number(thinning.cell)) pixels."
    return Drawing(markup: SVG.group([markup]), remark: remark)
  }

  private static func dot(_ place: (x: Double, y: Double)) -> String {
    "M\(SVG.number(place.x)),\(SVG.number(place.y))h0"
  }

  /// Values as texts with one prefix for all, which their caption names.
  private func numbers(_ values: [Double], _ axis: ChartAxis) -> (texts: [String], caption: String)
  {
    let magnitude = values.map(abs).max() ?? 0
    let prefix = EngineeringNumber.Prefix(for: magnitude, unit: axis.unit)
    let factor = axis.unit.isEmpty ? 1 : prefix.factor
    return (
      values.map { DecimalText.significant($0 / factor) },
      axis.unit.isEmpty ? axis.label : "\(axis.label) (\(prefix.symbol)\(axis.unit))"
    )
  }
}

extension XYPainter {
  /// The words beside marks for which there is room.
  func labels(_ series: [[XYChart.Point]]) -> [Markup] {
    var placed: [Box] = []
    var content: [Markup] = []
    for point in series.joined() where point.label?.isEmpty == false {
      let text = TextWidth.shortened(
        point.label ?? "", size: FigureStyle.textSize, limit: frame.plot.width / 2)
      let width = TextWidth.of(text, size: FigureStyle.textSize)
      let (x, y) = position(point)
      let left = x + 8 + width > frame.plot.right + 20 ? x - 8 - width : x + 8
      let box = Box(x: left, y: max(y - 18, frame.plot.y - 12), width: width, height: 14)
      guard !placed.contains(where: box.overlaps) else { continue }
      placed.append(box)
      content.append(SVG.text(text, x: left, y: box.y + 11, class: "halo"))
    }
    return content
  }

  /// The horizontal axis below the plot.
  func axis() -> [Markup] {
    let plot = frame.plot
    var content: [Markup] = []
    var lastRight = -Double.infinity
    for value in horizontal.ticks.values {
      let x = plot.x + horizontal.position(value) * plot.width
      content.append(
        SVG.path("M\(SVG.point(x, plot.bottom))v5", class: "axis"))
      let text = horizontal.text(value)
      let half = TextWidth.of(text, size: FigureStyle.textSize) / 2
      guard x - half > lastRight + 4 else { continue }
      lastRight = x + half
      content.append(SVG.text(text, x: x, y: plot.bottom + 20, anchor: .middle, class: "muted"))
    }
    content.append(
      SVG.path("M\(SVG.point(plot.x, plot.bottom))H\(SVG.number(plot.right))", class: "axis"))
    content.append(
      SVG.text(
        horizontal.caption, x: plot.centerX, y: plot.bottom + 42, anchor: .middle, class: "muted"))
    return content
  }
}
