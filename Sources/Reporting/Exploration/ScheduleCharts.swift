/// Who is busy when, from the start to the end of the first period.
struct ScheduleCharts {
  private let details: PointDetails
  private let mostBars: Int
  /// The lanes that are shown, and the row of each lane.
  private let lanes: [Int]
  private let rowOfLane: [Int?]

  init(_ details: PointDetails, mostBars: Int) {
    self.details = details
    self.mostBars = mostBars
    lanes = Self.busiest(details.trace)
    var rows = Array(repeating: Int?.none, count: details.trace.lanes.count)
    for (row, lane) in lanes.enumerated() { rows[lane] = row }
    rowOfLane = rows
  }

  /// One chart, or two where the transient would leave too little room for the period.
  func figures() -> [(name: String, figure: Figure)] {
    let trace = details.trace
    let (start, end) = (trace.periodStart, trace.periodStart + trace.period)
    guard !lanes.isEmpty, start >= 0, trace.period > 0, end.isFinite else { return [] }
    let spans = [
      GanttChart.Span("one period", start: start, end: end),
      GanttChart.Span("transient", start: 0, end: start),
    ].filter { $0.end > $0.start }
    let whole = figure(
      start > 0 ? "Transient and one period" : "One period", 0...end, spans)
    guard start > Self.longTransient * trace.period else { return [("gantt", whole)] }
    let period = figure("One period", start...end, [])
    return [("gantt", period), ("gantt-transient", whole)]
  }

  private func figure(
    _ title: String, _ window: ClosedRange<Double>, _ spans: [GanttChart.Span]
  ) -> Figure {
    var chart = GanttChart(
      title: title, rows: lanes.map { details.trace.lanes[$0] }, bars: [],
      horizontal: ChartAxis("time", unit: "s"), spans: spans, width: 1_080, rowHeight: 26)
    let thinning = TraceThinning(
      details.trace, window: window, rowOfLane: rowOfLane, columns: Int(chart.plotWidth),
      limit: mostBars)
    chart.bars = thinning.pieces.map { bar($0, from: window.lowerBound) }
    chart.note = note(thinning)
    return chart.figure()
  }

  private func note(_ thinning: TraceThinning) -> String {
    var words =
      "Whole bars execute; upper halves read, lower halves write. A colour is a block; point at it "
      + "to see all of its work."
    if thinning.pieces.count < thinning.eventCount {
      let least = EngineeringNumber.text(thinning.resolution, unit: "s", digits: 2)
      words +=
        " Work shorter than \(least) is taken together: "
        + "\(QuantityText.count(thinning.eventCount)) pieces of work, "
        + "\(QuantityText.count(thinning.pieces.count)) bars; grey ones belong to several blocks."
    }
    if lanes.count < details.trace.lanes.count {
      words += " The \(lanes.count) busiest of \(details.trace.lanes.count) rows are shown."
    }
    return words
  }

  private func bar(_ piece: TraceThinning.Piece, from origin: Double) -> GanttChart.Bar {
    let isMixed = piece.block < 0
    let name = blockName(piece.block)
    let places: [PointDetails.EventKind: GanttChart.Place] = [
      .read: .upper, .execute: .whole, .write: .lower,
    ]
    return GanttChart.Bar(
      row: piece.lane, start: piece.start - origin, end: piece.end - origin,
      label: label(piece, name, origin), color: isMixed ? nil : Int(piece.block) % 8,
      caption: isMixed ? "" : name, place: places[piece.kind] ?? .whole,
      group: isMixed ? nil : Int(piece.block))
  }

  private func label(
    _ piece: TraceThinning.Piece, _ name: String, _ origin: Double
  ) -> String {
    let start = EngineeringNumber.text(piece.start - origin, unit: "s")
    let end = EngineeringNumber.text(piece.end - origin, unit: "s")
    let times = "\(start) to \(end)"
    guard piece.count == 1 else {
      let span = piece.end - piece.start
      let share = span > 0 ? ", busy \(QuantityText.share(min(1, piece.busy / span)))" : ""
      let whose = piece.block < 0 ? "several blocks" : name
      return "\(whose): \(piece.kind.name), \(piece.count) times\n\(times)\(share)"
    }
    let event = details.trace.events[piece.event]
    return "\(name): \(piece.kind.name), phase \(event.phase), firing \(event.firing)\n\(times)"
  }

  private func blockName(_ block: Int32) -> String {
    let blocks = details.network.blocks
    return blocks.indices.contains(Int(block)) ? blocks[Int(block)].name : "block \(block)"
  }

  /// The lanes that work the most, in their order.
  private static func busiest(_ trace: PointDetails.Trace) -> [Int] {
    guard trace.lanes.count > mostLanes else { return Array(trace.lanes.indices) }
    var busy = Array(repeating: 0.0, count: trace.lanes.count)
    for event in trace.events where busy.indices.contains(Int(event.lane)) {
      let duration = event.end - event.start
      if duration.isFinite { busy[Int(event.lane)] += duration }
    }
    return busy.indices.sorted { (-busy[$0], $0) < (-busy[$1], $1) }.prefix(mostLanes).sorted()
  }

  private static let mostLanes = 48
  private static let longTransient = 4.0
}
