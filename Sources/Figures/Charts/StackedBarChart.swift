/// What the whole of each row consists of: one bar per row, one part per series.
package struct StackedBarChart: Sendable {
  /// What stands above the chart.
  package var title: String
  /// The bars, from top to bottom.
  package var rows: [Row]
  /// What the parts of bars stand for, from left to right.
  package var series: [Series]
  /// The unit of the values, for the words at the parts.
  package var unit: String
  /// What is said below the drawing.
  package var note: String
  /// The width of the drawing, in pixels.
  package var width: Double

  /// A chart of bars that lie.
  package init(
    title: String, rows: [Row], series: [Series], unit: String = "", note: String = "",
    width: Double = 720
  ) {
    self.title = title
    self.rows = rows
    self.series = series
    self.unit = unit
    self.note = note
    self.width = max(320, width)
  }

  /// One value per series; what is not a positive number has no part.
  package struct Row: Hashable, Sendable {
    /// What stands beside the bar.
    package var name: String
    /// The length of each part, one for each series.
    package var values: [Double]

    /// A bar with its parts.
    package init(_ name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What the parts of one color stand for.
  package struct Series: Hashable, Sendable {
    /// What the legend calls it.
    package var name: String
    /// The place of its color among those of all series; nil is the ground of the bars.
    package var color: Int?
    /// Whether its parts are in the share that is written at the end of each bar.
    package var isCounted: Bool

    /// Parts with the place of their color; nil means gray.
    package init(_ name: String, color: Int?, isCounted: Bool = true) {
      self.name = name
      self.color = color
      self.isCounted = isCounted && color != nil
    }
  }
}

extension StackedBarChart {
  /// Draws the chart.
  ///
  /// - Complexity: O(*n*) in the number of parts.
  package func figure() -> Figure {
    let names = rows.map { TextWidth.shortened($0.name, size: FigureStyle.textSize, limit: 170) }
    let widest = names.map { TextWidth.of($0, size: FigureStyle.textSize) }.max() ?? 0
    let left = widest + 24
    let legend = ChartLegend(entries, x: left, y: 30, width: width - left - 16)
    let plot = Box(
      x: left, y: 30 + legend.height + 8, width: max(80, width - left - 56),
      height: Double(max(1, rows.count)) * Self.pitch)
    var content = [
      SVG.text(
        TextWidth.shortened(title, size: 16, limit: width - 20), x: 12, y: 20, class: "title")
    ]
    content += legend.content
    for (index, row) in rows.enumerated() {
      let y = plot.y + Double(index) * Self.pitch
      content.append(
        SVG.text(
          names[index], x: plot.x - 8, y: y + Self.pitch / 2 + 4, anchor: .end, class: "muted"))
      content += bar(row, in: Box(x: plot.x, y: y + 4, width: plot.width, height: Self.pitch - 8))
    }
    let note = ChartNote(note, x: 12, y: plot.bottom + 4, width: width - 24)
    return Figure(
      summary: "\(title): shares of \(series.map(\.name).joined(separator: ", "))", width: width,
      height: plot.bottom + 14 + note.height, content: content + note.content)
  }

  private var entries: [ChartLegend.Entry] {
    series.indices.map { index in
      ChartLegend.Entry(name: series[index].name) { x, y in
        let box = Box(x: x - 9, y: y - 6, width: 18, height: 12)
        return [SVG.rectangle(box, radius: 2, class: fillClass(index))]
      }
    }
  }

  private func bar(_ row: Row, in box: Box) -> [Markup] {
    let values = row.values.prefix(series.count).map { $0.isFinite ? max(0, $0) : 0 }
    let sum = values.reduce(0, +)
    guard sum > 0 else { return [SVG.rectangle(box, radius: 2, class: "ground")] }
    var content: [Markup] = []
    var x = box.x
    for (index, value) in values.enumerated() where value > 0 {
      let part = Box(x: x, y: box.y, width: box.width * value / sum, height: box.height)
      let share = QuantityText.share(value / sum)
      let words =
        "\(row.name)\n\(series[index].name): \(share)"
        + (unit.isEmpty ? "" : ", \(EngineeringNumber.text(value, unit: unit))")
      content.append(SVG.rectangle(part, class: fillClass(index), tooltip: words))
      x = part.right
    }
    let rest = series.indices.filter { !series[$0].isCounted && $0 < values.count }
    let busy = 1 - rest.reduce(0) { $0 + values[$1] } / sum
    let text = DecimalText.fixed(busy * 100, digits: busy < 0.1 ? 1 : 0) + " %"
    content.append(SVG.text(text, x: box.right + 8, y: box.centerY + 4, class: "muted"))
    return content
  }

  private func fillClass(_ index: Int) -> String {
    guard let color = series[index].color else { return "ground" }
    return "fill-\(Ink.series[color % Ink.series.count].rawValue)"
  }

  private static let pitch = 26.0
}
