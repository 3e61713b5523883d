import Diagnostics
import Quantities

extension Requirement {
  /// Reads limits that are separated by commas.
  ///
  /// - Throws: ``RequirementError`` naming the part that says nothing.
  package static func list(_ text: String) throws(RequirementError) -> [Requirement] {
    var list: [Requirement] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      list.append(try Requirement(String(part)))
    }
    return list
  }

  /// Reads one limit: `latency<=50ms`, `fps>=15`; without a name where the unit tells it, `>=15/s`; and a
  /// rate alone, `15fps`, which is to be reached.
  ///
  /// - Throws: ``RequirementError``.
  package init(_ text: String) throws(RequirementError) {
    let reader = RequirementReader(text)
    guard let sign = reader.sign else {
      self = try reader.rate()
      return
    }
    let quantity = try reader.quantity()
    let limit = try reader.limit(of: quantity)
    self.init(quantity, isLowerLimit: sign == ">" || sign == "≥", limit)
  }
}

/// The parts of a text that says a limit.
private struct RequirementReader {
  let text: String
  /// What is limited, empty where nothing is written.
  let name: String
  /// The first letter of the sign; nil for a text without a sign that can be meant.
  let sign: Character?
  /// The limit with its unit.
  let value: String

  init(_ text: String) {
    self.text = text
    let signs: Set<Character> = ["<", ">", "≤", "≥", "="]
    let place = text.firstIndex { signs.contains($0) }
    let first = place.map { text[$0] }
    sign = first == "=" ? nil : first
    name = text[..<(place ?? text.startIndex)].trimmed
    let rest = place.map { text[text.index(after: $0)...] } ?? text[...]
    value = (place != nil && rest.first == "=" ? rest.dropFirst() : rest).trimmed
  }

  func error(_ expected: String) -> RequirementError {
    RequirementError(text: text, expected: expected)
  }

  /// A rate alone is one that has to be reached.
  func rate() throws(RequirementError) -> Requirement {
    guard !text.contains("="), let last = value.last, last.isLetter,
      let limit = UnitTable.frequency.value(of: value), limit >= 0
    else { throw error("a sign, as latency<=50ms or throughput>=15") }
    return Requirement(.throughput, isLowerLimit: true, limit)
  }

  func quantity() throws(RequirementError) -> Requirement.Quantity {
    guard name.isEmpty else { return try named() }
    // A number alone fits everything.
    let fitting =
      value.last?.isNumber ?? true
      ? [] : Requirement.Quantity.allCases.filter { $0.units?.value(of: value) != nil }
    if fitting.count == 1 { return fitting[0] }
    let names = (fitting.isEmpty ? Requirement.Quantity.allCases : fitting).map(\.rawValue)
    throw error("one of \(names.joined(separator: ", ")) before the sign")
  }

  private func named() throws(RequirementError) -> Requirement.Quantity {
    if let quantity = Requirement.Quantity(rawValue: name) ?? Self.otherNames[name.lowercased()] {
      return quantity
    }
    let names = Requirement.Quantity.allCases.map(\.rawValue)
    let similar = name.similar(in: names + Self.otherNames.keys.sorted())
    throw error("one of \(names.joined(separator: ", "))\(similar.asQuestion)")
  }

  /// What else quantities are called.
  private static let otherNames: [String: Requirement.Quantity] = [
    "fps": .throughput, "rate": .throughput,
  ]

  func limit(of quantity: Requirement.Quantity) throws(RequirementError) -> Double {
    // A plain number has the digits that one with a unit has: no hexadecimal ones, no "inf".
    let isDecimal = value.allSatisfy { "0123456789.+-eE".contains($0) }
    let plain = isDecimal ? Double(value) : nil
    guard let limit = quantity.units.map({ $0.value(of: value) }) ?? plain,
      limit.isFinite, limit >= 0
    else { throw error(quantity.units?.expectation ?? "a number of at least 0") }
    return limit
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
