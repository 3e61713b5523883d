/// The parts that all charts share: title, legend, vertical axis and the box into which data are
/// drawn.
struct ChartFrame {
  /// The box of the data.
  let plot: Box
  let width: Double
  let height: Double
  /// The title, the legend and the vertical axis.
  let content: [Markup]
  private let vertical: AxisLayout

  init(
    title: String, width: Double, plotHeight: Double, legend entries: [ChartLegend.Entry],
    vertical: AxisLayout, bottomMargin: Double, leastLeftMargin: Double = 0
  ) {
    let texts = vertical.ticks.values.map(vertical.text)
    let tickWidth = texts.map { TextWidth.of($0, size: FigureStyle.textSize) }.max() ?? 0
    let left = max(42 + tickWidth, leastLeftMargin).rounded(.up)
    let legend = ChartLegend(entries, x: left, y: 30, width: width - left - 16)
    plot = Box(
      x: left, y: 30 + legend.height + 14, width: max(80, width - left - 24), height: plotHeight)
    self.width = width
    self.vertical = vertical
    height = plot.bottom + bottomMargin
    let heading = TextWidth.shortened(title, size: 16, limit: width - 20)
    content =
      [SVG.text(heading, x: 12, y: 20, class: "title")] + legend.content
      + Self.axis(vertical, texts, beside: plot)
  }

  /// The height of a value in the drawing.
  func y(_ value: Double) -> Double { plot.bottom - vertical.position(value) * plot.height }

  private static func axis(_ layout: AxisLayout, _ texts: [String], beside plot: Box) -> [Markup] {
    var content: [Markup] = []
    for (value, text) in zip(layout.ticks.values, texts) {
      let y = plot.bottom - layout.position(value) * plot.height
      let line = "M\(SVG.point(plot.x, y))H\(SVG.number(plot.right))"
      content.append(SVG.path(line, class: value == 0 ? "axis" : "grid"))
      content.append(SVG.text(text, x: plot.x - 8, y: y + 4, anchor: .end, class: "muted"))
    }
    let caption = TextWidth.shortened(
      layout.caption, size: FigureStyle.textSize, limit: plot.height + 40)
    content.append(
      SVG.text(caption, x: 18, y: plot.centerY, anchor: .middle, class: "muted", rotated: -90))
    return content
  }
}
