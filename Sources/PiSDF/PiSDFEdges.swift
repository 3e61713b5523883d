import Documents

/// The edges of a `.pi` file: queues and dependencies.
struct PiSDFEdges {
  private let queues: [XMLTree]
  private let dependencies: [XMLTree]
  private let others: [XMLTree]
  private let file: String

  init(_ elements: [XMLTree], file: String) {
    queues = elements.filter { $0.attributes["kind"] == "fifo" }
    dependencies = elements.filter { $0.attributes["kind"] == "dependency" }
    others = elements.filter { !["fifo", "dependency"].contains($0.attributes["kind"]) }
    self.file = file
  }

  /// For each parameter and configuration output interface that an actor sets, the port.
  func setters(_ kinds: [String: String]) throws(PiSDFError) -> [String: PiSDFGraph.End] {
    if let other = others.first { throw malformed(other, "expected the kind fifo or dependency") }
    var setters: [String: PiSDFGraph.End] = [:]
    for edge in dependencies {
      let (source, target) = (try text("source", of: edge), try text("target", of: edge))
      guard let kind = kinds[source] else { throw malformed(edge, "there is no \"\(source)\"") }
      if Self.hasValue(kind) { continue }
      guard let targetKind = kinds[target], ["param", "cfg_out_iface"].contains(targetKind) else {
        throw malformed(edge, "expected \"\(target)\" to be a parameter, as an actor sets it")
      }
      let port = PiSDFGraph.End(source, try text("sourceport", of: edge))
      guard setters.updateValue(port, forKey: target) == nil else {
        throw malformed(edge, "\"\(target)\" is set twice")
      }
    }
    return setters
  }

  /// For each node its configuration input ports and their parameters. A dependency without a port
  /// leads to something whose expression says by itself what it depends on.
  func bindings(_ kinds: [String: String]) throws(PiSDFError) -> [String: [String: String]] {
    var bindings: [String: [String: String]] = [:]
    for edge in dependencies {
      let (source, target) = (try text("source", of: edge), try text("target", of: edge))
      guard let port = edge.attributes["targetport"], !port.isEmpty,
        Self.hasValue(kinds[source] ?? "")
      else { continue }
      guard kinds[target] != nil else { throw malformed(edge, "there is no \"\(target)\"") }
      guard bindings[target, default: [:]].updateValue(source, forKey: port) == nil else {
        throw malformed(edge, "port \"\(port)\" of \"\(target)\" has two parameters")
      }
    }
    return bindings
  }

  private static func hasValue(_ kind: String) -> Bool {
    ["param", "moldable_param", "cfg_in_iface"].contains(kind)
  }

  /// The queues with their delays.
  func channels(_ delays: [String: XMLTree]) throws(PiSDFError) -> [PiSDFGraph.Channel] {
    var plain: [XMLTree] = []
    var (setters, getters): ([String: PiSDFGraph.End], [String: PiSDFGraph.End]) = ([:], [:])
    for edge in queues {
      let (source, target) = (try source(of: edge), try target(of: edge))
      switch (delays[source.node], delays[target.node]) {
      case (nil, nil): plain.append(edge)
      case (nil, _?): try set(&setters, target.node, source, edge, "setter")
      case (_?, nil): try set(&getters, source.node, target, edge, "getter")
      default: throw malformed(edge, "expected an actor as the getter of \"\(source.node)\"")
      }
    }
    var channels: [PiSDFGraph.Channel] = []
    for edge in plain {
      let name = delayName(of: edge)
      let node = name.flatMap { delays[$0] }
      channels.append(
        .init(
          from: try source(of: edge), to: try target(of: edge),
          type: edge.attributes["type"] ?? "", delay: try delay(of: edge, node),
          delayName: node == nil ? nil : name, persistence: try persistence(of: node),
          setter: name.flatMap { setters.removeValue(forKey: $0) },
          getter: name.flatMap { getters.removeValue(forKey: $0) }))
    }
    if let (name, _) = (setters.merging(getters) { a, _ in a }).min(by: { $0.key < $1.key }),
      let node = delays[name]
    {
      throw malformed(node, "it has a setter or a getter, but no edge holds its tokens")
    }
    return channels
  }

  private func set(
    _ ends: inout [String: PiSDFGraph.End], _ delay: String, _ end: PiSDFGraph.End,
    _ edge: XMLTree, _ kind: String
  ) throws(PiSDFError) {
    guard ends.updateValue(end, forKey: delay) == nil else {
      throw malformed(edge, "delay \"\(delay)\" has two \(kind)s")
    }
  }

  private func source(of edge: XMLTree) throws(PiSDFError) -> PiSDFGraph.End {
    .init(try text("source", of: edge), try text("sourceport", of: edge))
  }

  private func target(of edge: XMLTree) throws(PiSDFError) -> PiSDFGraph.End {
    .init(try text("target", of: edge), try text("targetport", of: edge))
  }

  /// The name of the delay that an edge has, empty where it is not told.
  private func delayName(of edge: XMLTree) -> String? {
    edge.children(named: "data").first { $0.attributes["key"] == "delay" }?.text
  }

  /// The tokens of an edge's delay node, or else those that the edge itself gives.
  private func delay(
    of edge: XMLTree, _ node: XMLTree?
  ) throws(PiSDFError) -> RateExpression? {
    if let node, node.attributes["expr"] != nil {
      return try node.expression("expr", file: file)
    }
    guard delayName(of: edge) != nil || edge.attributes["expr"] != nil else { return nil }
    return try edge.expression("expr", file: file)
  }

  /// The level of a delay node; where none is stated it is permanent.
  private func persistence(of node: XMLTree?) throws(PiSDFError) -> PiSDFGraph.Persistence {
    guard let node, let text = node.attributes["level"], !text.isEmpty else { return .permanent }
    guard let persistence = PiSDFGraph.Persistence(rawValue: text.lowercased()) else {
      throw malformed(node, "level \"\(text)\": expected none, local or permanent")
    }
    return persistence
  }

  private func text(_ key: String, of element: XMLTree) throws(PiSDFError) -> String {
    try element.text(key, file: file)
  }

  private func malformed(_ element: XMLTree, _ reason: String) -> PiSDFError {
    element.malformed(reason, file: file)
  }
}

extension XMLTree {
  /// An attribute that must be there.
  func text(_ key: String, file: String) throws(PiSDFError) -> String {
    guard let value = attributes[key], !value.isEmpty else {
      throw malformed("the attribute \(key) is missing", file: file)
    }
    return value
  }

  /// An attribute that must be an expression.
  func expression(_ key: String, file: String) throws(PiSDFError) -> RateExpression {
    do {
      return try RateExpression(try text(key, file: file))
    } catch {
      if case .malformedFile = error { throw error }
      throw malformed(error.message, file: file)
    }
  }

  /// An error at the line of the element.
  func malformed(_ reason: String, file: String) -> PiSDFError {
    let name = (attributes["id"] ?? attributes["name"]).map { " \"\($0)\"" } ?? ""
    return .malformedFile(file: file, line: line, reason: "<\(self.name)>\(name): \(reason)")
  }
}
