import Documents

extension PlatformReader {
  /// The keys by which a part of a document says where its figures come from.
  static let originKeys = ["sources", "assumed"]

  /// The figures of each kind of part, in the order of the schema.
  enum Figures {
    static let platform = ["peak_performance", "peak_power"]
    static let type = [
      "performance", "operators", "power.active", "power.idle", "cost", "local_memory", "overhead",
      "rounding",
    ]
    static let support = ["performance", "power"]
    static let memory = ["size", "bandwidth"]
    static let link = ["bandwidth", "latency", "energy"]
  }

  /// Where the figures of a part come from.
  ///
  /// `assumed: all` stands for every figure of the part without a source; at the top of a document
  /// it stands for those of all parts, an operator's being those of its type.
  ///
  /// - Parameters:
  ///   - figures: The figures that such a part may have.
  ///   - takesRest: Whether what the top of the document says of all figures holds for these.
  /// - Throws: ``DocumentError`` for a figure that the part does not state, or one named twice.
  func origin(
    _ fields: DocumentFields, _ figures: [String], takesRest: Bool = true
  ) throws -> FigureOrigin {
    let assumesRest = assumesRest && takesRest
    let stated = try figures.filter { try fields.states($0) }
    var taken: [String] = []
    func take(_ key: String, _ node: DocumentNode) throws {
      let isStated = stated.contains { key.covers($0) }
      guard isStated, !taken.contains(where: { $0.covers(key) || key.covers($0) }) else {
        throw node.invalid(
          "each figure once, of those stated here: "
            + (stated.isEmpty ? "(there is none)" : stated.joined(separator: ", ")))
      }
      taken.append(key)
    }
    let sources = try (fields["sources"]?.members() ?? []).map { key, node in
      let text = try node.text()
      try take(key, DocumentNode(.text(key), path: node.path, file: node.file))
      return FigureOrigin.Source(key, text)
    }.sorted { left, right in
      let places = [left, right].map { source in stated.firstIndex { source.key.covers($0) } ?? 0 }
      return places[0] < places[1]
    }
    let rest = stated.filter { figure in !taken.contains { $0.covers(figure) } }
    guard let node = fields["assumed"] else {
      return FigureOrigin(sources: sources, assumed: assumesRest ? rest : [])
    }
    if case .text("all") = node.value { return FigureOrigin(sources: sources, assumed: rest) }
    guard case .list = node.value else { throw node.invalid("a list of figures, or all") }
    let assumed = try node.list().map { item in
      let key = try item.text()
      try take(key, item)
      return key
    }
    let unsaid = stated.filter { figure in !taken.contains { $0.covers(figure) } }
    return FigureOrigin(sources: sources, assumed: assumed + (assumesRest ? unsaid : []))
  }
}

extension DocumentNode {
  /// Whether this word at the top of a document assumes all figures that have no source.
  var assumesAll: Bool { value == .text("all") }
}

extension DocumentFields {
  /// Whether the figure is there; `power.idle` lies in `power`.
  fileprivate func states(_ figure: String) throws -> Bool {
    let steps = figure.split(separator: ".").map(String.init)
    guard let node = self[steps[0]] else { return false }
    return try steps.count == 1 || node.fields()[steps[1]] != nil
  }
}
