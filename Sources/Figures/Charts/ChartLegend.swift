/// The names of series in rows above the plot, where they cover no data.
struct ChartLegend {
  let content: [Markup]
  let height: Double

  /// A name with the drawing of its sample around a point.
  struct Entry {
    var name: String
    var sample: (_ x: Double, _ y: Double) -> [Markup]
  }

  /// Sets the entries from left to right into rows of the given width.
  init(_ entries: [Entry], x left: Double, y top: Double, width: Double) {
    var x = left
    var y = top + Self.rowHeight / 2
    var content: [Markup] = []
    for entry in entries {
      let name = TextWidth.shortened(
        entry.name, size: FigureStyle.textSize, limit: width - Self.textOffset)
      let entryWidth = Self.textOffset + TextWidth.of(name, size: FigureStyle.textSize)
      if x > left && x + entryWidth > left + width {
        x = left
        y += Self.rowHeight
      }
      content += entry.sample(x + Self.sampleWidth / 2, y)
      content.append(SVG.text(name, x: x + Self.textOffset, y: y + 4))
      x += entryWidth + Self.gap
    }
    self.content = content
    height = entries.isEmpty ? 0 : y + Self.rowHeight / 2 - top
  }

  private static let rowHeight = 20.0
  private static let sampleWidth = 22.0
  private static let textOffset = 28.0
  private static let gap = 20.0
}
