/// The options of a command line, as they are written.
struct GivenOptions {
  /// The names with their values, in their order; a flag has none.
  private(set) var list: [(name: String, value: String?)] = []

  /// - Parameters:
  ///   - words: What follows the command, which the argument parser has accepted.
  ///   - command: The command.
  init(_ words: [String], of command: Situation.Command) {
    var words = words[...]
    while let word = words.popFirst(), word != "--" {
      guard word.hasPrefix("--") else { continue }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      if parts.count > 1 {
        list.append((name, String(parts[1])))
      } else if OptionTable.row(name, of: command).map({ $0.kind == .flag }) ?? true {
        list.append((name, nil))
      } else {
        list.append((name, words.popFirst()))
      }
    }
  }

  /// Whether one of some options is given, by its name or by name and value.
  func hasOne(of options: [String]) -> Bool {
    options.contains { option in
      let parts = option.split(separator: " ", maxSplits: 1).map(String.init)
      return list.contains { $0.name == parts[0] && (parts.count == 1 || $0.value == parts[1]) }
    }
  }
}

extension GivenOptions {
  /// Checks that every option means something and that none contradicts itself.
  ///
  /// - Throws: ``RequestError``.
  func check(in situation: Situation) throws {
    var seen: Set<String> = []
    for (name, _) in list {
      let row = OptionTable.row(name, of: situation.command)
      guard let row, let needs = row.cells[situation] else {
        throw OptionError(
          name, row?.refusal(in: situation) ?? "it means nothing to \(situation.words)")
      }
      guard seen.insert(name).inserted || row.kind != .value else {
        throw OptionError(name, "it is given twice, and takes one value")
      }
      for need in needs {
        if let complaint = need.complaint(self) {
          throw OptionError(name, complaint)
        }
      }
    }
  }
}

extension OptionRow {
  /// Why the option means nothing, and what it is for in the same command.
  func refusal(in situation: Situation) -> String {
    let start = "it means nothing to \(situation.words)"
    let same = cells.keys.filter { $0.command == situation.command }
    let subjects = Situation.Subject.allCases.filter { subject in
      same.contains { $0.subject == subject && $0.format == situation.format }
    }
    if !subjects.isEmpty {
      return "\(start); it is for \(subjects.map(\.plural).joined(separator: ", "))"
    }
    let formats = ExportCommand.Format.allCases.filter { format in
      same.contains { $0.format == format }
    }
    guard !formats.isEmpty, situation.format != nil else { return start }
    return "\(start); it is for \(formats.map(\.rawValue).joined(separator: ", "))"
  }
}
