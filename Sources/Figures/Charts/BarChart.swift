import Foundation

/// Groups of bars: one group per category, one bar per series in each.
package struct BarChart: Sendable {
  /// What stands above the chart.
  package var title: String
  /// The groups of bars, from left to right.
  package var categories: [String]
  /// The axis of the values; it is linear and starts at zero.
  package var vertical: ChartAxis
  /// The bars that each group has.
  package var series: [Series]
  /// The width of the drawing, in pixels.
  package var width: Double
  /// The height of the plot alone, in pixels.
  package var plotHeight: Double

  /// A chart; sizes below the least are raised to it.
  package init(
    title: String, categories: [String], vertical: ChartAxis, series: [Series],
    width: Double = 720, plotHeight: Double = 280
  ) {
    self.title = title
    self.categories = categories
    self.vertical = vertical
    self.vertical.scale = .linear
    self.vertical.includesZero = true
    self.series = series
    self.width = max(240, width)
    self.plotHeight = max(80, plotHeight)
  }

  /// One value per category; a missing or infinite value has no bar.
  package struct Series: Hashable, Sendable {
    /// What the legend calls the bars.
    package var name: String
    /// A value for each category.
    package var values: [Double]

    /// The bars of one color.
    package init(_ name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }
}

extension BarChart {
  /// Draws the chart.
  ///
  /// - Complexity: O(*n*) in the number of bars.
  package func figure() -> Figure {
    let values = series.flatMap { $0.values.prefix(categories.count).filter(vertical.shows) }
    let layout = AxisLayout(vertical, values: values, tickCount: 6)
    // Bars of many categories make the drawing wider rather than invisible.
    let groupWidth = max(
      (width - 110) / Double(max(1, categories.count)), Double(series.count) * 5 + 4, 16)
    let width = max(width, groupWidth * Double(categories.count) + 110)
    let labels = categories.map {
      TextWidth.shortened($0, size: FigureStyle.textSize, limit: 150)
    }
    let widest = labels.map { TextWidth.of($0, size: FigureStyle.textSize) }.max() ?? 0
    let isTurned = widest > groupWidth - 8
    let frame = ChartFrame(
      title: title, width: width, plotHeight: plotHeight, legend: legend, vertical: layout,
      bottomMargin: isTurned ? widest * 0.71 + 34 : 40,
      leastLeftMargin: isTurned ? widest * 0.71 + 12 - groupWidth / 2 : 0)
    var content = frame.content
    let pitch = frame.plot.width / Double(max(1, categories.count))
    for (index, label) in labels.enumerated() {
      let center = frame.plot.x + (Double(index) + 0.5) * pitch
      content.append(SVG.group(bars(of: index, center: center, pitch: pitch, in: frame)))
      content.append(categoryLabel(label, at: center, isTurned, in: frame))
    }
    return Figure(
      summary: "\(title): \(vertical.label) by \(series.map(\.name).joined(separator: ", "))",
      width: width, height: frame.height, content: content)
  }

  private var legend: [ChartLegend.Entry] {
    guard series.count > 1 else { return [] }
    return series.enumerated().map { index, series in
      ChartLegend.Entry(name: series.name) { x, y in
        let box = Box(x: x - 7, y: y - 6, width: 14, height: 12)
        return [SVG.rectangle(box, radius: 2, class: Self.fillClass(index))]
      }
    }
  }

  private func bars(
    of category: Int, center: Double, pitch: Double, in frame: ChartFrame
  ) -> [Markup] {
    let barWidth = min(56, pitch * 0.76 / Double(max(1, series.count)))
    let left = center - barWidth * Double(series.count) / 2
    var content: [Markup] = []
    for (index, series) in series.enumerated() where category < series.values.count {
      let value = series.values[category]
      guard vertical.shows(value) else { continue }
      let text = EngineeringNumber.text(value, unit: vertical.unit)
      let (top, bottom) = (frame.y(max(value, 0)), frame.y(min(value, 0)))
      let bar = Box(
        x: left + Double(index) * barWidth + barWidth * 0.04, y: top, width: barWidth * 0.92,
        height: bottom - top)
      content.append(
        SVG.rectangle(
          bar, class: Self.fillClass(index),
          tooltip: "\(categories[category])\n\(series.name): \(text)"))
      if TextWidth.of(text, size: FigureStyle.detailSize) < barWidth * 1.05 {
        let y = value < 0 ? bottom + 13 : top - 4
        content.append(
          SVG.text(text, x: bar.centerX, y: y, anchor: .middle, class: "detail halo"))
      }
    }
    return content
  }

  private func categoryLabel(
    _ label: String, at x: Double, _ isTurned: Bool, in frame: ChartFrame
  ) -> Markup {
    isTurned
      ? SVG.text(
        label, x: x + 4, y: frame.plot.bottom + 16, anchor: .end, class: "muted", rotated: -45)
      : SVG.text(label, x: x, y: frame.plot.bottom + 20, anchor: .middle, class: "muted")
  }

  private static func fillClass(_ index: Int) -> String {
    "fill-\(Ink.series[index % Ink.series.count].rawValue)"
  }
}
