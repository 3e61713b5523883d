/// Where an option means something.
struct OptionRow: Sendable {
  /// How often an option may be given, and whether a value follows.
  enum Kind: Sendable { case flag, value, list }

  /// The name with its dashes.
  let name: String
  let kind: Kind
  /// The situations in which the option means something, each with what must be given beside.
  let cells: [Situation: [OptionNeed]]

  init(_ name: String, _ kind: Kind, _ cells: OptionCells...) {
    (self.name, self.kind) = (name, kind)
    self.cells = Dictionary(
      cells.flatMap { cell in cell.situations.map { ($0, cell.needs) } },
      uniquingKeysWith: { $0 + $1 })
  }

  /// The commands whose options the row is about.
  var commands: Set<Situation.Command> { Set(cells.keys.map(\.command)) }
}

/// Some situations of a row, with what an option needs in all of them.
struct OptionCells: Sendable {
  var situations: [Situation]
  var needs: [OptionNeed]

  /// - Parameters:
  ///   - formats: The formats of exports; nil for all that there are.
  ///   - needs: What must be given beside.
  init(
    _ commands: [Situation.Command], of subjects: [Situation.Subject]? = nil,
    formats: [ExportCommand.Format]? = nil, _ needs: OptionNeed...
  ) {
    situations = Situation.all.filter { situation in
      commands.contains(situation.command)
        && subjects.map { $0.contains(situation.subject) } ?? true
        && formats.map { list in situation.format.map(list.contains) ?? true } ?? true
    }
    self.needs = needs
  }
}

/// What must be given beside an option so that it means something.
indirect enum OptionNeed: Hashable, Sendable {
  /// One of these options, each by its name or by name and value, as `--merge platform`.
  case oneOf([String])
  /// None of these options, for a reason.
  case noneOf([String], reason: String)
  /// Where one of these options is given, what is needed then.
  case ifGiven([String], OptionNeed)

  /// What is wrong with the options that are given; nil for nothing.
  func complaint(_ given: GivenOptions) -> String? {
    switch self {
    case .oneOf(let options):
      given.hasOne(of: options) ? nil : "it goes with \(options.joined(separator: " or "))"
    case .noneOf(let options, let reason): given.hasOne(of: options) ? reason : nil
    case .ifGiven(let options, let need):
      given.hasOne(of: options) ? need.complaint(given) : nil
    }
  }
}
