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

  func position(_ point: XYChart.Point) -> (x: Double, y: Double) {
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
