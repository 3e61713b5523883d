import Figures

/// Which block runs where.
struct MappingTable {
  private let details: PointDetails
  private let mostRows: Int

  init(_ details: PointDetails, mostRows: Int) {
    self.details = details
    self.mostRows = mostRows
  }

  /// A row per block, or a row per element where there are too many blocks.
  func table() -> Table {
    details.network.blocks.count <= mostRows ? blockTable() : elementTable()
  }

  private func blockTable() -> Table {
    let blocks = details.network.blocks
    var columns: [Table.Column] = [.init("block"), .init("operation"), .init("element")]
    var texts = [
      blocks.map(\.name), blocks.map(\.operation), details.elementOfBlock.map(elementName),
    ]
    let quantities: [(String, String, [Double?])] = [
      ("time per inference", "s", blocks.map(\.seconds)),
      ("weights", "B", blocks.map(\.weightBytes)),
    ]
    for (title, unit, values) in quantities where values.contains(where: { $0 != nil }) {
      let (column, cells) = QuantityText.column(title, unit: unit, values)
      columns.append(column)
      texts.append(cells)
    }
    var table = Table(
      columns: columns, rows: blocks.indices.map { row in texts.map { $0[row] } },
      caption: "Which element runs each block.")
    table.isSortable = true
    return table
  }

  private func elementTable() -> Table {
    var members = Array(repeating: [Int](), count: details.elements.count)
    for (block, element) in details.elementOfBlock.enumerated() {
      if let element { members[element].append(block) }
    }
    let used = members.indices.filter { !members[$0].isEmpty }.prefix(mostRows)
    let seconds = used.map { element -> Double? in
      let known = members[element].compactMap { details.network.blocks[$0].seconds }
      return known.isEmpty ? nil : known.reduce(0, +)
    }
    let (time, texts) = QuantityText.column("time per inference", unit: "s", seconds)
    var table = Table(
      columns: [.init("element"), .number("blocks"), time, .init("among them")],
      rows: zip(used, texts).map { element, text in
        [details.elements[element], "\(members[element].count)", text, names(members[element])]
      },
      caption: "\(QuantityText.count(details.network.blocks.count)) blocks, summed up by element.")
    table.isSortable = true
    return table
  }

  private func names(_ blocks: [Int]) -> String {
    let names = blocks.prefix(Self.mostNames).map { details.network.blocks[$0].name }
    return names.joined(separator: ", ") + (blocks.count > names.count ? ", …" : "")
  }

  private func elementName(_ element: Int?) -> String {
    element.map { details.elements[$0] } ?? QuantityText.missing
  }

  private static let mostNames = 4
}
