import Diagnostics
import Documents

extension JobDocument {
  /// What the job works on.
  ///
  /// - Throws: ``RequestError`` where the document does not say it.
  package func situation() throws -> Situation {
    let input = try self["input"].map { try JobForm<String>.text.read($0, "input") } ?? ""
    guard !input.isEmpty else {
      try checkNames()
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

  /// Checks that every key is one of some job.
  private func checkNames() throws {
    for member in values where !Self.isPositional(member.key) {
      guard !KeyTable.rows.contains(where: { $0.name == member.key }) else { continue }
      let known = KeyTable.rows.filter { $0.jobs.contains(kind) }.map(\.name) + ["input", "format"]
      throw RequestError(
        member.key,
        "\(kind.rawValue) has no such key\(member.key.lowercased().similar(in: known).asQuestion)")
    }
  }

  private func unknown(_ key: String, _ situation: Situation) -> String {
    guard !KeyTable.rows.contains(where: { $0.name == key }) else {
      return "it means nothing to \(situation.name)"
    }
    let known = KeyTable.rows.filter { $0.cells[situation] != nil }.map(\.name)
    return "\(situation.name) has no such key\(key.similar(in: known).asQuestion)"
  }
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
