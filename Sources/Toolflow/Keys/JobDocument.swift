import DataflowFormats
import Diagnostics
package import Documents
import Files
import Foundation

/// The keys of a job with what is said of each, as a file, a command line or a record of a run holds them.
package struct JobDocument: Hashable, Sendable {
  package let kind: JobKind
  /// The keys in their order, each once.
  package private(set) var values: [DocumentValue.Member] = []

  /// A document in which nothing is said yet.
  package init(_ kind: JobKind) { self.kind = kind }

  /// Reads a document.
  ///
  /// - Throws: `DocumentError`, or `RequestError` for one that does not say what is asked for.
  package init(_ node: DocumentNode) throws {
    let members = try node.members()
    let key = Self.kindKey
    guard let kind = members.first(where: { $0.key == key })?.node.value else {
      let kinds = JobKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw RequestError(key, "it is missing; expected one of \(kinds)")
    }
    self.init(try JobForm<JobKind>.word.read(kind, key))
    for (key, node) in members where key != Self.kindKey && node.value != .null {
      values.append(.init(key, node.value))
    }
  }

  /// What is said of a key; nil for nothing.
  package subscript(key: String) -> DocumentValue? {
    get { values.first { $0.key == key }?.value }
    set {
      if let index = values.firstIndex(where: { $0.key == key }) {
        if let newValue { values[index].value = newValue } else { values.remove(at: index) }
      } else if let newValue {
        values.append(.init(key, newValue))
      }
    }
  }

  /// The document as one object, whose first member says what is asked for.
  package var value: DocumentValue {
    .object([.init(Self.kindKey, .text(kind.rawValue))] + values)
  }

  /// The key that says what is asked for.
  package static let kindKey = "job"
}

// MARK: - From a job and back

extension JobDocument {
  /// A job, with what is said by its defaults too, as far as that means something.
  package init(_ job: some Job) {
    self.init(written: job)
    // What goes without saying is said only where it counts.
    guard let situation = try? situation() else { return }
    var last: Int
    repeat {
      last = values.count
      for member in values where !Self.isPositional(member.key) {
        let needs = KeyTable.row(member.key, of: kind)?.cells[situation]
        if needs?.allSatisfy({ $0.complaint(self) == nil }) != true { self[member.key] = nil }
      }
    } while values.count < last
  }

  /// What a job says that its defaults do not.
  package init<Described: Job>(shortest job: Described) {
    self.init(written: job)
    let usual = JobDocument(written: Described())
    for member in values where usual[member.key] == member.value { self[member.key] = nil }
  }

  private init<Described: Job>(written job: Described) {
    self.init(Described.kind)
    for key in Described.keys { self[key.name] = key.write(job) }
  }

  /// The job that is asked for.
  ///
  /// - Throws: ``RequestError`` naming the key that has no meaning here, contradicts another one or has an impossible
  ///   value.
  package func job() throws -> any Job {
    try check(in: try situation())
    return try kind.type.init(self)
  }
}

// MARK: - What belongs together

extension JobDocument {
  /// What the job works on.
  ///
  /// - Throws: ``RequestError`` where the document does not say it.
  package func situation() throws -> Situation {
    guard let input = self["input"]?.plainText, !input.isEmpty else {
      throw RequestError("input", "it is missing; expected \(kind.expectedInput)")
    }
    guard kind == .export else { return Situation(kind, input: input) }
    guard let format = self["format"] else {
      let formats = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw RequestError("format", "it is missing; expected one of \(formats)")
    }
    return Situation(
      kind, input: input, format: try JobForm<ExportFormat>.word.read(format, "format"))
  }

  /// Checks that every key means something and that none contradicts another.
  ///
  /// - Throws: ``RequestError``.
  package func check(in situation: Situation) throws {
    for member in values where !Self.isPositional(member.key) {
      let row = KeyTable.row(member.key, of: kind)
      guard let needs = row?.cells[situation] else {
        throw RequestError(
          member.key, row?.refusal(in: situation) ?? unknown(member.key, situation))
      }
      for need in needs {
        if let complaint = need.complaint(self) { throw RequestError(member.key, complaint) }
      }
    }
  }

  private func unknown(_ key: String, _ situation: Situation) -> String {
    guard !KeyTable.rows.contains(where: { $0.name == key }) else {
      return "it means nothing to \(situation.name)"
    }
    let known = KeyTable.rows.filter { $0.cells[situation] != nil }.map(\.name)
    return "\(situation.name) has no such key\(key.similar(in: known).asQuestion)"
  }

  /// Whether one of some keys is given, by its name or by name and value; a flag that is false is not.
  func hasOne(of keys: [String]) -> Bool {
    keys.contains { key in
      let words = key.split(separator: " ", maxSplits: 1).map(String.init)
      guard let value = self[words[0]], value != .boolean(false) else { return false }
      return words.count == 1 || value.plainTexts?.contains(words[1]) == true
    }
  }

  /// Whether a key is an argument of the job and no option.
  static func isPositional(_ key: String) -> Bool { key == "input" || key == "format" }
}

extension JobKind {
  /// What the input of a job should be.
  fileprivate var expectedInput: String {
    switch self {
    case .flow, .partition: "a network"
    case .inspect: "a network or a platform"
    case .analyze, .simulate, .explore: "a network or a dataflow graph"
    case .report: "a run directory, a network or a dataflow graph"
    case .export: "a network, a dataflow graph or a platform"
    case .generate: "the name of a network"
    }
  }
}
