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
