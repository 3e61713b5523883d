import Figures

/// What lies in the memories over time.
struct MemoryCharts {
  let figures: [Figure]
  /// What is left out.
  let remark: String

  /// Draws the memories that are the fullest.
  init(_ details: PointDetails, limit: Int) {
    let curves = details.memories.filter { !$0.steps.isEmpty }
    let end = details.trace.periodStart + details.trace.period
    let kept = Set(
      curves.indices.sorted { (-Self.fill(curves[$0]), $0) < (-Self.fill(curves[$1]), $1) }
        .prefix(limit))
    figures = curves.indices.filter(kept.contains).map {
      Self.figure(curves[$0], end: end, details.trace.span)
    }
    remark =
      kept.count < curves.count
      ? "Drawn are the \(kept.count) fullest of \(curves.count) memories." : ""
  }

  /// How full a memory gets; without a capacity, its bytes.
  private static func fill(_ curve: PointDetails.MemoryCurve) -> Double {
    var peak = 0.0
    for step in curve.steps where step.bytes.isFinite { peak = max(peak, step.bytes) }
    return curve.capacity.map { $0 > 0 ? peak / $0 : .infinity } ?? peak
  }

  private static func figure(
    _ curve: PointDetails.MemoryCurve, end: Double, _ span: String
  ) -> Figure {
    let steps = thinned(curve.steps)
    var points = steps.map { XYChart.Point($0.time, $0.bytes) }
    let last = max(end.isFinite ? end : 0, points.last?.x ?? 0)
    if let final = points.last, final.x < last { points.append(.init(last, final.y)) }
    let peak = steps.max { $0.bytes < $1.bytes }
    var series: [XYChart.Series] = [.init("filled", style: .steps, points: points, color: 0)]
    if let peak {
      let label = "most filled \(EngineeringNumber.text(peak.bytes, unit: "B"))"
      series.append(
        .init(
          "peak", style: .points, points: [.init(peak.time, peak.bytes, label: label)], color: 5))
    }
    var notes: [String] = []
    if steps.count < curve.steps.count {
      notes.append(
        "Drawn through the first, lowest, highest and last value of each pixel: "
          + "\(QuantityText.count(steps.count)) of \(QuantityText.count(curve.steps.count)).")
    }
    if let capacity = curve.capacity {
      if capacity <= (peak?.bytes ?? 0) * Self.mostTimesPeak {
        series.append(
          .init(
            "capacity", style: .limit, points: [.init(0, capacity), .init(last, capacity)]))
      } else {
        notes.append(
          "The capacity, \(EngineeringNumber.text(capacity, unit: "B")), lies far above.")
      }
    }
    return XYChart(
      title: "\(curve.name): \(span.lowercased())",
      horizontal: ChartAxis("time", unit: "s", includesZero: true, isTight: true),
      vertical: ChartAxis("memory", unit: "B", includesZero: true), series: series,
      note: notes.joined(separator: " "), width: width, plotHeight: 160
    ).figure()
  }

  /// The steps that pixels can show, by time.
  private static func thinned(
    _ steps: [(time: Double, bytes: Double)]
  ) -> [(time: Double, bytes: Double)] {
    var steps = steps.filter { $0.time.isFinite && $0.bytes.isFinite }
    if zip(steps, steps.dropFirst()).contains(where: { $0.time > $1.time }) {
      steps.sort { $0.time < $1.time }
    }
    guard let last = steps.last?.time, last > 0 else { return steps }
    let places = steps.map { (x: $0.time / last * width, y: $0.bytes) }
    return LineThinning.kept(places, width: width).map { steps[$0] }
  }

  /// The width of a chart, in pixels.
  private static let width = HTMLReport.galleryWidth
  private static let mostTimesPeak = 3.0
}
