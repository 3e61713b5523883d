package import Diagnostics
import Files
package import Foundation
package import NetworkModel
package import PlatformModel
package import Quantities
import SwiftCSV

/// A table of measured times, which go before those of the cost model.
///
/// The table is a CSV file with the columns `block`, `element`, `seconds` and, where it was measured,
/// `joules`. `block` is the name or alias of a block, or a signature (``BlockGraph/signature(of:)``), which stands
/// for all blocks that compute the same; `element` the name of an element or of its type. A name goes
/// before a signature, an element before its type. A part of a block takes its share of the time of the whole.
package struct MeasuredTimes: Hashable, Sendable {
  /// One line of the table.
  package struct Entry: Hashable, Sendable {
    /// The seconds of one inference, exactly.
    package let seconds: ExactRatio
    /// The energy of one inference, or nil where the active power of the element tells it.
    package let energy: Joules?
  }

  /// What a line is about.
  private struct Key: Hashable {
    var block: String
    var element: String
  }

  /// What errors call the file.
  package let file: String
  private var entries: [Key: Entry] = [:]
  private var lines: [(key: Key, line: Int)] = []

  /// Whether two tables hold the same entries, whatever their files are called.
  package static func == (left: Self, right: Self) -> Bool { left.entries == right.entries }

  /// Hashes the entries alone, in keeping with `==`.
  package func hash(into hasher: inout Hasher) { hasher.combine(entries) }
}

extension MeasuredTimes {
  /// The columns in the order in which they are written.
  package static let columns = ["block", "element", "seconds", "joules"]

  /// Reads a table from the bytes of a CSV file.
  ///
  /// - Throws: ``MeasuredTimesError`` naming the file and the line.
  package init(_ data: Data, file: String) throws {
    self.file = file
    if let found = FileKind.found(inPlaceOfText: data) {
      throw MeasuredTimesError(file: file, line: nil, reason: "\(found); expected a CSV table")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw MeasuredTimesError(file: file, line: nil, reason: "the file is not text in UTF-8")
    }
    guard data.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2) else {
      throw MeasuredTimesError(file: file, line: nil, reason: "a quotation mark is not closed")
    }
    let table: EnumeratedCSV
    do {
      table = try EnumeratedCSV(string: text, delimiter: .comma, loadColumns: false)
    } catch {
      throw MeasuredTimesError(file: file, line: nil, reason: "it is not a CSV table")
    }
    let header = table.header.map { $0.trimmingCharacters(in: .whitespaces) }
    for (index, column) in header.enumerated() where !Self.columns.contains(column) {
      throw MeasuredTimesError(
        file: file, line: 1,
        reason: "column \(index + 1) is called \"\(column)\", expected "
          + Self.columns.joined(separator: ", "))
    }
    for column in Self.columns.dropLast() where header.count(where: { $0 == column }) != 1 {
      throw MeasuredTimesError(file: file, line: 1, reason: "expected one column \(column)")
    }
    for (index, row) in table.rows.enumerated() where row.contains(where: { !$0.isEmpty }) {
      let row = Row(header: header, cells: row, file: file, line: index + 2)
      guard row.cells.count <= header.count else {
        throw row.error(
          "\(row.cells.count) fields, expected \(header.count): \(header.joined(separator: ", "))")
      }
      try add(row)
    }
  }

  private mutating func add(_ row: Row) throws {
    let key = Key(block: try row.text("block"), element: try row.text("element"))
    guard let seconds = try row.number("seconds") else {
      throw row.error("expected a number of seconds")
    }
    guard let ratio = seconds.ratio else {
      throw row.error("seconds: expected a number below 10^38 with at most 38 decimals")
    }
    let entry = Entry(
      seconds: ratio, energy: try row.number("joules").map { Joules($0.value) })
    guard entries.updateValue(entry, forKey: key) == nil else {
      throw row.error("\(key.block) on \(key.element) is there twice")
    }
    lines.append((key, row.line))
  }

  /// The measured time of a block on an element, or nil where there is none.
  package func entry(for id: BlockID, in graph: BlockGraph, on element: Element) -> Entry? {
    let names = [element.name, element.type.name]
    func find(_ block: String) -> Entry? {
      names.lazy.compactMap { entries[Key(block: block, element: $0)] }.first
    }
    return find(graph[id].name) ?? graph.alias(of: id).flatMap(find)
      ?? find(graph.signature(of: id)) ?? share(of: id, in: graph, find)
  }

  /// The measured time of an actor of a dataflow graph on an element, or nil where there is none.
  package func entry(named name: String, on element: Element) -> Entry? {
    entries[Key(block: name, element: element.name)]
      ?? entries[Key(block: name, element: element.type.name)]
  }

  /// A part of a block that was measured as a whole takes its share of the kernels, lines and inputs.
  private func share(
    of id: BlockID, in graph: BlockGraph, _ find: (String) -> Entry?
  ) -> Entry? {
    let block = graph[id]
    guard block.name != block.origin, let step = block.steps.first else { return nil }
    let layer = graph[step.layer]
    guard layer.channelCount > 0, step.part != layer.whole,
      let whole = find(block.origin) ?? (block.steps.count == 1 ? find(layer.alias) : nil)
    else { return nil }
    let shares = layer.shares(of: step.part)
    return Entry(
      seconds: shares.reduce(whole.seconds) { $0.share($1.part, of: $1.whole) },
      energy: whole.energy.map { energy in
        shares.reduce(energy) { $0 * (Double($1.part) / Double($1.whole)) }
      })
  }

  /// A warning for each line that is about no block of the graphs, or no element.
  package func unmatched(in graphs: [BlockGraph], on platform: Platform) -> [Diagnostic] {
    var blocks: Set<String> = []
    for graph in graphs {
      for id in graph.blockIDs {
        blocks.formUnion([graph[id].name, graph[id].origin, graph.signature(of: id)])
        if let alias = graph.alias(of: id) { blocks.insert(alias) }
      }
    }
    return unmatched(blocks: blocks, on: platform, kind: "block of the network")
  }

  /// A warning for each line that is about none of these blocks or actors, or no element.
  ///
  /// - Parameter kind: What they are called.
  package func unmatched(
    blocks: Set<String>, on platform: Platform, kind: String
  ) -> [Diagnostic] {
    let elements = Set(platform.elements.flatMap { [$0.name, $0.type.name] })
    return lines.compactMap { key, line in
      if !elements.contains(key.element) {
        return Diagnostic("\(file): line \(line)", "\(platform.name) has no element \(key.element)")
      }
      guard !blocks.contains(key.block) else { return nil }
      return Diagnostic("\(file): line \(line)", "\(key.block) matches no \(kind)")
    }
  }
}

