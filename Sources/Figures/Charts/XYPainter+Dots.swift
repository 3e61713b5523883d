extension XYPainter {
  /// Many points as one path; its attributes tell a script the numbers of each of them.
  func dots(_ index: Int, _ points: [XYChart.Point]) -> Drawing {
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
