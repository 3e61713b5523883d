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
    figures = curves.indices.filter(kept.contains).map { Self.figure(curves[$0], end: end) }
    remark =
      kept.count < curves.count
      ? "Drawn are the \(kept.count) fullest of \(curves.count) memories." : ""
  }

  /// How full a memory gets; without a capacity, its bytes.
  private static func fill(_ curve: PointDetails.MemoryCurve) -> Double {
    let peak = curve.steps.lazy.map(\.bytes).filter(\.isFinite).max() ?? 0
    return curve.capacity.map { $0 > 0 ? peak / $0 : .infinity } ?? peak
  }

  private static func figure(_ curve: PointDetails.MemoryCurve, end: Double) -> Figure {
    let steps = curve.steps.filter { $0.time.isFinite && $0.bytes.isFinite }
    var points = steps.map { XYChart.Point($0.time, $0.bytes) }
    let last = max(end, points.last?.x ?? 0)
    if let final = points.last, final.x < last { points.append(.init(last, final.y)) }
    let peak = steps.max { $0.bytes < $1.bytes }
    var series: [XYChart.Series] = [.init("in use", style: .steps, points: points, color: 0)]
    if let peak {
      let label = "peak \(EngineeringNumber.text(peak.bytes, unit: "B"))"
      series.append(
        .init(
          "peak", style: .points, points: [.init(peak.time, peak.bytes, label: label)], color: 5))
    }
    var note = ""
    if let capacity = curve.capacity {
      if capacity <= (peak?.bytes ?? 0) * Self.mostTimesPeak {
        series.append(
          .init(
            "capacity", style: .limit, points: [.init(0, capacity), .init(last, capacity)]))
      } else {
        note = "The capacity, \(EngineeringNumber.text(capacity, unit: "B")), lies far above."
      }
    }
    return XYChart(
      title: curve.name, horizontal: ChartAxis("time", unit: "s", includesZero: true, isTight: true),
      vertical: ChartAxis("memory", unit: "B", includesZero: true), series: series, note: note,
      width: 540, plotHeight: 180
    ).figure()
  }

  private static let mostTimesPeak = 3.0
}
