/// A key with the situations in which it has a meaning.
package struct KeyRow: Sendable {
  /// Whether a key is there or not, or has a value, or several.
  package enum Kind: Sendable { case flag, value, list }

  /// The key in snake case.
  package let name: String
  /// How many values the key takes.
  package let kind: Kind
  /// The situations in which the key has a meaning, each with the conditions on other keys.
  package let cells: [Situation: [KeyNeed]]

  init(_ name: String, _ kind: Kind, _ cells: KeyCells...) {
    (self.name, self.kind) = (name, kind)
    self.cells = Dictionary(
      cells.flatMap { cell in cell.situations.map { ($0, cell.needs) } },
      uniquingKeysWith: { $0 + $1 })
  }

  private init(_ name: String, _ kind: Kind, _ cells: [Situation: [KeyNeed]]) {
    (self.name, self.kind, self.cells) = (name, kind, cells)
  }

  /// The jobs that have the key.
  package var jobs: Set<JobKind> { Set(cells.keys.map(\.job)) }
}

extension KeyRow {
  /// The row with one more need in the situations of a job.
  func needing(_ need: KeyNeed, of job: JobKind) -> KeyRow {
    KeyRow(
      name, kind,
      cells.reduce(into: [:]) { $0[$1.key] = $1.value + ($1.key.job == job ? [need] : []) })
  }
}

/// Some situations of a row, with what a key needs in all of them.
struct KeyCells: Sendable {
  var situations: [Situation]
  var needs: [KeyNeed]

  /// - Parameters:
  ///   - formats: The formats of exports; nil for all that there are.
  ///   - needs: What must be given beside.
  init(
    _ jobs: [JobKind], of subjects: [Situation.Subject]? = nil,
    formats: [ExportFormat]? = nil, _ needs: KeyNeed...
  ) {
    situations = Situation.all.filter { situation in
      jobs.contains(situation.job)
        && subjects.map { $0.contains(situation.subject) } ?? true
        && formats.map { list in situation.format.map(list.contains) ?? true } ?? true
    }
    self.needs = needs
  }
}

/// A condition on other keys under which a key has a meaning.
package indirect enum KeyNeed: Hashable, Sendable {
  /// One of these keys, each by its name or by name and value, as `merge platform`.
  case oneOf([String])
  /// None of these keys, for a reason.
  case noneOf([String], reason: String)
  /// Where one of these keys is given, what is needed then.
  case ifGiven([String], KeyNeed)

  /// Why a document does not meet the need; nil where it does.
  package func complaint(_ document: JobDocument) -> String? {
    switch self {
    case .oneOf(let keys):
      document.hasOne(of: keys)
        ? nil : "it goes with \(keys.map(Self.quoted).joined(separator: " or "))"
    case .noneOf(let keys, let reason): document.hasOne(of: keys) ? reason : nil
    case .ifGiven(let keys, let need): document.hasOne(of: keys) ? need.complaint(document) : nil
    }
  }

  private static func quoted(_ key: String) -> String {
    let words = key.split(separator: " ", maxSplits: 1)
    return (["`\(words[0])`"] + words.dropFirst()).joined(separator: " ")
  }
}

extension KeyRow {
  /// Why the key means nothing, and what it is for in the same job.
  func refusal(in situation: Situation) -> String {
    let start = "it means nothing to \(situation.name)"
    let same = cells.keys.filter { $0.job == situation.job }
    let subjects = Situation.Subject.allCases.filter { subject in
      same.contains { $0.subject == subject && $0.format == situation.format }
    }
    if !subjects.isEmpty {
      return "\(start); it is for \(subjects.map(\.plural).joined(separator: ", "))"
    }
    let formats = ExportFormat.allCases.filter { format in same.contains { $0.format == format } }
    guard !formats.isEmpty, situation.format != nil else { return start }
    return "\(start); it is for \(formats.map(\.rawValue).joined(separator: ", "))"
  }
}
