import Figures
import NetworkModel

/// Who is busy when, from the start to the end of the first period.
struct ScheduleCharts {
  private let details: PointDetails
  private let mostBars: Int
  /// The lanes that are shown, and the row of each lane.
  private let lanes: [Int]
  private let rowOfLane: [Int?]
  /// Whether any block has more than one phase.
  private let hasPhases: Bool

  init(_ details: PointDetails, mostBars: Int) {
    self.details = details
    self.mostBars = mostBars
    lanes = Self.busiest(details.trace)
    var rows = Array(repeating: Int?.none, count: details.trace.lanes.count)
    for (row, lane) in lanes.enumerated() { rows[lane] = row }
    rowOfLane = rows
    hasPhases = details.trace.events.contains { $0.phase > 0 }
  }

  /// One chart, or two where the transient would leave too little room for the period.
  func figures() -> [(name: String, figure: Figure)] {
    let trace = details.trace
    let (start, end) = (trace.periodStart, trace.periodStart + trace.period)
    guard !lanes.isEmpty, start >= 0, trace.period > 0, end.isFinite else { return [] }
    let spans = [
      GanttChart.Span(trace.span.lowercased(), start: start, end: end),
      GanttChart.Span("transient", start: 0, end: start),
    ].filter { $0.end > $0.start }
    let whole = figure(
      start > 0 ? "Transient, and \(trace.span.lowercased())" : trace.span, 0...end, spans)
    guard start > Self.longTransient * trace.period else { return [("gantt", whole)] }
    let period = figure(trace.span, start...end, [])
    return [("gantt", period), ("gantt-transient", whole)]
  }

  private func figure(
    _ title: String, _ window: ClosedRange<Double>, _ spans: [GanttChart.Span]
  ) -> Figure {
    var chart = GanttChart(
      title: title, rows: lanes.map { details.trace.lanes[$0] },
      pieceKeys: hasPhases ? ["phase", "firing"] : ["firing"],
      horizontal: ChartAxis("time", unit: "s", isTight: true), spans: spans, width: 1_080,
      rowHeight: 26)
    let thinning = TraceThinning(
      details.trace, window: window, rowOfLane: rowOfLane, columns: Int(chart.plotWidth),
      limit: mostBars)
    chart.works = works(thinning.pieces, from: window.lowerBound)
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
        + "\(QuantityText.count(thinning.pieces.count)) bars, fainter where they are less busy; grey ones belong "
        + "to several blocks."
    }
    if lanes.count < details.trace.lanes.count {
      words += " The \(lanes.count) busiest of \(details.trace.lanes.count) rows are shown."
    }
    return words
  }

  /// The pieces by block, kind, and whether they stand for one piece of work or for several.
  private func works(_ pieces: [TraceThinning.Piece], from origin: Double) -> [GanttChart.Work] {
    let order = pieces.indices.sorted { left, right in
      let (first, second) = (key(pieces[left]), key(pieces[right]))
      return first == second ? left < right : first.lexicographicallyPrecedes(second)
    }
    var works: [GanttChart.Work] = []
    var last: [Int] = []
    for index in order {
      let piece = pieces[index]
      let key = key(piece)
      if key.first != last.first {
        works.append(
          .init(
            piece.block < 0 ? "several blocks" : blockName(piece.block),
            color: piece.block < 0 ? nil : Int(piece.block) % Ink.series.count, parts: []))
      }
      let work = works.count - 1
      if key != last { works[work].parts.append(part(piece, works[work].name)) }
      works[work].parts[works[work].parts.count - 1].pieces.append(
        .init(
          row: piece.lane, start: piece.start - origin, end: piece.end - origin,
          numbers: numbers(piece)))
      last = key
    }
    return works
  }

  private func key(_ piece: TraceThinning.Piece) -> [Int] {
    [Int(piece.block), Int(piece.kind.rawValue), piece.count > 1 ? fifths(piece) : 0]
  }

  /// How much of the time of work that is taken together is busy, from 1 to 5 fifths.
  private func fifths(_ piece: TraceThinning.Piece) -> Int {
    min(5, max(1, Int((share(piece) * 5).rounded(.up))))
  }

  private func share(_ piece: TraceThinning.Piece) -> Double {
    let span = piece.end - piece.start
    return span > 0 ? min(1, piece.busy / span) : 1
  }

  private func part(_ piece: TraceThinning.Piece, _ name: String) -> GanttChart.Part {
    let place: GanttChart.Place =
      switch piece.kind {
      case .read: .upper
      case .execute: .whole
      case .write: .lower
      }
    return .init(
      "\(name): \(piece.kind.name)", place: place,
      keys: piece.count > 1 ? ["pieces of work", "busy (%)"] : nil,
      density: piece.count > 1 ? Double(fifths(piece)) / 5 : 1)
  }

  private func numbers(_ piece: TraceThinning.Piece) -> [Double] {
    guard piece.count == 1 else {
      return [Double(piece.count), (share(piece) * 1_000).rounded() / 10]
    }
    let event = details.trace.events[piece.event]
    return (hasPhases ? [Double(event.phase)] : []) + [Double(event.firing)]
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
  private static let longTransient = 1.5
}