extension Layer {
  /// How many of how many kernels, lines and inputs of the whole layer a part has.
  fileprivate func shares(of part: LayerPart) -> [(part: Int, whole: Int)] {
    var shares = [(part: part.channels.count, whole: channelCount)]
    if let lines = part.lines, let all = lineCount { shares.append((lines.count, all)) }
    if let inputs = part.inputs, let all = inputCount { shares.append((inputs.count, all)) }
    return shares
  }
}

/// The cells of one line.
private struct Row {
  let header: [String]
  let cells: [String]
  let file: String
  let line: Int

  private subscript(column: String) -> String {
    guard let index = header.firstIndex(of: column), index < cells.count else { return "" }
    return cells[index].trimmingCharacters(in: .whitespaces)
  }

  func text(_ column: String) throws -> String {
    let cell = self[column]
    guard !cell.isEmpty else { throw error("expected a text in the column \(column)") }
    return cell
  }

  func number(_ column: String) throws -> DecimalNumber? {
    let cell = self[column]
    guard !cell.isEmpty else { return nil }
    guard let number = DecimalNumber(cell), number >= .zero, number.value.isFinite else {
      if let rounded = Double(cell), rounded >= 0, rounded.isFinite {
        throw error(
          "\(column): expected a number of at most \(DecimalNumber.mostDigits) digits, found "
            + "\"\(cell.prefix(60))\"")
      }
      throw error("\(column): expected a number of at least 0, found \"\(cell)\"")
    }
    return number
  }

  func error(_ reason: String) -> MeasuredTimesError {
    MeasuredTimesError(file: file, line: line, reason: reason)
  }
}

/// Why a table of measured times cannot be read.
package struct MeasuredTimesError: UserFacingError, Hashable {
  /// The path of the table.
  package let file: String
  /// The line, where the trouble is in one.
  package let line: Int?
  /// What is wrong there, and what was expected.
  package let reason: String

  /// An error in a line of a table, or in all of it.
  package init(file: String, line: Int?, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  /// The file, the line where there is one, and the reason.
  package var message: String { "\(file): \(line.map { "line \($0): " } ?? "")\(reason)" }
}
