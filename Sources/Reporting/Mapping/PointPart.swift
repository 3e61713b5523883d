import Figures
import MappingModel

/// The part of the report that shows one design point in detail.
struct PointPart {
  /// The drawings of the point, each with the path of its file.
  let figures: [ExplorationPage.NamedFigure]
  private let index: Int
  private let point: ReportedPoint
  private let details: PointDetails
  private let objectives: [ExplorationReport.Objective]
  private let detail: PointDetail
  private let schedules: [Figure]
  private let loads: Figure?
  private let memories: MemoryCharts
  private let network: Figure

  init(
    index: Int, point: ReportedPoint, details: PointDetails,
    _ objectives: [ExplorationReport.Objective], _ detail: PointDetail
  ) {
    self.index = index
    self.point = point
    self.details = details
    self.objectives = objectives
    self.detail = detail
    let charts = ScheduleCharts(details, mostBars: detail.bars).figures()
    schedules = charts.map(\.figure)
    loads = LoadChart(details.loads).figure()
    memories = MemoryCharts(details, limit: detail.memories)
    network = MappedNetworkDrawing(details, mostNodes: detail.nodes).figure()
    let folder = "points/\(Self.number(index))/"
    figures =
      charts.map { .init(path: folder + $0.name + ".svg", figure: $0.figure) }
      + (loads.map { [.init(path: folder + "load.svg", figure: $0)] } ?? [])
      + memories.figures.enumerated().map {
        .init(path: folder + "memory-\($0 + 1).svg", figure: $1)
      }
      + [.init(path: folder + "network.svg", figure: network)]
  }

  /// The anchor of a point.
  static func anchor(_ index: Int) -> String { "point-\(index + 1)" }

  /// The number and the name of a point.
  static func title(_ index: Int, _ point: ReportedPoint) -> String {
    "Point \(index + 1)" + (point.name.isEmpty ? "" : ": \(point.name)")
  }

  /// The number of a point in the names of folders.
  private static func number(_ index: Int) -> String {
    let digits = "\(index + 1)"
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}

extension PointPart {
  func section(isOpen: Bool) -> HTMLReport.Section {
    let brief = zip(objectives, point.objectives)
      .map { "\($0.name) \(QuantityText.text($1, unit: $0.unit))" }.joined(separator: ", ")
    return HTMLReport.Section(
      Self.title(index, point), content(),
      kind: .folded(anchor: Self.anchor(index), brief: brief, isOpen: isOpen))
  }

  private func content() -> [HTMLReport.Content] {
    var content: [HTMLReport.Content] = point.evaluation.violations.map {
      .warning($0.description)
    }
    let words = [point.bound, point.relaxation].filter { !$0.isEmpty }
    if !words.isEmpty { content.append(.note(words.joined(separator: " "))) }
    content.append(.facts(MeasureFacts(point.evaluation).facts()))
    if !schedules.isEmpty {
      content.append(.subheading("Schedule"))
      content += schedules.map { .figure($0, caption: "") }
    }
    if let loads { content += [.subheading("Load"), .figure(loads, caption: "")] }
    content += stalls()
    content += memoryContent()
    content.append(.subheading("Mapping"))
    let table = MappingTable(details, mostRows: detail.rows).table()
    content.append(.pair(.figure(network, caption: ""), .table(table)))
    if !point.files.isEmpty { content.append(.files(point.files)) }
    return content
  }

  private func stalls() -> [HTMLReport.Content] {
    let worst = details.stalls.filter { $0.seconds > 0 }.sorted { $0.seconds > $1.seconds }
    guard !worst.isEmpty else { return [] }
    let shown = worst.prefix(Self.mostStalls)
    let (column, texts) = QuantityText.column(
      "waits per period", unit: "s", shown.map(\.seconds))
    let left = worst.count - shown.count
    let table = Table(
      columns: [.init("block"), .init("waits for room before"), column],
      rows: zip(shown, texts).map { [$0.block, $0.reader, $1] },
      caption: "Blocks that wait because a buffer is full"
        + (left > 0 ? "; \(left) shorter waits are left out." : "."))
    return [.table(table)]
  }

  private func memoryContent() -> [HTMLReport.Content] {
    var content: [HTMLReport.Content] = []
    let memories = point.evaluation.memories
    if !self.memories.figures.isEmpty || !memories.isEmpty {
      content.append(.subheading("Memory"))
    }
    if !memories.isEmpty {
      let (bytes, byteTexts) = QuantityText.column(
        "reserved", unit: "B", memories.map { Double($0.bytes) })
      let (capacity, capacityTexts) = QuantityText.column(
        "capacity", unit: "B", memories.map { $0.capacity.map { Double($0) } })
      let shares = memories.map { memory in
        memory.capacity.map { $0 > 0 ? QuantityText.share(Double(memory.bytes) / Double($0)) : "" }
          ?? QuantityText.missing
      }
      let rows = memories.indices.map {
        [memories[$0].name, byteTexts[$0], capacityTexts[$0], shares[$0]]
      }
      let table = Table(
        columns: [.init("memory"), bytes, capacity, .number("share")], rows: rows)
      content.append(.table(table))
    }
    if !self.memories.figures.isEmpty { content.append(.gallery(self.memories.figures)) }
    if !self.memories.remark.isEmpty { content.append(.paragraph(self.memories.remark)) }
    return content
  }

  private static let mostStalls = 12
}
