package import Documents

extension Mapping {
  /// Reads a mapping, JSON or YAML: an object with `blocks`, `forbid`, `channels`, `order`,
  /// `sequence`, `splits` and `merges`, each of which may be missing.
  ///
  /// - Throws: ``DocumentError`` naming the file and the key path.
  package init(_ document: DocumentNode) throws {
    let fields = try document.fields([
      "blocks", "forbid", "channels", "order", "sequence", "splits", "merges",
    ])
    self.init(
      blocks: try fields["blocks"].map { try Self.dictionary($0) { try $0.name() } } ?? [:],
      channels: try fields["channels"].map { try Self.dictionary($0, Channel.init) } ?? [:],
      order: try fields["order"].map { node in
        try Self.dictionary(node) { try $0.list().map { try $0.name() } }
      } ?? [:],
      sequence: try fields["sequence"].map { node in
        try Self.dictionary(node) { try $0.list().map(Slot.init) }
      } ?? [:],
      splits: try fields["splits"].map(Self.splits) ?? [],
      merges: try fields.list("merges").map { node in
        let names = try node.list().map { try $0.name() }
        guard names.count >= 2 else { throw node.invalid("at least two blocks") }
        return names
      },
      forbidden: try fields["forbid"].map { node in
        try Self.dictionary(node) { try $0.list().map { try $0.name() } }
      } ?? [:])
  }

  /// An object, or a list where the order differs from that of its keys.
  private static func splits(_ node: DocumentNode) throws -> [Split] {
    guard case .list = node.value else {
      return try node.members().map { try Split(block: $0, $1) }
    }
    return try node.list().map { try Split($0) }
  }

  private static func dictionary<Value>(
    _ node: DocumentNode, _ value: (DocumentNode) throws -> Value
  ) throws -> [String: Value] {
    var values: [String: Value] = [:]
    for (key, node) in try node.members() { values[key] = try value(node) }
    return values
  }
}

extension Mapping.Channel {
  fileprivate init(_ node: DocumentNode) throws {
    let fields = try node.fields(["memory", "capacity"])
    self.init(
      memory: try fields["memory"]?.name(),
      capacity: try fields["capacity"]?.integer(in: 1...Int.max))
  }
}

extension Mapping.Split {
  /// A number of parts, or an object with it and what the parts are ranges of.
  fileprivate init(block: String, _ node: DocumentNode) throws {
    let counts = 2...Int(Int32.max)
    guard case .object = node.value else {
      self.init(block: block, parts: try node.integer(in: counts))
      return
    }
    let fields = try node.fields(["parts", "along"])
    self.init(
      block: block, parts: try fields.required("parts").integer(in: counts),
      along: try fields["along"]?.word(Axis.self) ?? .kernels)
  }

  /// A split in a list.
  fileprivate init(_ node: DocumentNode) throws {
    let fields = try node.fields(["block", "parts", "along"])
    self.init(
      block: try fields.required("block").name(),
      parts: try fields.required("parts").integer(in: 2...Int(Int32.max)),
      along: try fields["along"]?.word(Axis.self) ?? .kernels)
  }
}

extension Mapping.Slot {
  fileprivate init(_ node: DocumentNode) throws {
    let items = try node.list()
    guard items.count == 2 else { throw node.invalid("a block and a shift, as [conv1, 0]") }
    self.init(block: try items[0].name(), shift: try items[1].integer(in: 0...Int(Int32.max)))
  }
}
